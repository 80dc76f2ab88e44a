"""Getting in and staying in: log-in forms, passkeys, devices, inactivity."""
