"""What a person sees of a run: how far it is, what failed, and how often."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from mingjian.cli.progress import list_failures, with_progress, write_failures
from mingjian.core.model.failure import Failure


def failure(number: int) -> Failure:
    return Failure(f"{number}.txt", "read", f"empty-page: {number}" if number % 3 else "too-large: 9 bytes", "look")


def shown(total: int | None) -> str:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    results: list[object] = [*range(30), failure(1), *range(30)]
    assert list(with_progress(results, total, console)) == results
    return screen.getvalue()


def test_a_person_sees_pages_failures_and_the_time_that_is_left() -> None:
    assert "of 80 pages" in shown(80)
    assert "left" in shown(80)
    assert "left" not in shown(None)
    assert "1 failed" in shown(None)


def test_where_nobody_watches_it_is_silent() -> None:
    screen = io.StringIO()
    assert list(with_progress(range(30), 30, Console(file=screen))) == list(range(30))
    assert screen.getvalue() == ""


def test_few_failures_are_listed_and_of_many_the_first_and_how_often_each_kind(
    capsys: pytest.CaptureFixture[str],
) -> None:
    list_failures([failure(number) for number in range(25)])
    assert len(capsys.readouterr().err.splitlines()) == 26
    list_failures([failure(number) for number in range(300)])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "300 pages gave no record:"
    assert lines[20].split()[0] == "19.txt"
    assert [line.split() for line in lines[22:]] == [
        ["200", "[read]", "empty-page"],
        ["100", "[read]", "too-large"],
    ]


def test_every_failure_is_written_as_a_line_of_json(tmp_path: Path) -> None:
    write_failures([failure(0), failure(1)], tmp_path / "failures.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "failures.jsonl").read_bytes().splitlines()]
    assert rows[1] == {"doc_id": "1.txt", "stage": "read", "reason": "empty-page: 1", "mend": "look"}
    write_failures([], tmp_path / "failures.jsonl")
    assert (tmp_path / "failures.jsonl").read_bytes() == b""
