"""What the books cost where thousands of pages are nearly alike: a template site, reprints with other numbers.

    python -m bench.alike [--sizes 750 1500 3000] [--page FILE] [--same-day] [--ones 20]

Every page is a sample page with other numbers, and on another day of the month unless ``--same-day`` is given; each is
a source of its own. Told are, for each size, milliseconds of CPU a page in batches of 250 (the last one), of a page
alone (median and most), nodes and things by kind, and how much memory the process took at most; and the exponent by
which the whole grew since the size before.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mingjian import extract
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelved
from mingjian.corpus.books.keeping import Entry, keep_pages, usual_ways
from mingjian.read.plain import text_page
from mingjian.store.books import BooksWriter

_NUMBER = re.compile(r"(?<![\d.\-年])\d{2,5}(?![\d年月日:.\-])")
_DAY = re.compile(r"(?<=月)\d{1,2}(?=日)")
_BATCH = 250
_AT = "2026-01-01T00:00:00Z"


def alike(sample: Path, size: int, *, same_day: bool) -> Iterator[Shelved]:
    """So many pages that differ from the sample in numbers and, perhaps, in days."""
    text = sample.read_text(encoding="utf-8")
    for place in range(size):
        said = _told(text, random.Random(place), same_day=same_day)
        record = extract(text_page(f"{place}.txt", said.encode()))
        name = f"{place:032x}"
        yield Shelved(card_of(record, Whence(id=name, doc_id=name, address=name, added=_AT, group=name)), record)


def _told(text: str, lot: random.Random, *, same_day: bool) -> str:
    """The text with other numbers of the same length."""

    def other(found: re.Match[str]) -> str:
        return str(lot.randrange(10 ** (len(found[0]) - 1), 10 ** len(found[0])))

    told = _NUMBER.sub(other, text)
    return told if same_day else _DAY.sub(lambda _: f"{lot.randrange(1, 29)}", told)


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[750, 1_500, 3_000])
    parser.add_argument("--page", type=Path, default=Path("examples/pages/01-portal-article.txt"))
    parser.add_argument("--same-day", action="store_true")
    parser.add_argument("--ones", type=int, default=20)
    options = parser.parse_args()
    pages = list(alike(options.page, max(options.sizes) + options.ones, same_day=options.same_day))
    before: tuple[int, float] | None = None
    for size in options.sizes:
        spent = _grown(pages[: size + options.ones], size)
        exponent = (
            "" if before is None else f", exponent {math.log(spent / before[1]) / math.log(size / before[0]):.2f}"
        )
        print(f"{size:,} pages: {spent:.1f} s{exponent}", flush=True)
        before = size, spent


def _grown(pages: list[Shelved], size: int) -> float:
    """Seconds of CPU for books of so many of the pages."""
    ways, spent, last = usual_ways(), 0.0, 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(BooksWriter.open_or_make(Path(folder) / "b", "bench")) as index,
    ):
        for start in range(0, size, _BATCH):
            entries = [Entry(at, pages[at]) for at in range(start, min(start + _BATCH, size))]
            last = _timed(index, entries, ways)
            spent += last
        ones = [_timed(index, [Entry(at, pages[at])], ways) * 1e3 for at in range(size, len(pages))]
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        alone = f"alone {statistics.median(ones):.0f}, most {max(ones):.0f}"
        print(f"  in bulk {last / _BATCH * 1e3:.1f} ms a page; {alone}; {most:.0f} MB; {index.mention_count():,} facts")
        print(f"  things: {', '.join(f'{kind} {count}' for kind, count in index.counts().items())}")
    return spent


def _timed(index: BooksWriter, entries: list[Entry], ways: object) -> float:
    start = time.process_time()
    keep_pages(index, entries, (), entries[-1].number + 1, ways)  # type: ignore[arg-type]
    return time.process_time() - start


if __name__ == "__main__":
    main()
