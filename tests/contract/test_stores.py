"""The suite that stores must pass: the store in memory and the one in a file."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from mingjian.core.storing import Store
from mingjian.read.plain import text_page
from mingjian.store import MemoryStore, open_workspace
from mingjian.testing import check_store

AT = "2026-03-05T08:00:00+08:00"


def test_the_store_in_memory_keeps_to_the_port() -> None:
    check_store(MemoryStore)


def test_the_store_in_a_file_keeps_to_the_port(tmp_path: Path) -> None:
    numbers = count()

    def factory() -> Store:
        return open_workspace(tmp_path / str(next(numbers)), write=True, create=True)

    check_store(factory)


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_why_two_were_decided_of_goes_with_the_words_of_either(kind: str, tmp_path: Path) -> None:
    store: Store = MemoryStore() if kind == "memory" else open_workspace(tmp_path / "w", write=True, create=True)
    with store.writing() as writer:
        run = writer.begin_run("add a", "1.0", "rules", AT).number
        first, second, third = (
            writer.add_page(run, text_page(f"{name}.txt", name.encode()), name, AT)[0].id for name in ("甲", "乙", "丙")
        )
        for ids in ((second, first), (f"{first}#event:0-1:a1", f"{second}#event:0-1:b2"), (second, third)):
            writer.decide("split", ids, "沈", "甲说的是另一件事", AT)
        writer.remove(1, "asked for", erase=True)
        assert [(one.who, one.why) for one in writer.decisions()] == [
            *[("沈", "")] * 2,
            ("沈", "甲说的是另一件事"),
        ]
    store.close()
