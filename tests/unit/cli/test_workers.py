"""How many processes a run gets, and the same bytes from any number of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from mingjian.cli.workers import Extent, extent_of, usable_cores, workers_of
from mingjian.errors import ReadError
from mingjian.read import Limits
from mingjian.run import Workers

EXAMPLES = Path(__file__).parents[3] / "examples" / "pages"
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
FEW, MANY = Extent(5, 0, 5), Extent(5_000, 0, 5_000)


def mingjian(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, check=False)


def test_pages_are_counted_only_where_each_file_is_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.pdf", "d.html.gz"):
        (tmp_path / name).write_bytes(b"x" * 100)
    assert extent_of([str(tmp_path), "missing"], Limits(), whole=True) == Extent(5, 0, 5)
    (tmp_path / "e.jsonl").write_bytes(b"x" * 100)
    assert extent_of([str(tmp_path), "-"], Limits(), whole=True) == Extent(6, 100, None)
    for number in range(300):
        (tmp_path / f"{number}.txt").touch()
    assert extent_of([str(tmp_path)], Limits(), whole=False) == Extent(250, 0, None)


def test_few_pages_are_done_here_and_many_by_a_guarded_worker_for_each_core() -> None:
    assert workers_of(FEW, None, None) == Workers(1, None)
    assert workers_of(MANY, None, None) == Workers(usable_cores(), 60)
    assert workers_of(Extent(1, 50_000_000, None), None, None) == Workers(usable_cores(), 60)
    assert workers_of(MANY, 1, None) == Workers(1, None)
    assert workers_of(FEW, 3, None) == Workers(3, 60)
    assert workers_of(FEW, None, 5) == Workers(1, 5)
    assert workers_of(FEW, 2, 0) == Workers(2, None)


@pytest.mark.parametrize(("workers", "seconds"), [(0, None), (-1, None), (100_000, None), (None, -1), (None, 1e999)])
def test_numbers_that_mean_nothing_are_refused(workers: int | None, seconds: float | None) -> None:
    with pytest.raises(ReadError, match="--workers" if workers is not None else "--seconds-a-page"):
        workers_of(FEW, workers, seconds)


def test_extract_prints_the_same_bytes_for_any_number_of_workers() -> None:
    alone, two = (mingjian("extract", EXAMPLES, "--with-text", "--workers", number) for number in ("1", "2"))
    assert alone.returncode == two.returncode == 0
    assert alone.stdout == two.stdout
    assert alone.stderr == two.stderr


def test_a_page_over_the_limit_is_named_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("岚州市发布消息。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("岚州市印发《岚州市人工智能行动计划》，投资3亿元。\n" * 60_000, encoding="utf-8")
    failures = tmp_path / "failures"
    done = mingjian("extract", tmp_path, "--seconds-a-page", "4", "--strict", "--failures", failures)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    (row,) = map(json.loads, failures.read_bytes().splitlines())
    assert row["doc_id"].endswith("b.txt")
    assert (row["stage"], row["reason"]) == ("extract", "too-slow: took more than 4 seconds, the limit of a page")
    assert mingjian("extract", tmp_path, "--failures", tmp_path / "a.txt").returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_ends_the_run_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}.txt").write_text("岚州市印发《岚州市人工智能行动计划》。" * 50, encoding="utf-8")
    out = tmp_path / "out" / "records"
    command = [*PROGRAM, "extract", str(tmp_path), "--workers", "2", "--out", str(out)]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as running:
        while not list(tmp_path.glob("out/.*.part")):
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=20)
    assert running.returncode == 130
    assert told.decode() == "mingjian: interrupted; nothing half-written is left\n"
    assert list(out.parent.iterdir()) == []
    deadline = time.monotonic() + 10
    while _living(running.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _living(group: int) -> list[str]:
    """The processes of the group, without those that nobody has buried."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = path.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            found.append(path.parent.name)
    return found
