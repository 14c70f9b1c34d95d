"""The chain of reprints of a page: who had it first, who copied it from whom, and how long after."""

from __future__ import annotations

import msgspec

from mingjian.brief.wording import NOTHING, title_or_place, worded
from mingjian.core.model.outcome import value_of
from mingjian.core.model.reprints import Delay
from mingjian.corpus.pages import ListedPage
from mingjian.corpus.reprints import ChainedCopy, ReprintGroup
from mingjian.serve.web.links import page_href
from mingjian.serve.web.words import word

_HOUR, _DAY = 60, 24 * 60
_DEEPEST = 6


class ChainLine(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the chain: ``depth`` counts the copies between it and the first source.

    ``after`` says how long after the page it was copied from, ``share`` how much of it stands there, ``changes`` what
    was done to the text; ``here`` is the page that is shown.
    """

    title: str
    href: str
    source: str
    published: str
    how: str
    after: str
    share: str
    changes: tuple[str, ...]
    depth: int
    here: bool


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The lines, the first source first; ``count`` pages there are, of which not all may be shown."""

    lines: tuple[ChainLine, ...]
    count: int


def chain_of(group: ReprintGroup, here: str, most: int = 200) -> Chain:
    """The chain of a group as it is shown on the page of this id."""
    depths: dict[str, int] = {}
    for copy in group.copies:
        depths[copy.page.id] = 0 if copy.parent is None else depths.get(copy.parent, 0) + 1
    lines = tuple(_line(copy, min(depths[copy.page.id], _DEEPEST), here) for copy in group.copies[:most])
    return Chain(lines=lines, count=len(group.copies))


def _line(copy: ChainedCopy, depth: int, here: str) -> ChainLine:
    relation = copy.placed.relation
    changes = copy.description.changes if copy.description else ()
    return ChainLine(
        title=title_of(copy.page),
        href=page_href(copy.page.id),
        source=source_of(copy.page),
        published=published_of(copy.page),
        how=str(word(f"copy.{copy.placed.copy.kind}")),
        after="" if copy.parent is None else delay_in_words(copy.placed.copy.delay),
        share="" if relation is None else f"{relation.share_of(copy.page.id):.0%}",
        changes=tuple(str(word(f"copy.{change}")) for change in changes),
        depth=depth,
        here=copy.page.id == here,
    )


def title_of(page: ListedPage) -> str:
    """The title of a page; of one without, its name."""
    return title_or_place(value_of(page.title), page.doc_id)


def source_of(page: ListedPage) -> str:
    """Who wrote the page by its own words, else who prints it; empty where neither is told."""
    return value_of(page.source) or value_of(page.publisher) or ""


def published_of(page: ListedPage) -> str:
    """When it was published, as exact as it says; empty where it does not."""
    shown = worded(page.published)
    return "" if value_of(page.published) is None or shown == NOTHING else shown


def delay_in_words(delay: Delay) -> str:
    """How long after: in minutes, hours or days, as a range where it is not known exactly."""
    if delay.least is None or delay.most is None:
        return str(word("copy.unknown_delay"))
    least, most = _time(delay.least), _time(delay.most)
    if least == most:
        return str(word("copy.after", time=least))
    return str(word("copy.between", least=least, most=most))


def _time(minutes: int) -> str:
    size = abs(minutes)
    if size < _HOUR:
        return str(word("copy.minutes", count=minutes))
    if size < 2 * _DAY:
        return str(word("copy.hours", count=round(minutes / _HOUR)))
    return str(word("copy.days", count=round(minutes / _DAY)))
