"""How the shipped model is made: from the corpus, by scikit-learn, at a developer's desk."""
