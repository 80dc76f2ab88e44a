"""JSON of the ledger: what comes in, what goes out."""
