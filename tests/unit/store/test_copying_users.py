"""A copy of the users on a full disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mingjian.corpus import Corpus
from mingjian.errors import FullError
from mingjian.serve.access.service import Access
from mingjian.store.access import copying


def test_a_full_disk_names_the_copy_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, to = tmp_path / "w", tmp_path / "users.db"
    Corpus.open(folder, write=True, create=True).close()
    Access.open(folder).close()
    connect = sqlite3.connect

    def small(path: str, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(path, **options)
        if not options:  # the copy
            made.execute("PRAGMA max_page_count = 1")
        return made

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(FullError) as refused:
        copying.copy_access(folder, to)
    assert refused.value.place == str(to)
    assert [one.name for one in tmp_path.iterdir()] == ["w"]
