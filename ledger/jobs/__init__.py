"""Background work of the ledger that a member sees: each is what settings.JOB_KINDS name."""
