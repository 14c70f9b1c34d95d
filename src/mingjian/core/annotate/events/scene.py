"""What every event of a page is read against, and where one event stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.mentions import Mention

# Forms of writing, not words: a title in 《》, a name in quotation marks.
_TITLE = re.compile(r"《[^《》]{1,120}》")
_START = attrgetter("start")
_BLANKS = " \t\u3000\r"
_LINE_ENDS = re.compile(rf"[{_BLANKS}]*(?:\n|\Z)")
_FAR = 400
_NAME = re.compile(r"《[^《》]{1,120}》|“[^“”，。；,;]{1,14}”")
_TITLE_OR_NAME = re.compile(r"《[^《》]{1,120}》|“[^“”]{1,30}”")


class Scene(msgspec.Struct, frozen=True):
    """What every event of the page is read against, with the cues and other keys of the events' rule file.

    ``title`` is the headline, folded; ``headline`` is where it stands, if in the text; ``alone`` are the days that
    fill a line.
    """

    article: Article
    times: Sequence[TimeExpression]
    mentions: tuple[Mention, ...]
    anchor: Anchor
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    title: str = ""
    headline: Pair | None = None
    alone: Sequence[TimeExpression] = ()


class Place(msgspec.Struct, frozen=True):
    """Where one event stands: its block, its sentence's clauses, the number of its own, its evidence, its trigger."""

    clauses: tuple[Pair, ...]
    number: int
    evidence: Pair
    trigger: Pair
    block: int = 0

    @property
    def clause(self) -> Pair:
        """The clause of the trigger."""
        return self.clauses[self.number]

    @property
    def sentence(self) -> Pair:
        """From the first clause of the sentence to the last."""
        return (self.clauses[0][0], self.clauses[-1][1])


def plain_words(scene: Scene, start: int, end: int) -> str:
    """The words of a stretch without titles and names in quotation marks, which say nothing of when."""
    return _TITLE_OR_NAME.sub("", scene.article.folded[start:end])


def titles_in(scene: Scene, start: int, end: int) -> list[Pair]:
    """Where the titles in 《》 of a stretch stand."""
    return [match.span() for match in _TITLE.finditer(scene.article.folded, start, end)]


def names_in(scene: Scene, start: int, end: int) -> list[Pair]:
    """Where titles, and names of a few words in quotation marks, stand in a stretch."""
    return [match.span() for match in _NAME.finditer(scene.article.folded, start, end)]


def days_alone(folded: str, times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The days that fill a line: one of them stands below the name of the office that signs."""
    days = [time for time in times if time.date.precision == "day" and _LINE_ENDS.match(folded, time.end)]
    return [day for day in days if _opens_line(folded, day.start)]


def _opens_line(folded: str, place: int) -> bool:
    while place and folded[place - 1] in _BLANKS:
        place -= 1
    return not place or folded[place - 1] == "\n"


def times_between(times: Sequence[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    """The time expressions that lie inside ``start..end``."""
    first = bisect_left(times, start, key=_START)
    last = bisect_left(times, end, first, key=_START)
    return [time for time in times[first:last] if time.end <= end]


def whole_sentence_start(scene: Scene, place: Place) -> int:
    """Where the sentence begins, taken together with the parts before it that end in a semicolon."""
    start = place.sentence[0]
    low = max(start - _FAR, 0)  # a mark that the page does not use would be looked for to its beginning
    full_stop = max(scene.article.folded.rfind(mark, low, start) for mark in "。！？\n")
    return full_stop + 1 if start - full_stop < _FAR else start
