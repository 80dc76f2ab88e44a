"""The inbox through its doors: what the ledger asks there, and what follows from the answers."""
