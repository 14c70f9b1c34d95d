"""The index on disk: what a crash leaves, what readers see meanwhile, and how damage is told."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mingjian.errors import BusyError, DamageError, StoreError, VersionError
from mingjian.store.fingerprints import Demand, FingerprintReader, FingerprintWriter, Postings
from mingjian.store.fingerprints.segments import Numbers

SCHEME = "some 8-grams"
THREE = Demand(at_least=3)


def hashes_of(page: int) -> Numbers:
    """Some of its own, some of its decade."""
    return np.array([page * 0x9E3779B1 % 2**32, page * 7 + 1, page // 10 * 0x10000001 % 2**32], np.uint32)


def fill(index: FingerprintWriter, pages: range) -> None:
    index.add(pages, [hashes_of(page) for page in pages])


def pages_in(postings: Postings) -> set[int]:
    """The pages, as their own fingerprints find them."""
    found = postings.join([hashes_of(page) for page in range(1200)], THREE)
    assert found.rows.tolist() == found.pages.tolist()
    assert len(found.pages) == postings.pages
    return set(found.pages.tolist())


def work(index: FingerprintWriter) -> None:
    """Commits of all kinds, from position 1 on: small and large ones, removals, rewriting of a hollow segment."""
    for position, (first, last) in enumerate([(1, 400), (400, 402), (402, 800), (800, 1100)], 1):
        fill(index, range(first, last))
        index.commit(position)
    index.remove(range(5, 50))
    index.commit(5)
    index.remove(range(50, 1000))
    fill(index, range(3, 8))
    index.commit(6)


def expected(position: int) -> set[int]:
    """The pages after so many of these commits."""
    last = [1, 400, 402, 800, 1100, 1100, 1100][position]
    gone = [range(0), range(5, 50), range(8, 1000)][max(0, position - 4)]
    return set(range(1, last)) - set(gone)


def test_the_state_is_whole_wherever_the_program_is_killed(tmp_path: Path) -> None:
    copies: list[tuple[Path, int]] = []

    def copied(_step: str) -> None:
        copies.append((tmp_path / f"killed-{len(copies)}", index.position if made else 0))
        shutil.copytree(tmp_path / "index", copies[-1][0])

    made: list[FingerprintWriter] = []
    index = FingerprintWriter(tmp_path / "index", SCHEME, step=copied)
    made.append(index)
    work(index)
    index.close()
    assert len(copies) > 50
    for folder, acknowledged in copies:
        reader = FingerprintReader(folder, SCHEME)
        assert reader.position in (acknowledged, acknowledged + 1)
        assert pages_in(reader.postings) == expected(reader.position)
        with FingerprintWriter(folder, SCHEME) as again:
            assert pages_in(again.postings) == expected(reader.position)
            fill(again, range(1150, 1160))
            again.commit(9)
        assert {file.suffix for file in folder.iterdir()} <= {".segment", ".removed", ".json", ""}
        assert pages_in(FingerprintReader(folder, SCHEME).postings) == expected(reader.position) | set(
            range(1150, 1160)
        )


WRITE_ON = """
import sys, pathlib
from mingjian.store.fingerprints import FingerprintWriter
from tests.unit.store.fingerprints.test_index import SCHEME, hashes_of
with FingerprintWriter(pathlib.Path(sys.argv[1]), SCHEME) as index:
    for page in range(index.position + 1, 100_000):
        index.add([page], [hashes_of(page)])
        if page % 3 == 0:
            index.remove([page - 1])
        index.commit(page)
        print(page, flush=True)
