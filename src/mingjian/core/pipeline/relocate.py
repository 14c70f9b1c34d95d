"""From the offsets of a page's normal form back to the page itself."""

from __future__ import annotations

from typing import TypeVar, cast

import msgspec

from mingjian.core.model.article import BodyBlock, DroppedBlock
from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Span
from mingjian.core.text.readings import OffsetMap

T = TypeVar("T")


def shorten(page: Page, text: str, offsets: OffsetMap) -> Page:
    """The page as annotators see it: the shortened text, and the stretches of the markup where they lie in it."""
    moved = (
        msgspec.structs.replace(stretch, start=offsets.from_page(stretch.start), end=offsets.from_page(stretch.end))
        for stretch in page.stretches
    )
    return msgspec.structs.replace(page, text=text, stretches=tuple(moved))


def relocate(record: Record, offsets: OffsetMap, page: Page) -> Record:
    """The same record with every span, block and pair where it stands in the page, and the words that stand there."""
    return _moved(record, offsets, page.text)


def _moved(value: T, offsets: OffsetMap, text: str) -> T:
    if isinstance(value, Span):
        return cast("T", _moved_span(value, offsets, text))
    if isinstance(value, BodyBlock | DroppedBlock):
        start, end = _moved_pair((value.start, value.end), offsets)
        return msgspec.structs.replace(value, start=start, end=end)
    if isinstance(value, tuple):
        return cast("T", tuple(_moved(item, offsets, text) for item in value))
    if not isinstance(value, msgspec.Struct):
        return value
    changes: dict[str, object] = {name: _moved(getattr(value, name), offsets, text) for name in value.__struct_fields__}
    if isinstance(value, Fact):
        changes["parts"] = {name: _moved_pairs(pairs, offsets) for name, pairs in value.parts.items()}
    if isinstance(value, Mentioned):
        changes["mentions"] = _moved_pairs(value.mentions, offsets)
    return msgspec.structs.replace(value, **changes)


def _moved_span(span: Span, offsets: OffsetMap, text: str) -> Span:
    if span.layer != "text":
        return span
    start, end = _moved_pair(span.pair, offsets)
    words = text[start:end]
    also = tuple(pair for pair in _moved_pairs(span.also, offsets) if text[pair[0] : pair[1]] == words)
    return Span(start, end, words, also)


def _moved_pairs(pairs: tuple[Pair, ...], offsets: OffsetMap) -> tuple[Pair, ...]:
    return tuple(_moved_pair(pair, offsets) for pair in pairs)


def _moved_pair(pair: Pair, offsets: OffsetMap) -> Pair:
    return offsets.to_page(pair[0]), offsets.to_page(pair[1])
