"""Files that kill or hang the process that reads them: each is named, and the others are read."""

from __future__ import annotations

import multiprocessing
import time
from functools import partial
from pathlib import Path

import pytest
from tests.contract import poison

from mingjian.core.model.failure import Failure
from mingjian.errors import RuleError, WorkerError
from mingjian.read import Limits
from mingjian.run.reading import read_guarded

LINES = b'{"id": "1", "text": "one"}\n{"id": "2", "text": "two"}\n{"id": "3", "text": "three"}\n'
LIMITS = Limits()
KILLED = "read later-kill.jsonl crashed: killed the process that reads it twice (SIGKILL)"


def read(folder: Path, *names: str, seconds: float | None = None) -> list[str]:
    for name in names:
        (folder / name).write_bytes(LINES if name.endswith(".jsonl") else b"words")
    given = read_guarded([folder / name for name in names], LIMITS, seconds, partial(poison.poisoned_reader, LIMITS))
    return [
        f"{item.stage} {Path(item.doc_id).name} {item.reason}"
        if isinstance(item, Failure)
        else item.doc_id.rpartition("/")[2]
        for item in given
    ]


def test_a_file_that_kills_its_reader_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "kill.txt", "crash.txt", "b.txt") == [
        "a.txt",
        "read kill.txt crashed: killed the process that reads it twice (SIGKILL)",
        "read crash.txt crashed: killed the process that reads it twice (SIGSEGV)",
        "b.txt",
    ]
    assert multiprocessing.active_children() == []


def test_what_a_file_gave_before_is_kept_and_given_once(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "later-kill.jsonl", "b.jsonl") == [
        "a.txt",
        "later-kill.jsonl#1",
        KILLED + "; the 1 before it are kept, what stands behind it is not read",
        *(f"b.jsonl#{number}" for number in (1, 2, 3)),
    ]


def test_a_reader_that_is_killed_by_chance_goes_on_behind_what_it_gave(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES * 3_000)
    given = read_guarded([tmp_path / "a.jsonl"], LIMITS, None)
    names: list[str] = []
    for item in given:
        names.append(item.doc_id.rpartition("#")[2])
        if len(names) == 10:
            multiprocessing.active_children()[0].kill()
    assert names == ["1", "2", "3"] * 3_000


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_a_file_that_hangs_its_reader_costs_the_limit_and_no_more(tmp_path: Path, name: str) -> None:
    begun = time.monotonic()
    assert read(tmp_path, "a.txt", f"{name}.txt", "b.txt", seconds=2) == [
        "a.txt",
        f"read {name}.txt too-slow: took more than 2 seconds, the limit of a page",
        "b.txt",
    ]
    assert time.monotonic() - begun < 60


def test_relative_paths_count_from_where_the_parent_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    monkeypatch.chdir(tmp_path)
    assert [item.doc_id for item in read_guarded(["a.txt"], LIMITS, None)] == ["a.txt"]


def test_a_process_that_cannot_read_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    with pytest.raises(WorkerError, match="ended before it could work"):
        list(read_guarded([tmp_path], LIMITS, None, poison.stillborn))
    with pytest.raises(RuleError, match="no cue"):
        list(read_guarded([tmp_path], LIMITS, None, poison.unable))
