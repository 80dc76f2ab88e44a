"""The calendar: what falls due, when, and whether it was paid."""
