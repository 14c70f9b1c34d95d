"""A fact as a reviewer has it: parts changed, added or taken away, every one with its words on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args, get_origin

import msgspec

from mingjian.core.model.facts import Event, Fact, Mentioned
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.review import BY_REVIEW, NOTHING, PartChange
from mingjian.core.model.span import Span
from mingjian.core.pipeline.identity import with_words
from mingjian.core.pipeline.placing import place_of
from mingjian.core.pipeline.verify import rests_on_evidence, spans_of
from mingjian.core.review.choosing import must_be_choice
from mingjian.core.review.deriving import Selected, derive, must_be_day, part_type, selected_words
from mingjian.core.review.facts import fact_type
from mingjian.errors import ReviewError

_OWN = frozenset({"evidence", "value_span", "trigger_span", "date_span", "cue_span"})
_PLAIN, _RANGE = "=", "range"  # comparators
_LONGEST = 2_000  # characters of a value that a reviewer gives
_GOES_WITH = {
    "value": ("value_max", "unit", "comparator", "normalized", "value_span"),
    "date": ("date_span",),
}
"""Parts that are told by the same words as another, and go with it."""


class _Draft:
    """A fact on its way: its fields by name."""

    def __init__(self, kind: type[Fact], page: Page, record: Record, fact: Fact | None) -> None:
        self.kind = kind
        self._page = page
        self._published = record.published
        names = kind.__struct_fields__
        self.fields: dict[str, Any] = {} if fact is None else {name: getattr(fact, name) for name in names}
        self.fields["parts"] = dict(self.fields.get("parts", {}))

    def change(self, change: PartChange) -> None:
        """One change; raises ``ReviewError`` where words do not tell it, or nothing is told by words."""
        spans = tuple(map(self._placed, selected_words(self._page.text, change.part, change.spans)))
        if change.part == "evidence":
            if not spans:
                raise ReviewError("evidence", "a fact cannot be without it", "select words, or reject the fact")
            self.fields["evidence"] = spans[0]
        elif change.value != NOTHING:
            self._give(change.part, change.value, spans)
        elif spans:
            self._derive(change.part, spans)
        else:
            self._take(change.part)

    def _placed(self, span: Span) -> Span:
        return msgspec.structs.replace(span, place=place_of(*span.pair, self._page.boxes))

    def _derive(self, part: str, spans: tuple[Span, ...]) -> None:
        published = self._published
        day = published.value if isinstance(published, Cited) else None
        told = derive(self.kind, Selected(part, spans, day))
        names = self.kind.__struct_fields__
        self.fields |= {name: value for name, value in told.items() if name in names}
        self._point(part, spans)
        support = self.fields.get("support", ())
        relative = isinstance(published, Cited) and "published" in _basis_of(told.get(part))
        if isinstance(published, Cited) and relative and published.evidence not in support:
            self.fields["support"] = (*support, published.evidence)

    def _give(self, part: str, value: msgspec.Raw, spans: tuple[Span, ...]) -> None:
        kind = part_type(self.kind, part)
        if len(bytes(value)) > _LONGEST:
            raise ReviewError(part, "the value is too long", f"give one of at most {_LONGEST} characters")
        try:
            given = msgspec.json.decode(bytes(value), type=kind)
        except msgspec.DecodeError as error:
            must_be_choice(self.kind, part, kind, bytes(value).decode(errors="replace"))
            raise ReviewError(
                part, f"cannot be {bytes(value).decode(errors='replace')} ({error})", "see the schema"
            ) from None
        if given in ("", ()):
            raise ReviewError(part, "the value is empty", "give one, or take the part away")
        must_be_choice(self.kind, part, kind, given)
        must_be_day(part, given)
        self.fields[part] = given
        if spans:
            self._point(part, spans)
            if f"{part}_span" in self.kind.__struct_fields__:
                self.fields[f"{part}_span"] = spans[0]
        elif not self._is_told(part, given):
            raise ReviewError(
                part, "no words of the page were selected for it", "select the words that say so", "no-words"
            )

    def _is_told(self, part: str, given: object) -> bool:
        """Whether words say the value that stand in the fact already, or it is of the fact as a whole."""
        if rests_on_evidence(self.kind, part):
            return True
        pairs = self.fields["parts"].get(part, ())
        if isinstance(given, str):
            evidence: Span | None = self.fields.get("evidence")
            said = [self._page.text[slice(*pair)] for pair in pairs] + ([evidence.text] if evidence else [])
            return any(given in words for words in said)
        numbers = part in ("value", *_GOES_WITH["value"]) and self.fields.get("value_span") is not None
        return bool(pairs) or numbers or self.fields.get(f"{part}_span") is not None

    def _take(self, part: str) -> None:
        part_type(self.kind, part)
        for name in (part, *_GOES_WITH.get(part, ())):
            field = next((one for one in msgspec.structs.fields(self.kind) if one.name == name), None)
            if field is None:
                continue
            empty = _nothing(field.type)
            if empty is _NEEDED:
                raise ReviewError(part, "the fact cannot be without it", "correct it, or reject the fact", "needed")
            self.fields[name] = empty
            self.fields["parts"].pop(name, None)

    def _point(self, part: str, spans: tuple[Span, ...]) -> None:
        """The spans of the part, where it has no field of its own for them."""
        if part in _OWN or (f"{part}_span" in self.kind.__struct_fields__ and part in _GOES_WITH):
            return
        self.fields["parts"][part] = tuple(span.pair for span in spans)

    def finished(self) -> Fact:
        """The fact; raises ``ReviewError`` where a part is lacking that it cannot do without."""
        self.fields |= {"by": BY_REVIEW, "id": ""}
        self._compare()
        self._complete()
        fact = with_words(self.kind(**self.fields), self._page.text)
        for path, span in spans_of(fact):
            if span.of(self._page.layer(span.layer)) != span.text:
                raise ReviewError(path, f"the words {span.text!r} do not stand there", "select words of the page")
        return fact

    def _compare(self) -> None:
        """A number is meant as it was before, where nothing says otherwise: a range has two ends, and no other has."""
        if self.fields.get("value") is None or "comparator" not in self.kind.__struct_fields__:
            return
        comparator, is_range = self.fields.get("comparator"), self.fields.get("value_max") is not None
        if is_range != (comparator == _RANGE) or comparator is None:
            self.fields["comparator"] = _RANGE if is_range else _PLAIN

    def _complete(self) -> None:
        evidence: Span | None = self.fields.get("evidence")
        if evidence is None:
            raise ReviewError(
                "evidence", "no words were selected", "select the words that state the fact", "no-evidence"
            )
        if issubclass(self.kind, Mentioned) and not self.fields.get("mentions"):
            self.fields["mentions"] = (evidence.pair,)
        if self.kind is Event:
            self.fields.setdefault("title", evidence.text)
        lacking = []
        for field in msgspec.structs.fields(self.kind):
            if field.name not in self.fields and field.required:
                empty = _nothing(field.type)
                if empty is _NEEDED:
                    lacking.append(field.name)
                self.fields[field.name] = empty
        if lacking:
            problem = f"a fact of this kind needs {', '.join(lacking)}"
            raise ReviewError(self.kind.__name__, problem, "select the words for each, or give its value", "lacking")


_NEEDED = object()


def _nothing(kind: object) -> object:
    """What a field holds of which nothing is told."""
    if type(None) in get_args(kind):
        return None
    return () if get_origin(kind) is tuple else _NEEDED


def _basis_of(value: object) -> str:
    return str(getattr(value, "basis", ""))


def corrected(kind: str, fact: Fact, changes: Iterable[PartChange], page: Page, record: Record) -> Fact:
    """The fact with the changes, made ``by`` review; raises ``ReviewError`` where one cannot be kept as it is.

    Words that are selected are read by the project's own grammar; what that cannot read the reviewer gives, and
    selects the words that say so.
    """
    return _drafted(_Draft(fact_type(kind), page, record, fact), changes)


def added(kind: str, changes: Iterable[PartChange], page: Page, record: Record) -> Fact:
    """A fact that the rules missed: one of the changes is its ``evidence``; raises ``ReviewError`` as ``corrected``."""
    return _drafted(_Draft(fact_type(kind), page, record, None), changes)


def _drafted(draft: _Draft, changes: Iterable[PartChange]) -> Fact:
    ordered = sorted(changes, key=lambda change: change.part != "evidence")
    if not ordered:
        raise ReviewError(
            draft.kind.__name__, "nothing is changed", "say which part, or accept the fact", "nothing-changed"
        )
    for change in ordered:
        draft.change(change)
    return draft.finished()
