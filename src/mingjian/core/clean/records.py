"""Pages that are a record themselves: labelled fields, one of which holds the article."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.thresholds import RecordLabels
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import trim

_FIRST = 12  # lines among which the first label must stand


class PageRecord(msgspec.Struct, frozen=True):
    """Where the fields stand: offsets of title and address, line indexes of the body, and the end of its label."""

    title: Pair | None
    url: Pair | None
    body: Pair
    body_label_end: int


def read_record(layout: Layout) -> PageRecord | None:
    """The fields of a page that is a record, or ``None`` for any other page."""
    labels = layout.limits.record
    pattern = _pattern(labels)
    fields: list[tuple[str, int, int]] = []
    if not any(pattern.match(layout.folded, line.start, line.end) for line in layout.lines[:_FIRST]):
        return None
    for index, line in enumerate(layout.lines):
        found = pattern.match(layout.folded, line.start, line.end)
        if found:
            fields.append((found.group(1), index, found.end()))
    if len({name for name, _, _ in fields}) < labels.least_fields:
        return None
    return _arrange(layout, fields, labels)


def _arrange(layout: Layout, fields: list[tuple[str, int, int]], labels: RecordLabels) -> PageRecord | None:
    title = url = body = None
    label_end = 0
    ends = [index for _, index, _ in fields[1:]] + [len(layout.lines)]
    for (name, index, after), next_index in zip(fields, ends, strict=True):
        words = trim(layout.text, after, layout.lines[index].end)
        if name in labels.title and title is None:
            title = words
        elif name in labels.url and url is None:
            url = words
        elif name in labels.body and body is None:
            body, label_end = (index, next_index), after
    if body is None or (title is None and url is None):
        return None
    return PageRecord(title, url, body, label_end)


@lru_cache(maxsize=4)
def _pattern(labels: RecordLabels) -> re.Pattern[str]:
    names = sorted({*labels.title, *labels.url, *labels.body, *labels.other}, key=lambda name: (-len(name), name))
    return re.compile(r"(?:\*\*|【|\[)?(" + "|".join(map(re.escape, names)) + r")(?:\*\*|】|\])?[ ]?[:：]\s*")
