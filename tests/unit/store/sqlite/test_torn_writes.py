"""What a failing power supply leaves: a log that ends anywhere, or in noise. What the disk had taken in is there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mingjian.read.plain import text_page
from mingjian.store import DATABASE, open_workspace

_LOG = f"{DATABASE}-wal"
_TRANSACTIONS = 12


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, list[int]]:
    """The file, its log, and how long that was when each transaction with one page was acknowledged."""
    folder = tmp_path_factory.mktemp("written")
    store = open_workspace(folder, write=True, create=True)
    with store.writing() as writer:
        writer.begin_run("add", "1", "1", "now")
    store.settle()
    ends = []
    for number in range(_TRANSACTIONS):
        with store.writing() as writer:
            words = "".join(random.Random(number).choices("岚州衡川泊川云岭澜山青禾", k=4_000))  # noqa: S311
            writer.add_page(1, text_page(f"{number}.txt", words.encode()), f"https://news.invalid/{number}", "now")
        ends.append((folder / _LOG).stat().st_size)
    content, log = (folder / DATABASE).read_bytes(), (folder / _LOG).read_bytes()
    store.close()
    return content, log, ends


@pytest.mark.parametrize("noise", [False, True])
def test_a_log_that_ends_anywhere_gives_all_that_was_before(
    tmp_path: Path, written: tuple[bytes, bytes, list[int]], noise: bool
) -> None:
    content, log, ends = written
    lot = random.Random(noise)  # noqa: S311
    assert ends == sorted(ends)
    for case in range(15):
        end = lot.randrange(len(log) + 1) if case else ends[5]
        folder = tmp_path / str(case)
        folder.mkdir()
        (folder / DATABASE).write_bytes(content)
        tail = lot.randbytes(min(len(log) - end, 5_000)) if noise else b""
        (folder / _LOG).write_bytes(log[:end] + tail)
        acknowledged = sum(each <= end for each in ends)
        store = open_workspace(folder, write=bool(case % 2))
        assert list(store.check(thoroughly=True)) == []
        with store.reading() as reader:
            assert [page.number for page in reader.pages()] == list(range(1, acknowledged + 1))
        store.close()
