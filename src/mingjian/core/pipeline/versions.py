"""How the words of an article changed from one version of its page to the next."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import msgspec

from mingjian.core.model.record import Record
from mingjian.core.pipeline.differences import Difference, version_differences

_MANY = 1_000  # paragraphs, from which on those that come again and again tell no place
_MOST_PAIRS, _MOST_CHARACTERS = 10_000, 25_000_000  # of one place in either version: beyond, it was replaced
_EDITED = 0.5  # of the characters of two paragraphs, from which on they are one paragraph that was edited


class Edit(msgspec.Struct, frozen=True):
    """One place where the words differ: what stood there, and what stands there now; empty for nothing."""

    was: str
    now: str


class VersionDifference(msgspec.Struct, frozen=True, kw_only=True):
    """What the second version of a page has otherwise than the first: paragraphs of the article, and what it says."""

    edits: tuple[Edit, ...] = ()
    facts: tuple[Difference, ...] = ()


def compare_versions(old: tuple[Record, str], new: tuple[Record, str]) -> VersionDifference:
    """The difference between two versions of a page, each a record and the text layer that it stands on."""
    return VersionDifference(
        edits=edits_between(_paragraphs(*old), _paragraphs(*new)), facts=version_differences(old[0], new[0])
    )


def edits_between(old: list[str], new: list[str]) -> tuple[Edit, ...]:
    """The paragraphs that went, came, or were edited, in order.

    >>> edits_between(["第一段。", "产值3000亿元。"], ["产值3500亿元。", "尾段。"])
    (Edit(was='第一段。', now=''), Edit(was='产值3000亿元。', now='产值3500亿元。'), Edit(was='', now='尾段。'))
    """
    edits: list[Edit] = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=len(new) > _MANY).get_opcodes():
        if tag != "equal":
            edits += _aligned(old[start:end], new[first:last])
    return tuple(edits)


def _aligned(gone: list[str], fresh: list[str]) -> Iterator[Edit]:
    """Paragraphs of one place, each that was edited beside what it became; the likest find each other first.

    Where very much differs, nothing is held against anything: that costs the square of it.
    """
    if len(gone) * len(fresh) > _MOST_PAIRS or _characters(gone) * _characters(fresh) > _MOST_CHARACTERS:
        yield from (Edit(words, "") for words in gone)
        yield from (Edit("", other) for other in fresh)
        return
    likeness = sorted(
        (
            (_likeness(words, other), row, column)
            for row, words in enumerate(gone)
            for column, other in enumerate(fresh)
        ),
        key=lambda one: (-one[0], one[1:]),
    )
    pairs: dict[int, int] = {}
    for ratio, row, column in likeness:
        if ratio >= _EDITED and all(_in_order((row, column), pair) for pair in pairs.items()):
            pairs[row] = column
    after = 0
    for row, words in enumerate(gone):
        if row not in pairs:
            yield Edit(words, "")
            continue
        yield from (Edit("", other) for other in fresh[after : pairs[row]])
        yield Edit(words, fresh[pairs[row]])
        after = pairs[row] + 1
    yield from (Edit("", other) for other in fresh[after:])


def _characters(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _in_order(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] < other[0] and one[1] < other[1]) or (one[0] > other[0] and one[1] > other[1])


def _likeness(words: str, other: str) -> float:
    """How many of the characters of two paragraphs are the same, 0 where it is plain that few are."""
    matcher = SequenceMatcher(None, words, other, autojunk=False)
    if matcher.real_quick_ratio() < _EDITED or matcher.quick_ratio() < _EDITED:
        return 0
    return matcher.ratio()


def _paragraphs(record: Record, text: str) -> list[str]:
    """The blocks of the article, as printed."""
    return [text[block.start : block.end] for block in record.body]
