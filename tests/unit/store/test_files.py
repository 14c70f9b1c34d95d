from __future__ import annotations

import os
from pathlib import Path

from mingjian.store.files import finish_removal, remove_folder


def test_a_folder_is_removed_with_what_a_killed_removal_left(tmp_path: Path) -> None:
    for name in ("index", ".index.7.gone", "index-2"):
        (tmp_path / name / "part").mkdir(parents=True)
        (tmp_path / name / "part" / "file").write_text("x", encoding="utf-8")
    finish_removal(tmp_path / "index")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "index-2"]
    (tmp_path / "index-2").rename(tmp_path / f".index.{os.getpid()}.gone")
    (tmp_path / "index-2").mkdir()
    remove_folder(tmp_path / "index")
    assert [path.name for path in tmp_path.iterdir()] == ["index-2"]
    remove_folder(tmp_path / "index")
