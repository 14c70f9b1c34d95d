"""The how-to of readers names files that exist, and stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
_STEP = re.compile(r"^(\d+)\. ", re.MULTILINE)
_FILE = re.compile(r"`((?:src|tests|read|rules|examples|docs)/[\w./-]+)`")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_file_that_a_guide_names_exists(guide: Path) -> None:
    named = _FILE.findall(guide.read_text(encoding="utf-8"))
    assert named
    package = ROOT / "src" / "mingjian"
    assert [name for name in named if not (ROOT / name).exists() and not (package / name).exists()] == []


def test_a_reader_is_added_in_six_steps() -> None:
    text = (ROOT / "docs" / "how-to" / "add-a-reader.md").read_text(encoding="utf-8")
    assert [int(step) for step in _STEP.findall(text)] == [1, 2, 3, 4, 5, 6]
