"""How two records differ: which facts one has and the other has not, and which say something else.

Two records of one page are compared place by place; the records of two versions of a page, whose words have moved, by
what they say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import msgspec

from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.record import DigestSentence, Record
from mingjian.core.model.span import Pair, Span

_APART = frozenset({"schema", "id", "page"})  # which rules made the record of which page, not what it says
_PLACES = frozenset({"id", "evidence", "mentions", "parts", "support", "sub_event_of"})
_OF_PLACES = ("places", "mentions", "evidence")  # columns that tell where, not what
_LAYOUT = frozenset({"body", "boilerplate", "damage", "relevance"})  # places and scores alone
_MOST_PAIRS = 10_000  # of values of two lists: beyond, none is held for what another became
_ALIKE = 0.6  # of the characters of two clauses, from which on they are one clause that was edited


class Difference(msgspec.Struct, frozen=True):
    """One difference: in which field, whose words, and what each record says.

    ``kind`` is ``appears``, ``disappears`` or ``alters``. ``was`` and ``now`` hold what changed by column, or under
    the empty name the value itself.
    """

    field: str
    kind: str
    words: str
    was: dict[str, str] = {}
    now: dict[str, str] = {}


class _View(NamedTuple):
    """How values of two records are held together: what a value says, and whether two speak of one thing."""

    content: Callable[[object], Hashable]
    same_thing: Callable[[object, object], bool]


def differences(old: Record, new: Record) -> tuple[Difference, ...]:
    """Every difference between two records of one page, field by field; none for the same facts."""
    return tuple(_differences(old, new, _View(_content, _same_place), _APART))


def version_differences(old: Record, new: Record) -> tuple[Difference, ...]:
    """Every difference in what the records of two versions of a page say, wherever they say it."""
    return tuple(_differences(old, new, _View(_saying, _same_clause), _APART | _LAYOUT))


def _differences(old: Record, new: Record, view: _View, apart: frozenset[str]) -> Iterator[Difference]:
    for name in Record.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if name in apart or before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            yield from _of_lists(name, before, after, view)
        else:
            was, now = worded(before), worded(after)
            if was != now:
                yield Difference(name, "alters", now, {"": was}, {"": now})


def _of_lists(name: str, before: Sequence[Any], after: Sequence[Any], view: _View) -> Iterator[Difference]:
    """The differences between two lists; values that speak of one thing are one value that alters."""
    gone = _without(before, after, view)
    fresh = _without(after, before, view)
    few = len(gone) * len(fresh) <= _MOST_PAIRS
    for value in gone:
        partner = next((other for other in fresh if view.same_thing(value, other)), None) if few else None
        if partner is None:
            yield Difference(name, "disappears", worded(value))
            continue
        fresh.remove(partner)
        was, now = _columns(value), _columns(partner)
        changed = [column for column in was if was[column] != now[column] and column != "places"] or ["places"]
        said = ({column: columns[column] for column in changed} for columns in (was, now))
        yield Difference(name, "alters", worded(partner), *said)
    for value in fresh:
        yield Difference(name, "appears", worded(value))


def _without(values: Sequence[Any], others: Sequence[Any], view: _View) -> list[Any]:
    """The values that are not among the others, which may hold one twice."""
    left = Counter(view.content(other) for other in others)
    kept = []
    for value in values:
        content = view.content(value)
        if left[content]:
            left[content] -= 1
        else:
            kept.append(value)
    return kept


def _content(value: object) -> Hashable:
    """What a value says and where, without the id that depends on the rules."""
    if isinstance(value, Fact):
        return value.evidence.pair, *_columns(value).items()
    return msgspec.json.encode(value)


def _same_place(one: object, other: object) -> bool:
    """Whether two values speak of the same words of the page."""
    return bool(_places(one) & _places(other)) if isinstance(one, Fact) else False


def _saying(value: object) -> Hashable:
    """What a value says, without where."""
    return tuple((name, said) for name, said in _columns(value).items() if name not in _OF_PLACES)


def _same_clause(one: object, other: object) -> bool:
    """Whether two facts stand in one clause that was edited, or name one thing."""
    if not (isinstance(one, Fact) and isinstance(other, Fact)):
        return False
    if isinstance(one, Mentioned):
        return worded(one) == worded(other)
    matcher = SequenceMatcher(None, one.evidence.text, other.evidence.text, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _places(value: object) -> set[Pair]:
    if isinstance(value, Mentioned) and value.mentions:
        return set(value.mentions)
    return {value.evidence.pair} if isinstance(value, Fact) else set()


def _columns(value: object) -> dict[str, str]:
    """What a fact says, column by column, how many places name it, and which."""
    if not isinstance(value, Fact):
        return {"": worded(value)}
    said = {name: worded(getattr(value, name)) for name in value.__struct_fields__ if name not in _PLACES}
    said |= {"evidence": value.evidence.text, "places": str(value.evidence.start)}
    if isinstance(value, Mentioned):
        said["mentions"] = str(len(value.mentions))
        said["places"] = " ".join(str(start) for start, _ in value.mentions)
    return said


def worded(value: object) -> str:
    """One value in a few words: a fact by its name, a span by the words of the page."""
    match value:
        case None | ():
            return "—"
        case str():
            return value
        case tuple():
            return "、".join(worded(item) for item in value)
        case msgspec.Struct():
            return _worded_struct(value)
        case _:
            return str(value)


def _worded_struct(value: msgspec.Struct) -> str:
    match value:
        case Fact():
            name = getattr(value, "name", None) or getattr(value, "title", None)
            return name if isinstance(name, str) else value.evidence.text
        case Cited(inner, _):
            return worded(inner)
        case Missing(reason):
            return f"— ({reason})"
        case Span() | DigestSentence():
            return value.text
        case _:
            said = (getattr(value, name) for name in value.__struct_fields__)
            return " ".join(worded(part) for part in said if part not in (None, ()))
