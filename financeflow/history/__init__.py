"""Who changed what, from what, to what; and how to take it back."""
