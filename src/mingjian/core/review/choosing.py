"""Parts that hold a code: which there are, so that people choose one and none is misspelt."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from mingjian.core.model.facts import Fact
from mingjian.core.review.facts import fact_types
from mingjian.core.review.settings import Codes, review_settings
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import ReviewError

_KEY = "no-choice"


@lru_cache(maxsize=256)
def choices_of(fact: type[Fact], part: str, kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type form, as ``part_type``
    """The codes that a part of this type can hold, in the order in which people are shown them; none where it is free.

    They are those of the type itself, else those that ``rules/corpus/reviewing.toml`` lists.
    """
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    name = next((name for name, each in fact_types().items() if each is fact), "")
    codes = review_settings().choices.get(name, {}).get(part)
    return () if codes is None else _listed(codes)


def _listed(codes: Codes) -> tuple[str, ...]:
    book = bundled_rulebook()
    ids = (entry.id for entry in book.lexicon(codes.ids).entries) if codes.ids else ()
    names = (entry.name for entry in book.lexicon(codes.names).entries) if codes.names else ()
    return tuple(dict.fromkeys((*codes.codes, *ids, *names)))


def must_be_choice(fact: type[Fact], part: str, kind: Any, given: object) -> None:  # noqa: ANN401 - a type form
    """Silence for what the part can hold; raises ``ReviewError`` with all that it can for another code."""
    codes = choices_of(fact, part, kind)
    if codes and given not in codes:
        raise ReviewError(part, f"cannot be {given!r}", f"give one of {', '.join(codes)}", _KEY)


def not_from_words(fact: type[Fact], part: str, kind: Any) -> None:  # noqa: ANN401 - a type form
    """Silence for a part that words tell; raises ``ReviewError`` for one that is chosen."""
    codes = choices_of(fact, part, kind)
    if codes:
        raise ReviewError(part, "is not read from words", f"give one of {', '.join(codes)}", _KEY)
