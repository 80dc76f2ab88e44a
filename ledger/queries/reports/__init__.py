"""What reports ask of the books: flows by month, day, category and more; what was owned and owed over time."""
