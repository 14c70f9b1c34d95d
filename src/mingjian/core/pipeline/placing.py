"""Where on paper the words of a record stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar, cast

import msgspec

from mingjian.core.model.page import Box, Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Place, Span

T = TypeVar("T")
_END = attrgetter("end")


def with_places(record: Record, page: Page) -> Record:
    """The same record, in which every span of the text layer says on which printed page it stands and where."""
    return _placed(record, page.boxes) if page.boxes else record


def place_of(start: int, end: int, boxes: Sequence[Box]) -> Place | None:
    """The first page that the words stand on, and the frame around those of their lines that are on it.

    The confidence is the least of all their lines; nothing comes back for words that no box holds.
    """
    index = bisect_right(boxes, start, key=_END)
    lines: list[Box] = []
    while index < len(boxes) and boxes[index].start < end:
        lines.append(boxes[index])
        index += 1
    if not lines:
        return None
    here = [line for line in lines if line.page == lines[0].page]
    sure = [line.confidence for line in lines if line.confidence is not None]
    return Place(
        lines[0].page,
        (
            min(line.left for line in here),
            min(line.top for line in here),
            max(line.right for line in here),
            max(line.bottom for line in here),
        ),
        min(sure) if sure else None,
    )


def _placed(value: T, boxes: Sequence[Box]) -> T:
    if isinstance(value, Span):
        if value.layer != "text":
            return value
        return cast("T", msgspec.structs.replace(value, place=place_of(value.start, value.end, boxes)))
    if isinstance(value, tuple):
        return cast("T", tuple(_placed(item, boxes) for item in value))
    if not isinstance(value, msgspec.Struct):
        return value
    changes = {name: _placed(getattr(value, name), boxes) for name in value.__struct_fields__}
    return msgspec.structs.replace(value, **changes)
