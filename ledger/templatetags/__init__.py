"""What templates of the ledger may load."""
