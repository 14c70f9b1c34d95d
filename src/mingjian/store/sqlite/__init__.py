"""The truth in SQLite: one file, one writer, many readers."""

from mingjian.store.sqlite.store import HISTORY, SqliteStore

__all__ = ["HISTORY", "SqliteStore"]
