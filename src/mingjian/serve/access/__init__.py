"""Who asks, and whether they may: logins, sessions, tokens, rights of routes, and a gate before all requests."""
