"""The truth in SQLite: one file, one writer, many readers."""

from mingjian.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
