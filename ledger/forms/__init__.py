"""HTML forms of the ledger: text in, clean values out."""
