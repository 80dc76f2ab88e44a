"""Reading other people's files: each format becomes the same plain values, and nothing is written anywhere."""