"""


def test_nothing_acknowledged_is_lost_by_sigkill_while_readers_follow(tmp_path: Path) -> None:
    folder, acknowledged = tmp_path / "index", 0
    for lines in (2, 31, 75):
        command = [sys.executable, "-c", WRITE_ON, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4]) as writer:
            assert writer.stdout is not None
            for _ in range(lines):
                acknowledged = int(writer.stdout.readline())
                assert_followed(folder, acknowledged)
            writer.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *(int(line) for line in writer.stdout if line.endswith("\n"))])
        assert_followed(folder, acknowledged)


def assert_followed(folder: Path, acknowledged: int) -> None:
    reader = FingerprintReader(folder, SCHEME)
    assert reader.position >= acknowledged
    removed = {page - 1 for page in range(3, reader.position + 1, 3)}
    assert pages_in(reader.postings) == set(range(1, reader.position + 1)) - removed


def test_a_reader_keeps_its_state_while_files_go_away_under_it(tmp_path: Path) -> None:
    with FingerprintWriter(tmp_path, SCHEME) as index:
        fill(index, range(1, 100))
        index.commit(1)
        reader = FingerprintReader(tmp_path, SCHEME)
        before = {file.name for file in tmp_path.iterdir()}
        fill(index, range(100, 200))
        index.commit(2)
        assert not before <= {file.name for file in tmp_path.iterdir()}
        assert pages_in(reader.postings) == set(range(1, 100))
        assert reader.refresh()
        assert pages_in(reader.postings) == set(range(1, 200))
        assert not reader.refresh()


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with FingerprintWriter(tmp_path, SCHEME), pytest.raises(BusyError, match="another program writes to it"):
        FingerprintWriter(tmp_path, SCHEME)
    FingerprintWriter(tmp_path, SCHEME).close()


def test_a_page_added_again_has_its_new_fingerprints(tmp_path: Path) -> None:
    with FingerprintWriter(tmp_path, SCHEME) as index:
        fill(index, range(1, 20))
        index.commit(1)
        index.add([7], [hashes_of(1000)])
        assert index.postings.candidates(hashes_of(1000), THREE)[0].tolist() == [7]
        assert index.postings.candidates(hashes_of(7), THREE)[0].tolist() == []
        assert index.postings.pages == 19


def test_a_full_disk_changes_nothing_and_the_commit_can_be_tried_again(tmp_path: Path) -> None:
    full: list[bool] = []

    def fails(_step: str) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")

    with FingerprintWriter(tmp_path, SCHEME, step=fails) as index:
        fill(index, range(1, 20))
        index.commit(1)
        fill(index, range(20, 30))
        full.append(True)
        with pytest.raises(StoreError, match=r"No space left on device.*nothing that was kept is lost"):
            index.commit(2)
        assert FingerprintReader(tmp_path, SCHEME).position == index.position == 1
        full.clear()
        index.commit(2)
    assert pages_in(FingerprintReader(tmp_path, SCHEME).postings) == set(range(1, 30))


def committed(folder: Path) -> Path:
    with FingerprintWriter(folder, SCHEME) as index:
        fill(index, range(1, 300))
        index.commit(1)
        index.remove([5])
        index.commit(2)
    return folder


@pytest.mark.parametrize("name", ["00000001.segment", "00000002.removed", "manifest.json"])
@pytest.mark.parametrize("damage", ["missing", "cut", "changed", "empty"])
def test_damage_is_told_and_mended_by_making_it_anew(tmp_path: Path, name: str, damage: str) -> None:
    file = committed(tmp_path) / name
    content = bytearray(file.read_bytes())
    if damage == "missing" and name == "manifest.json":
        file.unlink()
        assert FingerprintReader(tmp_path, SCHEME).position == 0
        return
    content[len(content) // 2] ^= 1
    file.unlink()
    if damage != "missing":
        file.write_bytes(bytes({"cut": content[:-1], "changed": content, "empty": b""}[damage]))
    for opened in (FingerprintReader, FingerprintWriter):
        with pytest.raises(DamageError, match="made anew"):
            opened(tmp_path, SCHEME)
    with FingerprintWriter(tmp_path, SCHEME, anew=True) as index:
        assert (index.position, index.postings.pages) == (0, 0)
        fill(index, range(1, 4))
        index.commit(3)
    assert pages_in(FingerprintReader(tmp_path, SCHEME).postings) == {1, 2, 3}


def test_damage_to_a_large_file_is_found_by_check_or_when_it_makes_no_sense(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    pages = [rng.integers(0, 2**32, 150, np.uint32) for _ in range(2000)]
    with FingerprintWriter(tmp_path, SCHEME) as index:
        index.add(range(1, 2001), pages)
        index.commit(1)
        assert list(FingerprintReader(tmp_path, SCHEME).check()) == []
    file = tmp_path / "00000001.segment"
    content = bytearray(file.read_bytes())
    content[-300_000:] = b"\xff" * 300_000
    file.write_bytes(content)
    reader = FingerprintReader(tmp_path, SCHEME)
    problems = list(reader.check())
    assert len(problems) == 1
    assert "the column lower is not what was written" in problems[0]
    with pytest.raises(DamageError, match="a posting is of no page"):
        reader.postings.candidates(pages[0])


def test_more_pages_than_two_bytes_number(tmp_path: Path) -> None:
    pages = np.arange(1, 140_001, 2, dtype=np.uint32)
    with FingerprintWriter(tmp_path, SCHEME) as index:
        index.add(pages, [hashes_of(int(page)) for page in pages])
        index.commit(1)
        index.remove([70_001])
        index.commit(2)
    postings = FingerprintReader(tmp_path, SCHEME).postings
    for page in (1, 65_535, 65_537, 131_071, 139_999):
        assert postings.candidates(hashes_of(page), THREE)[0].tolist() == [page]
    assert postings.candidates(hashes_of(70_001), THREE)[0].tolist() == []
    assert postings.pages == 69_999


def test_other_fingerprints_and_other_formats_are_not_read(tmp_path: Path) -> None:
    committed(tmp_path)
    with pytest.raises(VersionError, match="its scheme is 'some 8-grams', not 'others'"):
        FingerprintReader(tmp_path, "others")
    FingerprintWriter(tmp_path, "others", anew=True).close()
    assert FingerprintReader(tmp_path, "others").position == 0


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        FingerprintReader(tmp_path / "file", SCHEME)
    with pytest.raises(StoreError, match="cannot be written"):
        FingerprintWriter(tmp_path / "file", SCHEME)


def test_an_index_that_was_never_written_is_empty(tmp_path: Path) -> None:
    reader = FingerprintReader(tmp_path / "nowhere", SCHEME)
    assert (reader.position, reader.postings.pages) == (0, 0)
    assert reader.postings.candidates(hashes_of(1))[0].tolist() == []
