"""The documents say what is so: the README's code runs, its commands exist, every field and reason is told."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from mingjian.brief.wording import missing_label
from mingjian.core.model.record import Record

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
RECORD = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
WORKSPACE = (ROOT / "docs" / "workspace.md").read_text(encoding="utf-8")
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_REASON = re.compile(r'Missing\(\s*"([a-z-]+)"|"(no-[a-z]+-in-page)"')
_COMMAND = re.compile(r"`mingjian ([a-z]+)")
_OPTION = re.compile(r"(--[a-z][a-z-]+)")

SAMPLES = len(list((ROOT / "tests" / "golden" / "records").glob("*.json")))


OF_WORKSPACES = (
    *("demo", "add", "status", "search", "show", "changes", "reprints", "reextract", "remove", "return", "backup"),
    *(
        "restore",
        "check",
        "salvage",
        "reindex",
        "ledger",
        "compare",
        "link",
        "graph",
        "brief",
        "serve",
        "match",
        "follow",
    ),
)


def blocks(language: str) -> list[str]:
    return [code for kind, code in _BLOCK.findall(README) if kind == language]


def commands() -> list[str]:
    lines = [line.partition(" #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if ".venv/bin/mingjian" in line]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample pages under the names that the README gives them, and the program."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "examples", folder / "examples")
    samples = folder / "examples" / "pages"
    shutil.copytree(samples, folder / "pages")
    shutil.copy(samples / "02-government-notice.html", folder / "page.html")
    shutil.copy(samples / "01-portal-article.txt", folder / "page.txt")
    shutil.copy(samples / "11-feed.jsonl", folder / "crawl.jsonl")
    (folder / "line.txt").write_text("到2027年，算力超过40EFLOPS。", encoding="utf-8")
    (folder / "lines.jsonl").write_text('{"id": 1, "text": "去年产值3亿元", "anchor": "2025-03"}', encoding="utf-8")
    program = folder / ".venv" / "bin" / "mingjian"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_the_commands_of_the_readme_run_in_their_order(clone: Path) -> None:
    assert len(commands()) >= 6
    for command in commands():
        done = subprocess.run(["sh", "-c", command], cwd=clone, capture_output=True, check=False)
        assert done.returncode == 0, (command, done.stderr.decode())
        assert b"gave no record" not in done.stderr, (command, done.stderr.decode())
    assert (clone / "out" / "pages" / "index.html").exists()


def test_the_python_of_the_readme_runs(clone: Path) -> None:
    (code,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=clone, capture_output=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == SAMPLES


@pytest.mark.parametrize(
    "text", [README, CHINESE, RECORD, WORKSPACE], ids=["README", "README.zh-CN", "record", "workspace"]
)
def test_every_command_and_option_that_is_named_exists(text: str) -> None:
    for name in _COMMAND.findall(text):
        assert re.search(rf"\b{name}\b", help_of()), name
    options = "".join(map(help_of, ("extract", "verify", "explain", "times", "quantities", "names")))
    options += "".join(help_of("rules", name) for name in ("list", "show", "check", "test"))
    options += "".join(map(help_of, OF_WORKSPACES))
    options += "".join(help_of("reprints", name) for name in ("show", "split", "merge", "decisions", "undo"))
    options += "".join(help_of("lexicon", name) for name in ("list", "find", "add", "retire", "test"))
    for option in _OPTION.findall(text):
        assert option in options, option


@cache
def help_of(*command: str) -> str:
    wide = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run([*PROGRAM, *command, "--help"], capture_output=True, check=True, env=wide)
    return done.stdout.decode()


def test_every_file_that_the_readmes_link_to_exists() -> None:
    for text in (README, CHINESE):
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_field_of_the_record_is_told() -> None:
    assert [name for name in Record.__struct_fields__ if f"`{name}`" not in RECORD] == []


def test_every_reason_that_a_value_may_be_missing_for_is_told_and_labelled() -> None:
    used = {
        reason
        for path in (ROOT / "src").rglob("*.py")
        for pair in _REASON.findall(path.read_text(encoding="utf-8"))
        for reason in pair
        if reason
    }
    assert len(used) >= 5
    assert [reason for reason in sorted(used) if f"`{reason}`" not in RECORD] == []
    assert [reason for reason in sorted(used) if missing_label(reason) == reason] == []
