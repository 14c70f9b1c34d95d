"""Who may use a workspace, in a file of its own beside it: users, sessions, tokens, failed logins, the audit log."""

from mingjian.store.access.database import ACCESS_DATABASE, AccessDatabase

__all__ = ["ACCESS_DATABASE", "AccessDatabase"]
