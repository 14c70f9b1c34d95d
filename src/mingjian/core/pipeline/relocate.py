"""From the offsets of a page's normal form back to the page itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import msgspec

from mingjian.core.model.article import BodyBlock, DroppedBlock
from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.page import Box, Container, Page, Stretch
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Span
from mingjian.core.text.normal import Normal

T = TypeVar("T")
P = TypeVar("P", Stretch, Container, Box)


def shorten(page: Page, normal: Normal) -> Page:
    """The page as annotators see it: the normal text, and what the reader said of places where they lie in it."""
    at = normal.from_page
    return msgspec.structs.replace(
        page,
        text=normal.text,
        stretches=_within(page.stretches, at),
        containers=_within(page.containers, at),
        boxes=_within(page.boxes, at),
    )


def _within(places: tuple[P, ...], at: Callable[[int], int]) -> tuple[P, ...]:
    return tuple(msgspec.structs.replace(place, start=at(place.start), end=at(place.end)) for place in places)


def relocate(record: Record, normal: Normal, page: Page) -> Record:
    """The same record with every span, block and pair where it stands in the page, and the words that stand there."""
    return _moved(record, normal, page.text)


def _moved(value: T, normal: Normal, text: str) -> T:
    if isinstance(value, Span):
        return cast("T", _moved_span(value, normal, text))
    if isinstance(value, BodyBlock | DroppedBlock):
        start, end = normal.to_page((value.start, value.end))
        return msgspec.structs.replace(value, start=start, end=end)
    if isinstance(value, tuple):
        return cast("T", tuple(_moved(item, normal, text) for item in value))
    if not isinstance(value, msgspec.Struct):
        return value
    changes: dict[str, object] = {name: _moved(getattr(value, name), normal, text) for name in value.__struct_fields__}
    if isinstance(value, Fact):
        changes["parts"] = {name: _moved_pairs(pairs, normal) for name, pairs in value.parts.items()}
    if isinstance(value, Mentioned):
        changes["mentions"] = _moved_pairs(value.mentions, normal)
    return msgspec.structs.replace(value, **changes)


def _moved_span(span: Span, normal: Normal, text: str) -> Span:
    if span.layer != "text":
        return span
    start, end = normal.to_page(span.pair)
    words = text[start:end]
    also = tuple(pair for pair in _moved_pairs(span.also, normal) if text[pair[0] : pair[1]] == words)
    return Span(start, end, words, also)


def _moved_pairs(pairs: tuple[Pair, ...], normal: Normal) -> tuple[Pair, ...]:
    return tuple(normal.to_page(pair) for pair in pairs)
