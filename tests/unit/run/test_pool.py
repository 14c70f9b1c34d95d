"""Tasks through workers that die, hang and raise: what is lost, and that nothing else is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract import poison

from mingjian.errors import RuleError, WorkerError
from mingjian.run.crew import Lost
from mingjian.run.pool import Staff, in_workers

ROOT = Path(__file__).parents[3]
SLOW = 2


def staff(workers: int = 2, seconds: float | None = None, ahead: int = 64) -> Staff:
    return Staff(workers=workers, start=poison.upper, seconds=seconds, ahead=ahead)


def answers(words: list[str], given: Staff) -> list[str | Lost]:
    results = list(in_workers(words, str.encode, given))
    assert [word for word, _ in results] == words
    return [got if isinstance(got, Lost) else b"".join(got).decode() for _, got in results]


@pytest.mark.parametrize("workers", [1, 3])
def test_the_guilty_alone_are_lost_and_the_order_is_kept(workers: int) -> None:
    words = [f"word{number}" for number in range(60)]
    expected: list[str | Lost] = [word.upper() for word in words]
    lost = {10: ("kill", "SIGKILL"), 11: ("leave", "exit status 3"), 30: ("crash", "SIGSEGV"), 59: ("kill", "SIGKILL")}
    for place, (name, reason) in lost.items():
        words[place], expected[place] = name, Lost(reason)
    assert answers(words, staff(workers)) == expected
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_what_takes_too_long_is_lost_and_is_not_tried_again(name: str) -> None:
    begun = time.monotonic()
    words = ["a", "b", name, "c"]
    assert answers(words, staff(1, SLOW)) == ["A", "B", Lost("2 seconds", late=True), "C"]
    assert time.monotonic() - begun < 60


def test_who_was_killed_by_chance_is_tried_again(tmp_path: Path) -> None:
    word = f"once {tmp_path / 'killed'}"
    assert answers(["a", word, "b"], staff(1)) == ["A", word.upper(), "B"]


def test_large_tasks_and_answers_do_not_wait_for_one_another() -> None:
    words = [str(number) * 1_000_000 for number in range(10)] * 2
    assert answers(words, staff()) == words


def test_items_without_content_pass_through_in_their_place() -> None:
    items = ["a", "", "b", "", ""]
    results = list(in_workers(items, lambda word: word.encode() or None, staff()))
    assert results == [("a", [b"A"]), ("", []), ("b", [b"B"]), ("", []), ("", [])]
    assert list(in_workers([], str.encode, staff())) == []


def test_the_input_is_never_far_ahead_of_the_output() -> None:
    taken = given = farthest = 0

    def words() -> Iterator[str]:
        nonlocal taken, farthest
        for number in range(400):
            taken += 1
            farthest = max(farthest, taken - given)
            yield str(number)

    for _ in in_workers(words(), str.encode, staff(2, ahead=8)):
        given += 1
    assert given == 400
    assert farthest <= 2 * 8 + 1


def test_what_the_function_raises_is_raised_behind_the_items_before_it() -> None:
    results = in_workers(["a", "b", "raise", "c"], str.encode, staff())
    assert [next(results)[0], next(results)[0]] == ["a", "b"]
    with pytest.raises(RuleError, match=r"events\.toml:3: there is no cue; keep the cues") as raised:
        next(results)
    assert raised.value.line == 3
    with pytest.raises(WorkerError, match="KeyError"):
        list(in_workers(["stumble"], str.encode, staff()))


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(RuleError, match="no cue"):
        list(in_workers(["a"], str.encode, Staff(workers=2, start=poison.unable)))
    with pytest.raises(WorkerError, match=r"ended before it could work \(exit status 7\)"):
        list(in_workers(["a"], str.encode, Staff(workers=1, start=poison.stillborn)))


def test_whoever_stops_early_leaves_no_process_behind() -> None:
    results = in_workers(map(str, range(10_000)), str.encode, staff())
    next(results)
    assert multiprocessing.active_children() != []
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_workers_that_are_killed_all_the_time_lose_nothing() -> None:
    """Kills at random moments, also while they write: what is not killed twice over one task is answered."""
    words = [str(number % 10) * 50_000 for number in range(600)]
    results: list[bytes] = []
    for place, (_, got) in enumerate(in_workers(words, str.encode, staff(2))):
        assert not isinstance(got, Lost), place
        results += got
        if place % 100 == 50:
            victim = multiprocessing.active_children()[0].pid
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
    assert results == [word.encode() for word in words]


ORPHANS = """
import multiprocessing, sys
from mingjian.run.pool import Staff, in_workers
from tests.contract import poison

if __name__ == "__main__":
    staff = Staff(workers=2, start=poison.upper, seconds=1)
    results = in_workers(["a", "b", sys.argv[1], sys.argv[1]], str.encode, staff)
    next(results), next(results)
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    list(results)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("name", ["sleep", "spin"])
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_its_parent_for_long(tmp_path: Path, sent: signal.Signals, name: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(ORPHANS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as running:
        assert running.stdout is not None
        workers = running.stdout.readline().split()
        assert workers
        time.sleep(0.5)  # until the workers have what they are to choke on
        running.send_signal(sent)
        running.wait(10)
    deadline = time.monotonic() + 20
    while any(_lives(worker.decode()) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _lives(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
