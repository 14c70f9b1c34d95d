"""What changed in a page, as it is shown: paragraphs with what went and came, facts with what they said and say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

import msgspec

from mingjian.brief.wording import column_label, field_label, minute_of
from mingjian.core.pipeline.differences import Difference
from mingjian.core.pipeline.versions import Edit, VersionDifference
from mingjian.core.text.normal import on_one_line
from mingjian.corpus.changes import ToldChange
from mingjian.serve.web.links import page_href
from mingjian.serve.web.parts import Tone

_BESIDE = 40
_MOST_EDITS, _MOST_FACTS = 60, 120
_TELLING = ("value", "value_max", "unit", "deadline", "as_of", "date", "status", "amount", "")
_UNTOLD = frozenset({"normalized", "places", "parts"})
_OF_VALUES = frozenset({"targets", "statistics", "funds", "compute", "policies", "events"})
_TONES: dict[str, Tone] = {"appears": "good", "disappears": "bad", "alters": "warn"}


class ShownEdit(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph: what it shares with its other version at either end, and what went and came between."""

    before: str
    was: str
    now: str
    behind: str


class ShownDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A difference of what is said: in which field, of which kind, and column by column what was said and is."""

    kind: str
    tone: Tone
    field: str
    words: str
    columns: tuple[tuple[str, str, str], ...]


class ShownChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a page in a run; there is nothing of one that was erased."""

    kind: str
    page: str
    href: str
    title: str
    address: str
    run: int
    at: str
    edits: tuple[ShownEdit, ...]
    facts: tuple[ShownDifference, ...]
    more: int
    erased: bool


class ChangedValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a page gave and now gives otherwise."""

    field: str
    words: str
    was: str
    now: str
    title: str
    href: str
    at: str


def shown_change(change: ToldChange, title: str, at: str) -> ShownChange:
    """The change as it is shown; ``at`` is when its run began."""
    found = change.differences
    edits = found.edits if isinstance(found, VersionDifference) else ()
    facts = found.facts if isinstance(found, VersionDifference) else found or ()
    return ShownChange(
        kind=change.kind,
        page=change.page or "",
        href=page_href(change.page) if change.page else "",
        title=title,
        address=change.address or "",
        run=change.run,
        at=minute_of(at),
        edits=tuple(map(_edit, edits[:_MOST_EDITS])),
        facts=tuple(map(_difference, facts[:_MOST_FACTS])),
        more=max(0, len(edits) - _MOST_EDITS) + max(0, len(facts) - _MOST_FACTS),
        erased=found is None,
    )


def changed_values(change: ShownChange, found: Iterable[Difference]) -> Iterator[ChangedValue]:
    """The values of facts that are others now, as the page prints them."""
    for difference in found:
        if difference.kind != "alters" or difference.field not in _OF_VALUES:
            continue
        column = next((name for name in _TELLING if name in difference.was), None)
        if column is None:
            continue
        was, now = _printed(difference, column)
        yield ChangedValue(
            field=field_label(difference.field),
            words=on_one_line(difference.words),
            was=was,
            now=now,
            title=change.title,
            href=f"/changes?page={change.page}",
            at=change.at,
        )


def _printed(difference: Difference, column: str) -> tuple[str, str]:
    """What was said and is, in the words of the page where these tell the value."""
    name = "value_span" if column == "value" and "value_span" in difference.was else column
    return on_one_line(difference.was[name]), on_one_line(difference.now.get(name, ""))


def _edit(edit: Edit) -> ShownEdit:
    was, now = edit.was, edit.now
    same = _out_of_word(was, _alike(was, now))
    behind = min(_out_of_word(was[::-1], _alike(was[::-1], now[::-1])), len(was) - same, len(now) - same)
    last = len(was) - behind
    before, tail = was[:same], was[last:]
    return ShownEdit(
        before=before if len(before) <= _BESIDE else f"…{before[-_BESIDE:]}",
        was=was[same:last],
        now=now[same : len(now) - behind],
        behind=tail if len(tail) <= _BESIDE else f"{tail[:_BESIDE]}…",
    )


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _out_of_word(words: str, place: int) -> int:
    """The place, or the begin of the number or the Latin word within which it lies: 3000 became 3500, not 0 a 5.

    >>> _out_of_word("达到3000亿元", 3), _out_of_word("达到3000亿元", 2)
    (2, 2)
    """
    while 0 < place < len(words) and _in_word(words[place - 1]) and _in_word(words[place]):
        place -= 1
    return place


def _in_word(sign: str) -> bool:
    return sign == "." or (sign.isascii() and sign.isalnum())


def _difference(found: Difference) -> ShownDifference:
    columns = (
        (
            column_label(name.removesuffix("_span"), found.field) if name else "",
            on_one_line(was),
            on_one_line(found.now.get(name, "")),
        )
        for name, was in found.was.items()
        if name not in _UNTOLD and not (name == "value" and "value_span" in found.was)
    )
    return ShownDifference(
        kind=found.kind,
        tone=_TONES.get(found.kind, "plain"),
        field=field_label(found.field),
        words=on_one_line(found.words),
        columns=tuple(columns),
    )
