"""What one more page costs a workspace that holds the same text thousands of times, or one form filled as often.

    python -m bench.crowds [--sizes 500 1000 2000 4000] [--kind copies|shuffled|series …] [--batches 3] [--ones 5]

``copies`` are reprints of one synthetic page in the order of time: headlines of their own, half of them cut, a fifth
with a line added, with tails of outlets. ``shuffled`` are the same in another order than that of time, as crawls bring
them. ``series`` is one form with other numbers every day. At each size some pages are added one by one and some batches
of a hundred: milliseconds of CPU a page, of the process with all its threads, for keeping and linking.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.growth_workspace import Cost, bytes_a_page, ready_of, timed_parts
from bench.synthetic import SyntheticPage, synthetic_page
from mingjian.corpus import Corpus

_BULK, _BATCH = 500, 100
_MINUTES, _START = 7, datetime(2025, 3, 1, tzinfo=UTC)
_TEXT = 11  # the synthetic page that is copied
_SEED, _MOST = 20261130, 100_000
_FORM = (
    "{}本市蔬菜批发市场共成交{}吨，比前一日增加{}吨，其中叶菜类{}吨、根茎类{}吨，均价每公斤{}元。",
    "市场管理处介绍，当日进场车辆{}辆，抽检{}批次，合格率百分之{}，储备充足，供应平稳，价格总体处在合理区间。",
    "水产方面，当日成交{}吨，淡水鱼均价每公斤{}元，海水鱼均价每公斤{}元，到货量与前一日基本持平。",
)


def main() -> None:
    """Print, for each kind and size, what a page costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1_000, 2_000, 4_000])
    parser.add_argument("--kind", choices=sorted(_KINDS), nargs="+", default=sorted(_KINDS))
    parser.add_argument("--batches", type=int, default=3)
    parser.add_argument("--ones", type=int, default=5)
    options = parser.parse_args()
    for kind in options.kind:
        with tempfile.TemporaryDirectory() as folder:
            for line in crowd(Path(folder), _KINDS[kind], options.sizes, (options.ones, options.batches)):
                print(f"{kind:9}{line}", flush=True)


def crowd(
    folder: Path, made: Callable[[int], SyntheticPage], sizes: Sequence[int], counts: tuple[int, int]
) -> Iterator[str]:
    """A line for each size."""
    with Corpus.open(folder, write=True, create=True) as corpus:
        reached = 0

        def add(pages: int) -> list[Cost]:
            nonlocal reached
            numbers = range(reached + 1, reached + pages + 1)
            reached += pages
            return timed_parts(corpus, [ready_of(number, made(number)) for number in numbers], search=False)

        for size in sizes:
            while reached < size - 1:
                add(min(_BULK, size - 1 - reached))
            kinds = {"one": [add(1) for _ in range(counts[0])], "of 100": [add(_BATCH) for _ in range(counts[1])]}
            told = " | ".join(f"{name}: {_told(costs)}" for name, costs in kinds.items() if costs)
            groups = [size for _, size in corpus_groups(corpus)][:3]
            yield f"{size:6,} pages, ms: {told} | groups {groups} | {bytes_a_page(folder, reached)}"


def corpus_groups(corpus: Corpus) -> Sequence[tuple[int, int]]:
    """The groups and their sizes, the largest first."""
    with corpus.store.reading() as reader:
        return reader.groups()


def _told(costs: Sequence[Sequence[Cost]]) -> str:
    keep, link = ([cost[part][0] for cost in costs] for part in (0, 1))
    return f"keep {statistics.median(keep):.2f}, link {statistics.median(link):.2f} (most {max(link):.2f})"


def _copy(number: int, at: int) -> SyntheticPage:
    """A reprint of the one text; ``at`` is its place in time."""
    source, other = synthetic_page(_TEXT), synthetic_page(10**6 + number)
    drawn = random.Random(number)
    paragraphs = list(source.paragraphs)
    if drawn.random() < 0.5:
        del paragraphs[drawn.randrange(2, len(paragraphs)) :]
    if drawn.random() < 0.2:
        paragraphs.insert(drawn.randrange(len(paragraphs)), other.paragraphs[0])
    if drawn.random() < 0.5:
        paragraphs.append(other.paragraphs[-1])
    title = source.title if drawn.random() < 0.5 else other.title
    date = f"{_START + timedelta(minutes=_MINUTES * at):%Y-%m-%d %H:%M}"
    return replace(other, number=number, date=date, title=title, paragraphs=tuple(paragraphs))


def _shuffled(number: int) -> SyntheticPage:
    return _copy(number, random.Random(_SEED + number).randrange(_MOST // 10))


def _filled(number: int) -> SyntheticPage:
    drawn = random.Random(number)
    date = _START + timedelta(days=number)
    day = f"{date.month}月{date.day}日"
    paragraphs = tuple(
        form.format(
            *(day if not place and not line else drawn.randrange(10, 9_999) for place in range(form.count("{}")))
        )
        for line, form in enumerate(_FORM)
    )
    other = synthetic_page(_TEXT)
    title = f"{day}本市蔬菜批发市场成交情况"
    return replace(other, number=number, date=f"{date:%Y-%m-%d} 09:00", title=title, paragraphs=paragraphs)


_KINDS: dict[str, Callable[[int], SyntheticPage]] = {
    "copies": lambda number: _copy(number, number),
    "shuffled": _shuffled,
    "series": _filled,
}


if __name__ == "__main__":
    main()
