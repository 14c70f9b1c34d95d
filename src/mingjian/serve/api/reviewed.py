"""Reviews as programs send and get them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from mingjian.core.model.review import NOTHING, PartChange, Review, TextAnchor, Verb

_LONGEST = 2_000
_MOST = 50
_DECODE = msgspec.json.Decoder(float_hook=Decimal).decode
Told = dict[str, Any]
"""A fact in the wire format: what its fields are depends on its kind (/api/records/schema)."""


class ChangeSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done to one part of a fact, by the name of its field.

    ``spans`` are the words that say it, start and end of each, in code points of the page's text: the value is read
    from them. ``value`` (wire format) gives it where words alone do not; without either the part is taken away.
    """

    part: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    spans: Annotated[tuple[tuple[int, int], ...], msgspec.Meta(max_length=_MOST)] = ()
    value: Any = None

    @property
    def change(self) -> PartChange:
        """The same as the desk takes it."""
        value = NOTHING if self.value is None else msgspec.Raw(msgspec.json.encode(self.value))
        return PartChange(self.part, self.spans, value)


class ReviewSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a fact: its page and id (of one that was missed: its kind), the verb, and why.

    ``seen`` is the number of the last review of the fact that is known to whoever speaks (0: none): where somebody was
    faster, nothing is kept and the answer is ``409``. A rejection needs ``why``, a correction ``changes``; a fact that
    is added needs a change of its ``evidence``.
    """

    page: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    verb: Literal["accept", "correct", "reject", "add"]
    fact: Annotated[str, msgspec.Meta(max_length=64)] = ""
    kind: Annotated[str, msgspec.Meta(max_length=40)] = ""
    why: Annotated[str, msgspec.Meta(max_length=_LONGEST)] = ""
    changes: Annotated[tuple[ChangeSent, ...], msgspec.Meta(max_length=_MOST)] = ()
    seen: Annotated[int, msgspec.Meta(ge=0)] | None = None


class ChangeTold(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to one part of a fact."""

    part: str
    spans: tuple[tuple[int, int], ...]
    value: Any


class ReviewTold(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log: what somebody said of a fact, as it stood and as it is to stand (null: not at all)."""

    number: int
    page: str
    address: str
    kind: str
    claim: str
    verb: Verb
    anchor: TextAnchor
    who: str
    at: str
    why: str
    rule: str
    fact: Told | None
    outcome: Told | None
    changes: tuple[ChangeTold, ...]
    answers: int | None
    undone: str | None


class FactOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it would stand."""

    fact: Told


def told_review(review: Review) -> ReviewTold:
    """The review as programs get it."""
    held = {name: getattr(review, name) for name in ReviewTold.__struct_fields__}
    changes = tuple(ChangeTold(part=one.part, spans=one.spans, value=plain(one.value)) for one in review.changes)
    return ReviewTold(**{**held, "fact": plain(review.fact), "outcome": plain(review.outcome), "changes": changes})


def plain(raw: msgspec.Raw) -> Any:  # noqa: ANN401 - any JSON
    """What the JSON holds, numbers with all their digits."""
    return _DECODE(bytes(raw))
