"""What the numbers mean: what was learned from how a household files, and what is suggested by it."""
