"""Whether a hit answers a need, or is only faintly alike: by how many kinds of things they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.match.reasons import Wish
from mingjian.core.model.matching import Reason, ReasonKind

_NEAR = ("same", "division", "worded", "title", "umbrella")
_HOLDS = ("same", "within", "above", "country")


def is_weak(wish: Wish, reasons: Iterable[Reason]) -> bool:
    """Whether it shares less than what makes an answer: a technology that half of all news name is nothing here."""
    strength = wish.settings.strength
    shared = dict(_shared(wish, reasons))
    if shared.get("text", 0.0) >= strength.words:
        return False
    named = set(_named(wish))
    if named == {"text"}:
        return shared.get("text", 0.0) < strength.alone
    return len(shared) < min(strength.kinds, len(named))


def _named(wish: Wish) -> Iterator[ReasonKind]:
    """The kinds of things that the need names and that tell what it is about."""
    if any(is_telling(wish, one.value) for one in wish.technologies):
        yield "technology"
    if wish.industries:
        yield "industry"
    if wish.scenarios:
        yield "scenario"
    if any(wish.settings.asks[one.value].enough != "never" for one in wish.asked):
        yield "asked"
    strength, points = wish.settings.strength, wish.settings.points
    if points.words * wish.all_words / (wish.all_words + points.half) >= strength.kind:
        yield "text"


def _shared(wish: Wish, reasons: Iterable[Reason]) -> Iterator[tuple[ReasonKind, float]]:
    """The kinds of things that are shared, each with its points.

    Of what is asked for, that it holds in the place counts, and that it is for a technology however common.
    """
    reasons = [one for one in reasons if one.points > 0]
    is_asked = any(_is_asked(wish, one) for one in reasons)
    for one in reasons:
        tells = {
            "technology": one.relation in _NEAR and (is_asked or is_telling(wish, one.value)),
            "asked": _is_asked(wish, one),
            "text": one.points >= wish.settings.strength.kind,
            "region": is_asked and one.relation in _HOLDS,
        }
        if tells.get(one.kind, one.relation in _NEAR):
            yield one.kind, one.points


def _is_asked(wish: Wish, one: Reason) -> bool:
    """Whether it is what the need asks for, and not only from somebody who sells."""
    return one.kind == "asked" and wish.settings.asks[one.value].enough != "never"


def is_telling(wish: Wish, technology: str) -> bool:
    """Whether a technology says something: half of all news name the others."""
    return technology not in wish.settings.broad and technology not in wish.umbrellas
