"""What one more page costs when there are ten thousand, a hundred thousand, a million: flat, if the lines are alike.

    python -m bench.growth [--sizes 10000 100000 1000000] [--added 300] [--folder FOLDER] [--workspace]

Grows an index of fingerprints with the pages of bench/synthetic.py, a thousand at a time. At each size some hundred
pages are added one by one as a reader of news would do it: sketch the page, find its candidates, add it, commit. CPU of
the process with all its threads in microseconds a page (medians, unless another word stands there: the mean counts the
merges of segments, which the median does not see), wall time of all but the sketch, and what opening the index costs.
``in bulk`` is what a page of a thousand costs. The index is deleted afterwards, unless a folder is named.
With ``--workspace`` a whole workspace grows instead: see bench/growth_workspace.py.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.growth_workspace import grow_workspace
from bench.synthetic import synthetic_page
from mingjian.core.link.reprints.alphabet import PARAGRAPH, alphabet
from mingjian.core.link.reprints.bodies import Body
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import sketch_bodies
from mingjian.store.fingerprints import Demand, FingerprintReader, FingerprintWriter
from mingjian.store.fingerprints.segments import Numbers

Value = TypeVar("Value")
_BATCH = 1_000
_STEPS = ("sketch", "candidates", "add", "commit")
_COLUMNS = {
    "pages": 10,
    "in bulk": 9,
    "sketch": 9,
    "candidates": 12,
    "add": 6,
    "commit": 8,
    "all but sketch": 16,
    "mean": 8,
    "max": 10,
    "wall": 8,
    "open": 7,
    "segments": 10,
    "bytes a page": 14,
    "candidates found": 18,
}


@dataclass(slots=True)
class Costs:
    """Nanoseconds of CPU and of the clock by step, one entry a page."""

    cpu: dict[str, list[int]] = field(default_factory=lambda: {step: [] for step in _STEPS})
    wall: dict[str, list[int]] = field(default_factory=lambda: {step: [] for step in _STEPS})

    def timed(self, step: str, work: Callable[[], Value]) -> Value:
        """What the work gives; what it cost is noted."""
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        value = work()
        self.cpu[step].append(time.process_time_ns() - cpu)
        self.wall[step].append(time.perf_counter_ns() - wall)
        return value

    def of_page(self, kind: str) -> list[int]:
        """All steps but the sketch together, by page."""
        by_step = getattr(self, kind)
        return [sum(page) for page in zip(*(by_step[step] for step in _STEPS[1:]), strict=True)]


def main() -> None:
    """Grow the index through all sizes and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--added", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--workspace", action="store_true")
    options = parser.parse_args()
    alphabet()
    with tempfile.TemporaryDirectory() as name:
        growing = grow_workspace if options.workspace else grow
        growing(options.folder or Path(name), sorted(options.sizes), options.added)


def grow(folder: Path, sizes: Sequence[int], added: int) -> None:
    """Print a table of sizes."""
    print("".join(f"{title:>{width}}" for title, width in _COLUMNS.items()))
    with FingerprintWriter(folder, "bench", anew=True) as index:
        reached = 0
        for size in sizes:
            bulk = _grow_to(index, reached, size)
            costs, found = _add_some(index, size, added)
            print(_line(index, folder, (size, bulk, found), costs), flush=True)
            reached = size + added


def _grow_to(index: FingerprintWriter, reached: int, size: int) -> float:
    """Microseconds of CPU a page that index and commit took."""
    spent = 0
    for first in range(reached + 1, size + 1, _BATCH):
        numbers = range(first, min(first + _BATCH, size + 1))
        fingerprints = fingerprints_of(numbers)
        start = time.process_time_ns()
        index.add(numbers, fingerprints)
        index.commit(numbers[-1])
        spent += time.process_time_ns() - start
    return spent / 1e3 / (size - reached)


def _add_some(index: FingerprintWriter, size: int, added: int) -> tuple[Costs, float]:
    """What every step cost, and how many candidates a page had on average."""
    costs, found, demand = Costs(), 0, linking_demand()
    for number in range(size + 1, size + added + 1):
        synthetic_page(number)  # its source is kept at hand, so that the sketch alone is timed
        hashes = costs.timed("sketch", partial(fingerprints_of, [number]))
        found += len(costs.timed("candidates", partial(index.postings.candidates, hashes[0], demand))[0])
        costs.timed("add", partial(index.add, [number], hashes))
        costs.timed("commit", partial(index.commit, number))
    return costs, found / added


def _line(index: FingerprintWriter, folder: Path, measured: tuple[int, float, float], costs: Costs) -> str:
    size, bulk, found = measured
    start = time.process_time_ns()
    FingerprintReader(folder, "bench")
    opened = (time.process_time_ns() - start) / 1e3
    on_disk = sum(file.stat().st_size for file in folder.iterdir()) / index.postings.pages
    cpu, wall = costs.of_page("cpu"), costs.of_page("wall")
    steps = [statistics.median(costs.cpu[step]) / 1e3 for step in _STEPS]
    whole = [each / 1e3 for each in (statistics.median(cpu), statistics.mean(cpu), max(cpu), statistics.median(wall))]
    shown = [size, bulk, *steps, *whole, opened, len(index.postings.segments), on_disk, found]
    return "".join(f"{value:{width},.0f}" for value, width in zip(shown, _COLUMNS.values(), strict=True))


def linking_demand() -> Demand:
    """What the linker asks for."""
    settings = reprint_settings()
    join, judging = settings.join, settings.judging
    shared = min(judging.least_shared, judging.part_shared, judging.passage_shared)
    return Demand(join.least_shared, join.most_pages, shared, min(judging.contained, judging.part_share))


def fingerprints_of(numbers: Iterable[int]) -> list[Numbers]:
    """The fingerprints of synthetic pages, by number."""
    bodies = [Body(id=str(number), text=PARAGRAPH.join(synthetic_page(number).paragraphs)) for number in numbers]
    return [sketch.fingerprints for sketch in sketch_bodies(bodies)]


if __name__ == "__main__":
    main()
