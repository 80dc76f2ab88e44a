"""The meaning: what the numbers say, and what a person may want to do about it."""
