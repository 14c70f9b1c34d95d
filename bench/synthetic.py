"""Millions of invented pages, each made from its number alone: the same ones always, in any order, without keeping any.

Words are drawn from an invented vocabulary by Zipf's law and set into invented sentences, so that pages share next to
nothing by chance. What they share is put in on purpose, rather more than real pages do (of the sampled 8-grams of
20,000 pages 61 % stand in one page alone, 15 % in two, 8 % in three to five, 8 % in more than a hundred; in 20,000
articles of 2023 it was 78, 11, 6 and 2 %, in 4,600 pages chosen for their reprints 34, 10, 19 and 14 %):

- a fifth of the pages are copies of a page not long before, under another headline, mostly cut or with a line added;
- some sentences are stock phrases, the first of them in every hundredth page;
- two thirds of the outlets put their own tail under each page; the largest outlet has one page in sixteen.

Lengths are those of real articles: a tenth below 430 characters, half below 1,000, a tenth above 1,800.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

_SEED = 20261130
_PARTS = tomllib.loads(Path(__file__).with_name("synthetic.toml").read_text(encoding="utf-8"))
_WORDS, _DRAWS = 20_000, 1 << 16
_COPIES, _NEAR, _CUT, _LINE_ADDED = 0.2, 3.0, 0.5, 0.2  # _NEAR: natural logarithms of pages between copy and source
_STOCK, _STOCK_SHARE = 60_000, 0.03
_OUTLETS, _TAILED = 2_000, 0.66
_MEDIAN, _SPREAD, _LEAST, _MOST = 900.0, 0.52, 120, 6_000  # characters of a body: a log-normal distribution
_START, _PAGES_A_DAY = datetime(2023, 1, 1, tzinfo=UTC), 5_000
_STREAM_PAGE, _STREAM_STOCK, _STREAM_TAIL, _STREAM_COPY = range(4)


@dataclass(frozen=True, slots=True)
class SyntheticPage:
    """One page; ``source`` is the number of the page that it copies."""

    number: int
    outlet: str
    date: str
    title: str
    paragraphs: tuple[str, ...]
    source: int | None

    @property
    def body(self) -> str:
        """The text below the headline."""
        return "\n".join(self.paragraphs)

    @property
    def text(self) -> str:
        """The page as a plain-text reader finds it."""
        return f"{self.title}\n{self.date} 来源：{self.outlet}\n{self.body}\n"


def synthetic_page(number: int) -> SyntheticPage:
    """The page of this number, from 1 on."""
    draw = _Draw(_STREAM_COPY, number)
    source = _source_of(number)
    paragraphs = list(_own_paragraphs(number if source is None else source))
    if source is not None:
        if len(paragraphs) > 2 and draw.chance(_CUT):
            del paragraphs[1 + draw.below(len(paragraphs) - 1) :]
        if draw.chance(_LINE_ADDED):
            paragraphs.insert(draw.below(len(paragraphs)), draw.sentence())
    outlet = draw.ranked(_OUTLETS)
    tail = _tail(outlet)
    return SyntheticPage(
        number,
        f"{_PARTS['outlets'][outlet % len(_PARTS['outlets'])]}{outlet}",
        f"{_START + timedelta(days=number / _PAGES_A_DAY):%Y-%m-%d %H:%M}",
        f"{draw.choice('orgs')}{draw.words()}{draw.choice('things')}{draw.words()}",
        (*paragraphs, tail) if tail else tuple(paragraphs),
        source,
    )


def _source_of(number: int) -> int | None:
    """The original that a page copies: one that copies a copy copies what that one does."""
    draw = _Draw(_STREAM_COPY, number)
    back = math.ceil(math.exp(_NEAR * abs(draw.normal())))
    if not draw.chance(_COPIES) or back >= number:
        return None
    return _source_of(number - back) or number - back


@lru_cache(maxsize=4_096)
def _own_paragraphs(number: int) -> tuple[str, ...]:
    draw = _Draw(_STREAM_PAGE, number)
    wanted = min(_MOST, max(_LEAST, _MEDIAN * math.exp(_SPREAD * draw.normal())))
    paragraphs, length = [], 0
    while length < wanted:
        sentences = [draw.sentence() for _ in range(2 + draw.below(3))]
        paragraphs.append("".join(sentences))
        length += len(paragraphs[-1])
    return tuple(paragraphs)


@lru_cache(maxsize=_STOCK)
def _stock(number: int) -> str:
    return _Draw(_STREAM_STOCK, number).filled("plain")


@lru_cache(maxsize=_OUTLETS)
def _tail(outlet: int) -> str:
    draw = _Draw(_STREAM_TAIL, outlet)
    return draw.filled("tails") if draw.chance(_TAILED) else ""


@cache
def _vocabulary() -> list[str]:
    """Words in the order of a draw: each as often as Zipf's law has it."""
    source = np.random.default_rng([_SEED, 99])
    rows = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    usual = [rows[place] for place in source.permutation(len(rows))[:2_500]]
    lengths = source.choice((1, 2, 3, 4), _WORDS, p=(0.1, 0.65, 0.15, 0.1))
    weights = 1 / (np.arange(_WORDS) + 20.0)
    words = ["".join(usual[place] for place in source.integers(0, len(usual), length)) for length in lengths]
    return [words[place] for place in source.choice(_WORDS, _DRAWS, p=weights / weights.sum())]


class _Draw:
    """Chance that depends on what it is drawn for, and on nothing else."""

    def __init__(self, stream: int, number: int) -> None:
        self._source = np.random.Generator(np.random.SFC64((_SEED, stream, number)))
        self._ready: list[str] = []

    def chance(self, share: float) -> bool:
        return bool(self._source.random() < share)

    def normal(self) -> float:
        return float(self._source.standard_normal())

    def below(self, count: int) -> int:
        return int(self._source.random() * count)

    def ranked(self, count: int) -> int:
        """A number below ``count``, the smaller the likelier: nearly as Zipf's law has it."""
        return int((count + 1) ** self._source.random()) - 1

    def choice(self, kind: str) -> str:
        return str(_PARTS[kind][self.below(len(_PARTS[kind]))])

    def words(self, count: int = 0) -> str:
        """So many words; two to six, if nothing is said."""
        count = count or 2 + self.below(5)
        if len(self._ready) < count:
            vocabulary = _vocabulary()
            self._ready += [vocabulary[place] for place in self._source.integers(0, _DRAWS, 200)]
        taken, self._ready = self._ready[:count], self._ready[count:]
        return "".join(taken)

    def sentence(self) -> str:
        if self.chance(_STOCK_SHARE):
            return _stock(self.ranked(_STOCK))
        return self.filled("facts" if self.chance(0.4) else "plain")

    def filled(self, kind: str) -> str:
        """A sentence of the kind, with all its places filled."""
        pieces = self.choice(kind).split("{")
        return pieces[0] + "".join(self._fill(piece) for piece in pieces[1:])

    def _fill(self, piece: str) -> str:
        name, _, rest = piece.partition("}")
        if name == "words":
            return self.words() + rest
        if name == "n":
            return f"{10 + self.below(9990)}{rest}"
        if name == "date":
            return f"{1 + self.below(12)}月{1 + self.below(28)}日{rest}"
        return f"{self.words(1)}{self.choice(name + 's')}{rest}"
