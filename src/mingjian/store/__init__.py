"""Where a workspace keeps its truth: pages as they came, their records, their reprints, and what people decided."""

from mingjian.store.memory import MemoryStore
from mingjian.store.sqlite import HISTORY, SqliteStore
from mingjian.store.workspace import DATABASE, open_workspace

__all__ = ["DATABASE", "HISTORY", "MemoryStore", "SqliteStore", "open_workspace"]
