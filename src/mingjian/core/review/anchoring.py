"""Where the words of a review stand: on the page that was looked at, or on another version of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar, cast

import msgspec

from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.review import Quoted, TextAnchor
from mingjian.core.model.span import Pair, Span

T = TypeVar("T")
BESIDE = 32
"""So many code points on either side are kept with the words of an anchor."""
_MOST_PLACES = 1_000  # of one quotation on one page
Lost = Literal["words-gone", "words-ambiguous"]
"""Why words are not found again: slugs of ``rules/corpus/reviewing.toml``."""


class MovedError(Exception):
    """Words that a fact cannot do without do not stand in the other version."""


def anchor_of(text: str, pair: Pair) -> TextAnchor:
    """The anchor of the words between two places of a text layer."""
    start, end = pair
    return TextAnchor(start, end, text[start:end], text[max(0, start - BESIDE) : start], text[end : end + BESIDE])


def locate(text: str, anchor: TextAnchor) -> Pair | Lost:
    """Where the words of the anchor stand in this text, or why that is not known.

    Words that stand there once are found wherever that is; of several places the only one with the same words on both
    sides, else the only one with the same words on either side.
    """
    places = [place for place, _ in zip(_places(text, anchor.exact), range(_MOST_PLACES), strict=False)]
    if not places:
        return "words-gone"
    for wanted in (2, 1):
        if len(places) == 1:
            break
        alike = [place for place in places if _sides_alike(text, place, anchor) >= wanted]
        places = alike if len(alike) == 1 else places
    return (places[0], places[0] + len(anchor.exact)) if len(places) == 1 else "words-ambiguous"


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _sides_alike(text: str, at: int, anchor: TextAnchor) -> int:
    end = at + len(anchor.exact)
    before = text[max(0, at - len(anchor.prefix)) : at] == anchor.prefix
    behind = text[end : end + len(anchor.suffix)] == anchor.suffix
    return before + behind


def stands(text: str, quoted: Iterable[Quoted]) -> bool:
    """Whether all words of the text layer stand where they are said to."""
    return all(one.layer != "text" or text[one.start : one.end] == one.text for one in quoted)


def moves(text: str, anchor: TextAnchor, place: Pair, quoted: Iterable[Quoted]) -> Mapping[Pair, Pair]:
    """For each quotation of the text layer where it stands in this text; those that do not stand there are left out.

    Words stand as far from the anchor as they did, else wherever they stand alone.
    """
    shift = place[0] - anchor.start
    found: dict[Pair, Pair] = {}
    for one in quoted:
        if one.layer != "text":
            continue
        start, end = one.start + shift, one.end + shift
        if start < 0 or text[start:end] != one.text:
            start = text.find(one.text)
            if start < 0 or text.find(one.text, start + 1) >= 0:
                continue
            end = start + len(one.text)
        found[one.start, one.end] = (start, end)
    return found


def moved(fact: Fact, where: Mapping[Pair, Pair]) -> Fact:
    """The fact with every place where it stands now; raises ``MovedError`` where words that it needs do not.

    Mentions, repetitions and support that do not stand there any more are left out, and so is what stood outside of
    the text layer.
    """
    changes: dict[str, object] = {}
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if name == "support":
            kept = (span for span in fact.support if span.layer == "text" and span.pair in where)
            changes[name] = tuple(_moved(span, where) for span in kept)
        elif name not in ("parts", "mentions"):
            changes[name] = _moved(value, where)
    changes["parts"] = {name: tuple(_needed(pair, where) for pair in pairs) for name, pairs in fact.parts.items()}
    if isinstance(fact, Mentioned):
        changes["mentions"] = tuple(where[pair] for pair in fact.mentions if pair in where)
    return msgspec.structs.replace(fact, **changes)


def _needed(pair: Pair, where: Mapping[Pair, Pair]) -> Pair:
    if pair not in where:
        raise MovedError
    return where[pair]


def _moved(value: T, where: Mapping[Pair, Pair]) -> T:
    if isinstance(value, Span):
        if value.layer != "text":
            raise MovedError
        start, end = _needed(value.pair, where)
        also = tuple(where[pair] for pair in value.also if pair in where)
        return cast("T", Span(start, end, value.text, also))
    if isinstance(value, tuple):
        return cast("T", tuple(_moved(item, where) for item in value))
    if isinstance(value, msgspec.Struct):
        changed: dict[str, object] = {name: _moved(getattr(value, name), where) for name in value.__struct_fields__}
        return cast("T", msgspec.structs.replace(value, **changed))
    return value
