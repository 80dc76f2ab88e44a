"""The plan: what a household means to spend, by category and period."""
