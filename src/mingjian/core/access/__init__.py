"""Who may do what, decided without a world: rights, names, passwords, waiting, expiry, addresses, the audit chain."""
