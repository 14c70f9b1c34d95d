"""Files that belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjian.cli.files import write_together
from mingjian.errors import ReadError


def test_files_that_belong_together_are_all_written(tmp_path: Path) -> None:
    write_together({tmp_path / "a" / name: name.encode() for name in ("nodes", "edges")})
    assert {path.name: path.read_text() for path in (tmp_path / "a").iterdir()} == {"nodes": "nodes", "edges": "edges"}


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"old")
    (tmp_path / "second").mkdir()
    for names in (("first", "second"), ("second", "first")):
        with pytest.raises(ReadError, match="second"):
            write_together({tmp_path / name: b"new" for name in names})
        assert (tmp_path / "first").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "second"]
