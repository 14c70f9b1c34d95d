"""What people say of facts: the entries of the desk's log, and what comes of them when a record is told."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.record import Record
from mingjian.core.model.span import Layer, Pair

Verb: TypeAlias = Literal["accept", "correct", "reject", "add"]
Standing: TypeAlias = Literal["accepted", "corrected", "rejected", "added", "returned"]
BY_REVIEW = "review"
"""The rule of facts that a person corrected or added, as ``Fact.by`` names it."""

NOTHING = msgspec.Raw(b"null")
"""No fact, and no value: what is left out of the wire format."""


class TextAnchor(msgspec.Struct, frozen=True, gc=False):
    """Words by which a fact is found again (W3C ``TextPositionSelector`` and ``TextQuoteSelector``).

    ``start`` and ``end`` count code points of the text layer; ``prefix`` and ``suffix`` are what stands on either side.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class Quoted(msgspec.Struct, frozen=True, order=True, gc=False, omit_defaults=True):
    """Words that a reviewed fact points at, so that they are found again in another version of the page."""

    start: int
    end: int
    text: str
    layer: Layer = "text"

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class PartChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a reviewer does to one part of a fact, by the name of its field (``value``, ``deadline``, ``evidence`` …).

    ``spans`` are the words that were selected, in code points of the text layer: the value is read from them by the
    project's own grammar. ``value`` (as in the wire format) is given by the reviewer where words alone do not tell it.
    Neither takes the part away.
    """

    part: str
    spans: tuple[Pair, ...] = ()
    value: msgspec.Raw = NOTHING


class Review(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the log: what somebody said of one fact.

    ``number`` is its place in the log. ``page`` is the id of the version that was looked at, ``address`` where that
    stands. ``kind`` is the name of the record's tuple (``targets``). ``claim`` names what was judged: it is the same
    for all reviews of one fact, of reviews of a corrected fact too. ``fact`` is the fact as it stood (wire format),
    nothing of one that was added; ``outcome`` the fact as it is to stand, nothing where it was rejected; ``changes``
    what was done to which part; ``quoted`` all words that ``outcome`` points at. ``answers`` is the review whose
    outcome was looked at, where somebody had been there before. ``rule`` made the fact. ``undone`` says who took the
    review back, and when. Of a page that was erased, words and facts are gone.
    """

    number: int
    page: str
    address: str
    kind: str
    claim: str
    verb: Verb
    anchor: TextAnchor
    who: str
    at: str
    why: str = ""
    rule: str = ""
    fact: msgspec.Raw = NOTHING
    outcome: msgspec.Raw = NOTHING
    changes: tuple[PartChange, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    answers: int | None = None
    undone: str | None = None

    def without_words(self) -> Review:
        """The same as it is told of a page whose words are not to be seen: that it was said, by whom and when."""
        return msgspec.structs.replace(
            self, anchor=TextAnchor(0, 0, ""), why="", fact=NOTHING, outcome=NOTHING, changes=(), quoted=()
        )


class ReviewState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one claim in one record.

    ``review`` is the number of the review that decides (the last that stands), ``reviews`` of all that stand.
    ``standing`` is ``returned`` where it could not be applied; ``fact`` is the id of the fact that stands in the
    record, nothing where none does. ``reason`` says why somebody should look again: a slug of
    ``rules/corpus/reviewing.toml``.
    """

    claim: str
    kind: str
    standing: Standing
    review: int
    reviews: tuple[int, ...]
    fact: str | None = None
    reason: str | None = None


class Reviewed(msgspec.Struct, frozen=True):
    """A record with all reviews of its page applied, and what became of each claim."""

    record: Record
    states: tuple[ReviewState, ...] = ()

    def of(self, fact: str) -> ReviewState | None:
        """What people said of the fact with this id, nothing where nobody said anything."""
        return next((state for state in self.states if state.fact == fact), None)


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a fact is worth a look: a slug of ``rules/corpus/reviewing.toml``, its weight, and of what it speaks."""

    slug: str
    weight: float
    about: str = ""


class QueuedFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is worth a look: where it stands, its words, and why, the heaviest reason first."""

    page: str
    doc_id: str
    address: str
    kind: str
    fact: str
    rule: str
    start: int
    end: int
    words: str
    score: float
    reasons: tuple[Reason, ...]
    regions: tuple[str, ...] = ()
    source: str = ""
    sources: tuple[str, ...] = ()
    published: str | None = None
    standing: Standing | None = None
    reviews: tuple[int, ...] = ()


class QueueAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which facts are asked for: all that is given must hold.

    ``kinds`` are names of the record's tuples, ``regions`` codes of GB/T 2260 (each with all that lies in it),
    ``reasons`` slugs. ``seen`` says whether facts that people reviewed are shown: ``nobody`` those that nobody did,
    ``others`` those that ``who`` did not, ``all`` any; those that came back are always shown.
    """

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    page: str | None = None
    seen: Literal["nobody", "others", "all"] = "nobody"
    who: str | None = None
    limit: int = 20
    offset: int = 0


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Facts worth a look, what needs it most first; ``total`` of them answer, ``by_reason`` how many for each reason.

    ``behind`` is how many steps of the journal the list has yet to follow, where it could not be brought up to date.
    """

    facts: tuple[QueuedFact, ...]
    total: int
    by_reason: dict[str, int]
    behind: int = 0


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two reviewers agree over facts that both judged (Cohen's kappa).

    ``table`` counts ``{label of one: {label of the other: facts}}``. ``kappa`` is missing where it is not defined:
    ``why`` says ``nothing-in-common`` or ``one-label`` (both gave one and the same label to all: chance alone would
    agree wholly).
    """

    one: str
    other: str
    kind: str | None
    n: int
    agreed: int
    observed: float | None
    expected: float | None
    kappa: float | None
    why: str | None
    table: dict[str, dict[str, int]]


class RuleReviews(msgspec.Struct, frozen=True, kw_only=True):
    """What reviewers said of the facts that one rule made; ``missed`` are facts of a kind that people had to add.

    ``examples`` are numbers of reviews that show where it errs; ``errs`` is the share of those judged that were
    corrected or rejected.
    """

    rule: str
    kind: str
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    missed: int = 0
    errs: float | None = None
    parts: dict[str, int] = {}
    examples: tuple[int, ...] = ()
