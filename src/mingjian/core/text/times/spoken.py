"""What a whole expression of time says: how it is used, and the moments or the length in it."""

from __future__ import annotations

from typing import Literal

import msgspec

from mingjian.core.text.times.moments import Length, Moment
from mingjian.core.text.tokens import Token

Shape = Literal["point", "range", "span", "within", "offset", "length", "set", "vague", "plan"]


class Stretch(msgspec.Struct, frozen=True):
    """From one moment to another; either is None for now."""

    first: Moment | None
    last: Moment | None


class Vague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word for the past, the present or the future; ``back`` is how many days it may reach back.

    ``as_of``: the words say that something holds as of then (截至发稿).
    ``far`` and ``near`` bound how many of the unit it is back, where the words say of what there are some (前几年).
    """

    ref: str
    back: int | None = None
    as_of: bool = False
    unit: str = ""
    far: int = 0
    near: int = 0


class SpokenTime(msgspec.Struct, frozen=True):
    """A whole expression: what it says, with the words that lead to it (``lead``: 到) and follow it (``tail``: 前).

    ``way`` is the word that says in which direction a length counts (近, 未来), ``part`` the part of a plan that is
    meant (初, 底, 以来, ``first``, ``last``); ``about``: the words say that it is not exact.
    """

    shape: Shape
    first: Moment | None = None
    last: Moment | None = None
    length: Length | None = None
    vague: Vague | None = None
    plan: int = 0
    lead: Token | None = None
    tail: Token | None = None
    way: Token | None = None
    part: str = ""
    about: bool = False
