"""A brief: sections of sentences, each built from cited parts and a few fixed words, and what they cite."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.ledger.cells import Cite
from mingjian.errors import EvidenceError

PartKind: TypeAlias = Literal["fixed", "words", "date", "count", "label"]
"""What a part of a sentence is.

``fixed``: connecting words of ``rules/corpus/brief.toml``; ``words``: words of a page as they stand there; ``date``: a
date computed from the words that it cites; ``count``: how many there are of what it cites; ``label``: the name of a
coded value that was read from the words.
"""

SectionName: TypeAlias = Literal["events", "policies", "targets", "numbers", "quotes", "watch"]


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a sentence: ``value`` is the ISO bounds (``start/end``) of a date, the slug of a label."""

    text: str
    kind: PartKind
    cites: tuple[Cite, ...] = ()
    value: str | None = None

    def __post_init__(self) -> None:
        if self.kind == "fixed":
            return
        if not self.cites:
            raise EvidenceError(f"a part of a sentence must cite what it says, got {self.text!r}")
        if self.kind == "words" and not any(bare(self.text) in bare(cite.text) for cite in self.cites):
            raise EvidenceError(f"words must stand in what they cite, got {self.text!r}")
        if self.kind == "count" and self.text != str(len(self.cites)):
            raise EvidenceError(f"a count must cite each that it counts, got {self.text!r} of {len(self.cites)}")


def bare(words: str) -> str:
    """The words without white space and what cannot be seen."""
    return "".join(sign for sign in words if sign.isprintable() and not sign.isspace())


class Sentence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of a brief: ``frame`` is the id of its form, ``thing`` that of what it tells of.

    ``said`` are the words of a page round which it is built, where there are such.
    """

    parts: tuple[Part, ...]
    frame: str
    thing: str
    said: str = ""

    def __post_init__(self) -> None:
        if not any(part.cites for part in self.parts):
            raise EvidenceError(f"a sentence must cite what it says, got {self.text!r}")

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(part.text for part in self.parts)

    @property
    def cites(self) -> tuple[Cite, ...]:
        """All that its parts cite, in their order."""
        return tuple(dict.fromkeys(cite for part in self.parts for cite in part.cites))


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A page with the words that a sentence has of it; ``link`` is its address, a web address or the name of a file.

    ``title`` is what the page itself says, nothing where it has none.
    """

    page: str
    title: str | None
    source: str | None
    published: str | None
    link: str
    cites: tuple[Cite, ...]


class Footnote(msgspec.Struct, frozen=True):
    """What one sentence cites, page by page."""

    number: int
    references: tuple[Reference, ...]


class Item(msgspec.Struct, frozen=True):
    """A sentence of a brief and its footnote."""

    sentence: Sentence
    note: Footnote


class Section(msgspec.Struct, frozen=True):
    """The sentences of one kind under their heading; ``left_out`` more would have fitted."""

    name: SectionName
    heading: str
    items: tuple[Item, ...]
    left_out: int = 0


class Dot(msgspec.Struct, frozen=True):
    """An event on a line of time: ISO days, the number of the sentence that tells it, and its words."""

    start: str
    end: str
    number: int
    label: str


class Timeline(msgspec.Struct, frozen=True):
    """Events in order of time."""

    title: str
    dots: tuple[Dot, ...]


class Series(msgspec.Struct, frozen=True):
    """How many of one kind, a number for each category."""

    name: str
    values: tuple[int, ...]


class Bars(msgspec.Struct, frozen=True):
    """Numbers by category, one bar a category, the series stacked; it belongs to the sentences of ``section``."""

    title: str
    section: SectionName
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def step(self) -> int:
        """How far apart the numbers on the axis stand, so that there are ten of them at most."""
        longest: int = max(map(sum, zip(*(series.values for series in self.series), strict=True)))
        return max(1, -(-longest // 10))


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a brief is asked to tell.

    ``topic`` are words or technologies, any of which will do; ``regions`` names of places, each with all that lies in
    it. Days are ISO, both inclusive; ``day`` is the one on which it is written. ``known``: from what was published by
    then alone.
    """

    day: str
    since: str
    until: str
    topic: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    known: bool = False
    ai: bool = True


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A brief: ``lines`` say what it is asked to tell, ``remark`` how it was made."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    timeline: Timeline | None
    charts: tuple[Bars, ...]
    remark: str
    scope: Scope
