"""An explanation in words: blocks of rows, which the terminal and the HTML page show alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec

from mingjian.brief.wording import (
    basis_meaning,
    column_label,
    field_label,
    labels,
    minute_of,
    missing_label,
    phrase,
    worded,
)
from mingjian.core.model.explanation import (
    DateReason,
    Explanation,
    FactNamed,
    Judged,
    Part,
    Reason,
    Revised,
    RuleNamed,
    Silence,
    Words,
)
from mingjian.core.text.normal import on_one_line

_SPAN = "_span"


class Line(msgspec.Struct, frozen=True):
    """One row: what it is about, and what is said of it, a paragraph each; ``rule`` is the rule that it tells of."""

    label: str
    said: tuple[str, ...]
    rule: str = ""


class Block(msgspec.Struct, frozen=True):
    """Rows under one heading."""

    label: str
    lines: tuple[Line, ...]


def blocks_of(explanation: Explanation) -> tuple[Block, ...]:
    """What the explanation says, in the order in which people ask; blocks without rows are left out."""
    kind = explanation.kind
    blocks = (
        Block(phrase("reviews"), tuple(_review(review, kind) for review in explanation.reviews)),
        Block(phrase("parts"), tuple(_part(part, kind) for part in explanation.parts)),
        Block(phrase("dates"), tuple(_date(date, kind) for date in explanation.dates)),
        Block(
            phrase("reasons"), (*_reasons(explanation), *(_silence(one, explanation) for one in explanation.silences))
        ),
        Block(phrase("made_by"), tuple(_rule(rule) for rule in explanation.rules)),
        Block(phrase("rows"), tuple(_rows(explanation))),
        Block(phrase("support"), tuple(Line("", (_words(words),)) for words in explanation.support)),
        Block(phrase("unused"), tuple(Line("", (_read(words),)) for words in explanation.unused)),
        Block(phrase("absent"), tuple(_absent(explanation))),
    )
    return tuple(block for block in blocks if block.lines)


def rule_in_full(rule: RuleNamed) -> Line:
    """One rule with its pattern and an example."""
    said = [rule.note, f"{phrase('pattern')} {rule.pattern}" if rule.pattern else ""]
    if rule.example:
        shown = phrase("example_match", text=rule.example["text"], match=rule.example["match"])
        said.append(f"{phrase('example')} {shown}")
    where = f"{rule.file}:{rule.line}" if rule.line else rule.file
    return Line(rule.id, tuple(one for one in (_kind(rule), *said, where) if one), rule.id)


def passage_of(explanation: Explanation) -> tuple[tuple[str, bool], ...]:
    """The passage in pieces, each with whether it is the evidence."""
    passage, evidence = explanation.passage, explanation.evidence
    if evidence.layer != "text":
        return ((evidence.text, True),)
    cuts = [passage.start, max(evidence.start, passage.start), min(evidence.end, passage.end), passage.end]
    pieces = (passage.text[low - passage.start : high - passage.start] for low, high in pairwise(cuts))
    return tuple((on_one_line(piece), index == 1) for index, piece in enumerate(pieces) if piece)


def place_of(words: Words) -> str:
    """Where the words stand in the text, and on which printed page and where on it."""
    shown = phrase("place_of", start=words.start, end=words.end)
    if words.place is None:
        return shown
    left, top, right, bottom = words.place.box
    paper = phrase("place_on_paper", page=words.place.page, left=left, top=top, right=right, bottom=bottom)
    return f"{shown} {paper}"


def _part(part: Part, kind: str) -> Line:
    """The value, then its words with their places; words that are the value are not said twice."""
    shown, origin = worded(part.value), labels()["origins"][part.origin]
    if part.fact is not None:
        shown = _means(part.fact)
    value = f"{shown}（{origin}）" if origin else shown
    if part.words and all(on_one_line(words.text) == shown and words.fact is None for words in part.words):
        return Line(part_label(part.name, kind), (f"{value} {'、'.join(map(place_of, part.words))}",))
    return Line(part_label(part.name, kind), (value, *(_words(words) for words in part.words)))


def part_label(name: str, kind: str) -> str:
    """The Chinese name of a part; that of a span is what it spans."""
    return column_label(name.removesuffix(_SPAN), kind)


def _words(words: Words) -> str:
    shown = f"「{on_one_line(words.text)}」 {place_of(words)}"
    return shown if words.fact is None else f"{shown} {_means(words.fact)}"


def _means(fact: FactNamed) -> str:
    return phrase("means", kind=field_label(fact.kind), name=on_one_line(fact.name), id=fact.id)


def _read(words: Words) -> str:
    return " ".join((_words(words), *words.read_by))


def _date(date: DateReason, kind: str) -> Line:
    said = [phrase("date_words", text=on_one_line(date.text)) if date.text else phrase("date_none")]
    use = labels()["functions"].get(date.function, "")
    said[0] = " ".join(one for one in (said[0], use, _basis(date.basis)) if one)
    bounds = " ".join(bound for bound in (date.start, "–" if date.start and date.end else "", date.end) if bound)
    if bounds:
        said.append(f"{bounds} {labels()['precisions'].get(date.precision, '')}".strip())
    if date.anchor_value:
        said.append(phrase("anchor", value=date.anchor_value))
    if date.anchor_missing:
        said.append(_anchor_missing(date))
    return Line(part_label(date.field, kind), tuple(said))


def _anchor_missing(date: DateReason) -> str:
    shown = phrase("anchor_missing", reason=missing_label(date.anchor_missing or ""))
    known = date.anchor_interval
    if known is None:
        return shown
    return shown + phrase("anchor_bounds", start=worded(known.start), end=worded(known.end), basis=known.basis)


def _basis(basis: str) -> str:
    """What the basis means, in words, with itself; one that no label fits stands for itself."""
    says = basis_meaning(basis)
    return f"{says}（{basis}）" if says else basis


def _reasons(explanation: Explanation) -> Iterator[Line]:
    for reason in explanation.reasons:
        said = phrase("speaks", words=on_one_line(reason.words.text), note=reason.note)
        sets = phrase("sets", sets=_settings(reason.sets)) if reason.sets else ""
        yield Line(_about(reason, explanation), (f"{said}{sets}",), reason.by)


def _settings(sets: dict[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in sets.items())


def _about(reason: Reason | Silence, explanation: Explanation) -> str:
    if not reason.field:
        return phrase("of_kind", kind=field_label(explanation.kind))
    value = next((part.value for part in explanation.parts if part.name == reason.field), None)
    label = part_label(reason.field, explanation.kind)
    coded = isinstance(value, str | int | Decimal) and worded(value) != value
    return phrase("of_value", label=label, value=worded(value)) if coded else label


def _silence(silence: Silence, explanation: Explanation) -> Line:
    return Line(_about(silence, explanation), (phrase("silent", asked=" ".join(silence.asked)),))


def _kind(rule: RuleNamed) -> str:
    return str(labels()["rule_kinds"][rule.kind])


def _rule(rule: RuleNamed) -> Line:
    found = "、".join(f"「{on_one_line(words.text)}」" for words in rule.found)
    said = (f"{_kind(rule)} {rule.note}".strip(), f"{phrase('found')} {found}" if found else "")
    return Line(rule.id, tuple(one for one in said if one), rule.id)


def _rows(explanation: Explanation) -> Iterator[Line]:
    for row in explanation.rows:
        told = phrase("row", name=row.name, found_as=row.found_as)
        name = "row_source_note" if row.source_note else "row_source"
        source = phrase(name, source=row.source, note=row.source_note) if row.source else ""
        yield Line(f"{row.lexicon}:{row.id}", tuple(one for one in (told, source) if one))


def _review(review: Judged, kind: str) -> Line:
    """Who said what when and why, what the rules had said, and what became of it."""
    verb = labels()["verbs"][review.verb]
    said = [phrase("review_said", at=minute_of(review.at), who=review.who, verb=verb)]
    said += [phrase("review_why", why=on_one_line(review.why))] if review.why else []
    if review.verb != "accept":
        said.append(phrase("review_rule", rule=review.rule) if review.rule else phrase("review_missed"))
    said += [_revised(part, kind) for part in review.changed]
    if review.undone_by:
        said.append(phrase("review_undone", who=review.undone_by, at=minute_of(review.undone_at or "")))
    return Line(str(review.number), tuple(said))


def _revised(part: Revised, kind: str) -> str:
    was, now = (on_one_line(worded(value)) for value in (part.was, part.now))
    told = phrase("review_part", label=part_label(part.name, kind), was=was, now=now)
    words = "、".join(map(_words, part.words))
    return f"{told} {phrase('review_words', words=words)}" if words else told


def _absent(explanation: Explanation) -> Iterator[Line]:
    reasons = labels()["absent"]
    for part in explanation.absent:
        if part.name in reasons["unsaid"]:
            continue
        said = missing_label(part.reason) if part.reason else None
        said = said or reasons.get(f"{explanation.kind}.{part.name}") or reasons.get(part.name) or reasons["other"]
        yield Line(part_label(part.name, explanation.kind), (said,))


def heads_of(explanation: Explanation) -> Sequence[str]:
    """What is explained: the kind and id of the fact, its page, and what must be known of the rules."""
    heads = [f"{field_label(explanation.kind)} {explanation.id} · {explanation.page}"]
    return heads if explanation.same_rules else [*heads, phrase("other_rules")]
