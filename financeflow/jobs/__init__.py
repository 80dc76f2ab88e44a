"""Work in the background: one table that is the truth, whatever queue carries the message."""
