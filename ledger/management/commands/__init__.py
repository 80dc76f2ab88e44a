"""Commands of the ledger, one a file."""
