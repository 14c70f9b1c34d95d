"""Which rules made a fact, which words speak for its kind and its values, and why its dates are what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Protocol, runtime_checkable

from mingjian.core.model.annotation import DateValue
from mingjian.core.model.explanation import DateReason, Reason, RuleKind, RuleNamed, Silence, Words
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Cited, Interval, Missing
from mingjian.core.model.review import BY_REVIEW
from mingjian.core.model.span import Pair, Span
from mingjian.core.pipeline.explaining.parts import words_at, words_of
from mingjian.core.pipeline.explaining.source import Source, touching
from mingjian.core.pipeline.recognition import engine_of
from mingjian.core.rulebook import Cue, Frame, Rule, Rulebook
from mingjian.core.rulebook.compiled import pattern_of
from mingjian.core.text.matching import Match

_TABLE = "explaining"
_KINDS: Mapping[type, RuleKind] = {Rule: "rule", Cue: "cue", Frame: "frame"}


@runtime_checkable
class _Resolved(Protocol):
    """A date, or a bound, that says what it was resolved against."""

    text: str | None
    end: str | None
    basis: str


def rule_named(book: Rulebook, by: str, found: Iterable[Words] = ()) -> RuleNamed:
    """What ``by`` names: a rule, cue or frame of the book, a method, a lexicon or an engine."""
    rule = book.called(by)
    words = tuple(found)
    if rule is not None:
        return RuleNamed(
            id=by,
            kind=_KINDS[type(rule)],
            note=rule.note,
            file=rule.file,
            line=rule.line,
            pattern=rule.form if isinstance(rule, Frame) else rule.pattern,
            example=dict(rule.examples[0]),
            found=words,
        )
    methods = {method["id"]: method["note"] for method in book.tables["methods"]["method"]}
    if by in methods:
        return RuleNamed(id=by, kind="method", note=methods[by], file="methods.toml", found=words)
    if by == BY_REVIEW:
        return RuleNamed(id=by, kind="review", found=words)
    family, _, name = by.partition(".")
    if family == "lexicon" and name in book.lexicons:
        notes = book.lexicons[name].notes
        return RuleNamed(
            id=by, kind="lexicon", note=notes[0] if notes else "", file=f"lexicons/{name}.tsv", found=words
        )
    return RuleNamed(id=by, kind="engine" if engine_of(by) else "unknown", found=words)


def found_again(fact: Fact, source: Source) -> tuple[Words, ...]:
    """The words that the fact's own rule finds at its trigger or cue, or else in its evidence."""
    spans = [value for name in fact.__struct_fields__ if isinstance(value := getattr(fact, name), Span)]
    for span in sorted(spans, key=lambda span: span is fact.evidence):
        matches = [match for match in _matches(source, source.at(span.pair)) if match.rule.id == fact.by]
        if matches:
            return words_at(source, (source.to_page((match.start, match.end)) for match in matches), fact.id)
    return ()


def reasons_of(fact: Fact, kind: str, source: Source) -> tuple[tuple[Reason, ...], tuple[Silence, ...]]:
    """The words that speak for kind and values, by ``explaining.toml``; and the fields for which none does."""
    reasons: list[Reason] = []
    silences: list[Silence] = []
    for asked in source.book.tables.get(_TABLE, {}).get("reason", ()):
        if kind not in asked["kinds"] or (asked["field"] and getattr(fact, asked["field"], None) in (None, (), "")):
            continue
        found = sorted(_reasons(asked, fact, source), key=lambda reason: (reason.words.start, reason.by))
        reasons += found
        if not found:
            silences.append(Silence(asked["field"], (*asked.get("rules", ()), *asked.get("cues", ()))))
    return tuple(reasons), tuple(silences)


def _reasons(asked: Mapping[str, Any], fact: Fact, source: Source) -> Iterator[Reason]:
    low, high = _reach(asked["reach"], fact, source)
    for match in _matches(source, (low, high)):
        if _is_asked(match.rule, asked.get("rules", ())) and not _is_asked(match.rule, asked.get("but", ())):
            (words,) = words_at(source, [source.to_page((match.start, match.end))], fact.id)
            yield Reason(asked["field"], match.rule.id, match.rule.note, words, dict(match.rule.fields))
    for cue in source.book.all_cues:
        if _is_asked(cue, asked.get("cues", ())):
            for place in pattern_of(cue.pattern).finditer(source.article.folded, low, high):
                (words,) = words_at(source, [source.to_page(place.span())], fact.id)
                yield Reason(asked["field"], cue.id, cue.note, words)


def _is_asked(rule: Rule | Cue, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(rule.id, pattern) for pattern in patterns)


def _reach(reach: str, fact: Fact, source: Source) -> Pair:
    start, end = source.at(fact.evidence.pair)
    if reach == "passage":
        return source.sentences_of((start, end))
    trigger = getattr(fact, "trigger_span", None)
    return start, source.at(trigger.pair)[1] if isinstance(trigger, Span) else end


def _matches(source: Source, stretch: Pair) -> Iterator[Match]:
    """What the rules of the body find that touches the stretch, file by file."""
    for group in source.found.rules.values():
        yield from touching(group.matches, stretch)


def dates_of(fact: Fact, source: Source) -> tuple[DateReason, ...]:
    """Why each date of the fact is what it is: every value that says what it was resolved against."""
    values = ((name, getattr(fact, name)) for name in fact.__struct_fields__)
    return tuple(_date(name, value, fact, source) for name, value in values if isinstance(value, _Resolved))


def _date(name: str, value: _Resolved, fact: Fact, source: Source) -> DateReason:
    published = source.record.published
    anchor = value.basis.partition("@")[2]
    rests = anchor == "published" or value.basis == "not-stated"
    missing = published if isinstance(published, Missing) and (rests or anchor == "unknown") else None
    return DateReason(
        field=name,
        text=value.text,
        basis=value.basis,
        function=_function(name, value.text, fact, source),
        start=value.start if isinstance(value, DateValue) else None,
        end=value.end,
        precision=value.precision if isinstance(value, DateValue) else None,
        anchor=anchor,
        anchor_value=published.value if isinstance(published, Cited) and rests else None,
        anchor_missing=missing.reason if missing else None,
        anchor_interval=_interval(missing),
        support=support_of(fact, source),
    )


def _function(name: str, text: str | None, fact: Fact, source: Source) -> str | None:
    """How the sentence uses the words of the date, where they stand in the fact or beside it."""
    span = getattr(fact, f"{name}_span", None)
    pairs = [*fact.parts.get(name, ()), *([span.pair] if isinstance(span, Span) else [])]
    pairs += [span.pair for span in fact.support if text and span.text == text]
    times = (time for pair in pairs for time in touching(source.times, source.at(pair)))
    return next((time.function for time in times), None)


def _interval(missing: Missing | None) -> Interval | None:
    return missing.interval if missing else None


def support_of(fact: Fact, source: Source) -> tuple[Words, ...]:
    """The words beside its evidence that the fact was computed from."""
    return tuple(words_of(source, span, fact.id) for span in fact.support)


def readers_of(words: Sequence[Words], source: Source, own: str) -> Iterator[RuleNamed]:
    """The frames that read the times and numbers which make up these words, each once, with what it read."""
    read: dict[str, list[Pair]] = {}
    for each in words:
        for one in source.readings_of(each.pair) if each.layer == "text" else ():
            read.setdefault(one.by, []).append(source.to_page((one.start, one.end)))
    for by, pairs in read.items():
        yield rule_named(source.book, by, words_at(source, sorted(pairs), own))
