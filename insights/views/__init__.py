"""Pages of what the numbers mean."""
