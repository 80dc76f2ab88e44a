"""People and their households: log-in, membership, settings, the guest sandbox."""
