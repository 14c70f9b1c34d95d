"""Where one rule has words on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Cue, Frame, Rule, Rulebook
from mingjian.core.rulebook.compiled import pattern_of
from mingjian.core.text.matching import Scanner
from mingjian.core.text.normal import Normal, normalise, on_one_line
from mingjian.core.text.rule_examples import places_of_frame

Asked: TypeAlias = Literal["body", "few-words", "grammar", "page"]
_AROUND = 18
_LINE = re.compile(r"[^\n]+")


class Found(msgspec.Struct, frozen=True):
    """Words that a rule finds: where, what stands before and after them, and the words of the pattern's groups."""

    start: int
    end: int
    text: str
    before: str
    after: str
    groups: dict[str, str] = {}

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


def where_asked(rule: Rule | Cue | Frame, book: Rulebook) -> Asked:
    """Where the pipeline asks the rule.

    ``body``: in every block of the body; ``few-words``: a cue, in the words that an annotator chooses; ``grammar``: a
    frame, wherever words of its classes stand; ``page``: in lines of the page, when it is cleaned and dated.
    """
    if isinstance(rule, Frame):
        return "grammar"
    if isinstance(rule, Cue):
        return "few-words"
    return "body" if rule.group in book.tables["scanning"]["body_groups"] else "page"


def places_of(rule: Rule | Cue | Frame, record: Record, page: Page, book: Rulebook) -> tuple[Found, ...]:
    """All words that the rule finds on the page, in page order.

    A rule that is asked of the whole page is tried in every line of it, any other in the blocks of the body. A cue is
    tried in all of these too: an annotator asks it in some words of them alone.
    """
    normal = normalise(page)
    found = (one for stretch in _stretches(rule, record, normal, book) for one in _found(rule, stretch, normal, book))
    return tuple(sorted((_shown(normal, page, *one) for one in found), key=lambda one: one.pair))


def _stretches(rule: Rule | Cue | Frame, record: Record, normal: Normal, book: Rulebook) -> Iterator[Pair]:
    of_body = {*book.tables["scanning"]["body_groups"], *book.tables["scanning"]["asked_groups"]}
    if isinstance(rule, Frame) or rule.group in of_body:
        yield from ((normal.from_page(block.start), normal.from_page(block.end)) for block in record.body)
    else:
        yield from (line.span() for line in _LINE.finditer(normal.folded))


def _found(
    rule: Rule | Cue | Frame, stretch: Pair, normal: Normal, book: Rulebook
) -> Iterator[tuple[Pair, dict[str, str]]]:
    low, high = stretch
    if isinstance(rule, Frame):
        for start, end in places_of_frame(rule, book, normal.folded[low:high]):
            yield (low + start, low + end), {}
    elif isinstance(rule, Cue):
        for place in pattern_of(rule.pattern).finditer(normal.folded[low:high]):
            if place.end() > place.start():
                yield (low + place.start(), low + place.end()), _groups(place.groupdict())
    else:
        for match in Scanner([rule]).scan(normal.folded, low, high):
            yield (match.start, match.end), _groups({name: match.group(name) for name in match.groups})


def _groups(groups: dict[str, str | None]) -> dict[str, str]:
    return {name: words for name, words in groups.items() if words}


def _shown(normal: Normal, page: Page, pair: Pair, groups: dict[str, str]) -> Found:
    start, end = normal.to_page(pair)
    before = on_one_line(page.text[max(0, start - _AROUND) : start]).rpartition("\n")[2]
    after = on_one_line(page.text[end : end + _AROUND]).partition("\n")[0]
    return Found(start, end, page.text[start:end], before, after, groups)
