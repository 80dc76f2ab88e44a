"""Files that other apps write: accounts, categories, tags, splits, transfers, and what could not be carried."""
