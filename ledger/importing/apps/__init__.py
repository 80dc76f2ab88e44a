"""Files that other apps write: accounts, categories, tags, splits and transfers included, and what could not be carried."""
