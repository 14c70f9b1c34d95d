"""The suite that stores must pass: the store in memory and the one in a file."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from mingjian.core.storing import Store
from mingjian.store import MemoryStore, open_workspace
from mingjian.testing import check_store


def test_the_store_in_memory_keeps_to_the_port() -> None:
    check_store(MemoryStore)


def test_the_store_in_a_file_keeps_to_the_port(tmp_path: Path) -> None:
    numbers = count()

    def factory() -> Store:
        return open_workspace(tmp_path / str(next(numbers)), write=True, create=True)

    check_store(factory)
