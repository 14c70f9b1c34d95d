"""The how-to of readers names files that exist, and stays short."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import mingjian
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
_COMMAND = re.compile(r"^ {7}mingjian (.+)$", re.MULTILINE)
_LIST = re.compile(r"^ {7}# like: .+\n(?: {7}.+\n)+", re.MULTILINE)
PROGRAM = [sys.executable, "-c", "from mingjian.cli.main import run; run()"]
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


def test_the_commands_that_add_a_company_run_in_their_order(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "add-a-company.md").read_text(encoding="utf-8")
    assert [int(step) for step in _STEP.findall(text)] == [1, 2, 3, 4, 5, 6]
    (own,) = _LIST.findall(text)
    (tmp_path / "mine" / "lexicons").mkdir(parents=True)
    (tmp_path / "mine" / "lexicons" / "my_firms.tsv").write_text(own.replace(" " * 7, ""), encoding="utf-8")
    (tmp_path / "pages").mkdir()
    page = (
        "鹿鸣机器人今日在杭城发布鹿鸣一号，与青禾签约，共同发展光智算和飞行旅游。鹿鸣机器人大赛同日开幕，华为云参加。"
    )
    (tmp_path / "pages" / "a.txt").write_text(page, encoding="utf-8")
    commands = [shlex.split(line) for line in _COMMAND.findall(text)]
    for number, command in enumerate(commands):
        done = subprocess.run([*PROGRAM, *command], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == (1 if number == 0 else 0), (command, done.stderr.decode())
    assert len(commands) > 12
    record = json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8"))
    found = {one["canonical"]: one for one in record["organisations"]}
    assert len(found["鹿鸣机器人股份有限公司"]["mentions"]) == 1
    assert found["青禾智算科技有限公司"]["by"] == "lexicon.my_firms"
    assert "光子智算" in [one["name"] for one in record["technologies"]]
    assert [one["gbt4754"] for one in record["industries"]] == ["G"]
    assert [one["code"] for one in record["regions"]] == ["330100"]
    assert [one["name"] for one in record["systems"]] == ["鹿鸣一号"]
    assert mingjian.load_rulebook(tmp_path / "mine").notices == ()
