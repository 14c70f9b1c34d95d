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
MEETING = "岚州日报2025年3月6日讯 全市算力建设推进会3月5日在岚州召开。\n"
OWN_RULE = """
[[rule]]
id = "event.meeting.own"
type = "meeting"
pattern = '(?P<trigger>碰头)了'
note = "A meeting in passing."
example = [{ text = "双方碰头了", match = "碰头了", trigger = "碰头" }]
counter_example = ["碰头会"]
"""
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
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


def commands_of(guide: str, **names: str) -> list[list[str]]:
    """The commands of a guide in their order, with these names put in."""
    text = (ROOT / "docs" / "how-to" / f"{guide}.md").read_text(encoding="utf-8")
    assert [int(step) for step in _STEP.findall(text)] == [1, 2, 3, 4, 5, 6]
    return [[names.get(word, word) for word in shlex.split(line)] for line in _COMMAND.findall(text)]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *command], cwd=folder, capture_output=True, check=False)


def folder_with_a_page(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(MEETING, encoding="utf-8")
    return tmp_path


def test_the_commands_that_explain_a_fact_run_in_their_order(tmp_path: Path) -> None:
    folder = folder_with_a_page(tmp_path)
    first, *others = commands_of("explain-a-fact")
    assert run(first, folder).returncode == 0
    (event,) = json.loads((folder / "records.jsonl").read_text(encoding="utf-8"))["events"]
    answers = []
    for command in others:
        done = run([event["id"] if word == "ID" else word for word in command], folder)
        assert done.returncode == 0, (command, done.stderr.decode())
        answers.append(done.stdout)
    shown = answers[0].decode()
    assert "⟦全市算力建设推进会3月5日在岚州召开⟧" in shown
    assert event["by"] in shown
    assert answers[2] == answers[0]
    assert json.loads(answers[3])["id"] == event["id"]
    assert event["by"] in next((folder / "out").glob("a-*.html")).read_text(encoding="utf-8")


def test_the_commands_that_try_a_rule_run_in_their_order(tmp_path: Path) -> None:
    folder = folder_with_a_page(tmp_path)
    (folder / "mine").mkdir()
    (folder / "mine" / "events.toml").write_text(bundled_files()["events.toml"] + OWN_RULE, encoding="utf-8")
    commands = commands_of("try-a-rule")
    assert len(commands) > 7
    answers = [run(command, folder) for command in commands]
    assert [(done.returncode, done.stderr) for done in answers] == [(0, b"")] * len(commands)
    (tried,) = [done.stdout.decode() for done, command in zip(answers, commands, strict=True) if "--pattern" in command]
    assert "⟦推进会3月5日在岚州召开⟧" in tried
    assert "1 match on 1 of 1 pages" in tried


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
