"""The how-to of readers names files that exist, and stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingjian import quantities, times
from mingjian.core.pipeline.example_values import check_values
from mingjian.core.rulebook import load_rulebook
from mingjian.core.rulebook.bundled import bundled_files
from mingjian.core.text.rule_examples import check_examples

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
_STEP = re.compile(r"^(\d+)\. ", re.MULTILINE)
_ROW = re.compile(r"(?<=[ `])([a-z-]+\t[^\n`]*?)(?=`|\n)")
_FRAME = re.compile(r"^ {7}\[\[frame\]\]\n(?: {7}.+\n)+", re.MULTILINE)
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


def test_the_rows_and_frames_that_the_guides_add_do_what_they_say() -> None:
    files = dict(bundled_files())
    lexicons = {
        "fiscal-end": "time_words",
        "cang-wei": "units",
        "le-limit": "quantity_words",
        "so-many": "quantity_words",
    }
    for guide, group in (("add-a-time", "times"), ("add-a-quantity", "quantities")):
        text = (ROOT / "docs" / "how-to" / f"{guide}.md").read_text(encoding="utf-8")
        for row in _ROW.findall(text):
            files[f"lexicons/{lexicons.pop(row.split()[0])}.tsv"] += f"{row}\n"
        (frame,) = _FRAME.findall(text)
        files[f"{group}.toml"] += "\n" + frame.replace(" " * 7, "")
    assert not lexicons
    book = load_rulebook(files)
    check_examples(book)
    check_values(book)
    (due,) = times("到本财年末投产", "2025-06-01", book=book)
    assert (due.value, due.mod, due.function) == ("2025", "END", "deadline")
    seats, money = (found.quantity for found in quantities("新增60舱位，以20万元为限", book=book))
    assert (seats.normal_unit, money.comparator) == ("count", "<=")
