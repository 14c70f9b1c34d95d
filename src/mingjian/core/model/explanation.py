"""Why a record says something: what one fact was read from, and which rules read it."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from mingjian.core.model.outcome import Interval
from mingjian.core.model.span import Layer, Pair, Place

Origin: TypeAlias = Literal["words", "rule", "lexicon", "support", "computed"]
RuleKind: TypeAlias = Literal["rule", "cue", "frame", "method", "lexicon", "engine", "review", "unknown"]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the page: where they stand, on printed pages also on paper.

    ``read_by`` are the frames that read a time or a number in them; ``fact`` the fact of the record that these words
    name or date.
    """

    text: str
    start: int
    end: int
    layer: Layer = "text"
    place: Place | None = None
    read_by: tuple[str, ...] = ()
    fact: FactNamed | None = None

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class FactNamed(msgspec.Struct, frozen=True):
    """Another fact of the record: its kind, id, and what it is called."""

    kind: str
    id: str
    name: str


class Passage(msgspec.Struct, frozen=True):
    """The sentence (or sentences) that hold the evidence, and the named stretches in it, as offsets of the page."""

    text: str
    start: int
    end: int
    marks: tuple[tuple[str, int, int], ...]


class Part(msgspec.Struct, frozen=True):
    """One part of the fact: its value, its words, and where the value comes from.

    ``origin``: ``words`` (it stands there), ``rule`` (the rule that made the fact sets it), ``lexicon`` (a row has it),
    ``support`` (it stands in the words of the support), ``computed`` (from the words of the fact and its support).
    ``fact`` is set where the value is the id of another fact of the record.
    """

    name: str
    value: Any
    origin: Origin
    words: tuple[Words, ...] = ()
    fact: FactNamed | None = None


class RuleNamed(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in words: its note, its pattern (of a frame, its form), an example, and what it finds in the passage."""

    id: str
    kind: RuleKind
    note: str = ""
    file: str = ""
    line: int | None = None
    pattern: str = ""
    example: dict[str, Any] = {}
    found: tuple[Words, ...] = ()


class Reason(msgspec.Struct, frozen=True):
    """Words that a rule or cue finds in the passage and that speak for, or against, the value of a field.

    ``field`` is empty where they bear on the kind of the fact. ``sets`` are the rule's own fields.
    """

    field: str
    by: str
    note: str
    words: Words
    sets: dict[str, Any] = {}


class Silence(msgspec.Struct, frozen=True):
    """A field for which these rules and cues were asked, and none of them has words in the passage."""

    field: str
    asked: tuple[str, ...]


class DateReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a date is what it is: its words, what they were resolved against, and the bounds that came of it.

    ``function`` is how the sentence uses its words (``TimeExpression``): a ``deadline`` makes a target.
    ``anchor`` is what the basis names behind its @; ``anchor_value`` the day that the record has for it, or
    ``anchor_missing`` why it has none, with the interval that the page narrows it to.
    """

    field: str
    text: str | None
    basis: str
    function: str | None = None
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    anchor: str = ""
    anchor_value: str | None = None
    anchor_missing: str | None = None
    anchor_interval: Interval | None = None
    support: tuple[Words, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """A row of a lexicon that the fact, or a name in it, rests on; ``source_note`` is what the lexicon says of it."""

    lexicon: str
    id: str
    name: str
    found_as: str
    source: str
    source_note: str = ""


class Absent(msgspec.Struct, frozen=True):
    """A part that the fact does not have; ``reason`` where the record states one."""

    name: str
    reason: str | None = None


class Revised(msgspec.Struct, frozen=True, kw_only=True):
    """A part that a person made otherwise: what it was, what it is, and the words that were chosen for it.

    The words stand on the page that the person looked at.
    """

    name: str
    was: Any
    now: Any
    words: tuple[Words, ...] = ()


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said of the fact: ``verb`` (accept, correct, reject, add), when (ISO 8601), why, and what changed.

    ``rule`` had made the fact, empty where the rules missed it. ``undone_by`` says who took it back.
    """

    number: int
    verb: str
    who: str
    at: str
    why: str = ""
    rule: str = ""
    changed: tuple[Revised, ...] = ()
    undone_by: str | None = None
    undone_at: str | None = None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be said of why the record holds one fact.

    ``same_rules``: the rules asked here are those that made the record; where they are not, they may say other things
    than those that made it. ``unused`` are times and numbers of the passage on which no part of the fact rests.
    ``reviews`` is what people said of it, the first first: what they made otherwise is not the rules' doing.
    """

    id: str
    kind: str
    record: str
    page: str
    same_rules: bool
    passage: Passage
    evidence: Words
    parts: tuple[Part, ...]
    absent: tuple[Absent, ...]
    rules: tuple[RuleNamed, ...]
    dates: tuple[DateReason, ...]
    reasons: tuple[Reason, ...]
    silences: tuple[Silence, ...]
    rows: tuple[Row, ...]
    support: tuple[Words, ...]
    unused: tuple[Words, ...]
    reviews: tuple[Judged, ...] = ()
