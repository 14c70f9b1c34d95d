"""The parts of a fact, each with its words; and those that it has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.model.explanation import Absent, Origin, Part, Passage, Words
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Missing
from mingjian.core.model.span import Pair, Span
from mingjian.core.pipeline.explaining.source import Source
from mingjian.core.pipeline.verify import spans_of
from mingjian.core.rulebook import Rule

# What every fact has, whatever its kind; each has a place of its own in an explanation.
_COMMON = frozenset({"evidence", "by", "id", "parts", "support", "mentions"})
_SPAN = "_span"
_EMPTY: tuple[object, ...] = (None, (), "")


def parts_of(fact: Fact, source: Source, rule: Rule | None, named: Iterable[str]) -> tuple[Part, ...]:
    """Every part that has a value, in the order of the record; ``named`` are the words of the fact's lexicon rows."""
    known = frozenset(named)
    return tuple(_part(fact, name, source, rule, known) for name in _names(fact) if _value(fact, name) not in _EMPTY)


def absent_of(fact: Fact) -> tuple[Absent, ...]:
    """Every part without a value, in the order of the record."""
    values = ((name, _value(fact, name)) for name in _names(fact))
    return tuple(
        Absent(name, value.reason if isinstance(value, Missing) else None)
        for name, value in values
        if value in _EMPTY or isinstance(value, Missing)
    )


def words_at(source: Source, pairs: Iterable[Pair], own: str = "") -> tuple[Words, ...]:
    """The words of the page's text at these places, each with the frames that read it and the fact that it names.

    ``own`` is the id of the fact that is explained: its words need not say that they are its own.
    """
    return tuple(_words(source, pair, own) for pair in dict.fromkeys(pairs))


def words_of(source: Source, span: Span, own: str = "") -> Words:
    """The words of a span of any layer."""
    if span.layer == "text":
        return _words(source, span.pair, own)
    return Words(text=span.text, start=span.start, end=span.end, layer=span.layer)


def unused_in(source: Source, passage: Passage, used: Iterable[Pair], own: str) -> tuple[Words, ...]:
    """The times and numbers of the passage that none of the places in use touches."""
    taken = tuple(used)
    low, high = source.at((passage.start, passage.end))
    read = sorted((one.start, one.end) for one in source.readings_in((low, high)))
    pairs = map(source.to_page, read)
    return words_at(
        source, (pair for pair in pairs if not any(low < pair[1] and pair[0] < high for low, high in taken)), own
    )


def marks_of(fact: Fact, low: int, high: int) -> tuple[tuple[str, int, int], ...]:
    """The evidence and the parts that lie in a stretch of the page, by place."""
    marks = [("evidence", *fact.evidence.pair)]
    marks += [(name, *pair) for name in _names(fact) for pair in _pairs(fact, name)]
    here = {mark for mark in marks if low <= mark[1] and mark[2] <= high}
    return tuple(sorted(here, key=lambda mark: (mark[1], -mark[2], mark[0])))


def _names(fact: Fact) -> Iterator[str]:
    """The fields of this kind of fact; a span beside the field that it states is no part of its own."""
    fields = fact.__struct_fields__
    for name in dict.fromkeys((*fields, *fact.parts)):
        stated = name.removesuffix(_SPAN)
        spare = name.endswith(_SPAN) and (stated in fields or getattr(fact, name, None) is None)
        if name not in _COMMON and not spare:
            yield name


def _value(fact: Fact, name: str) -> object:
    """The value of a part, that of a span its words; an ellipsis for places that no field stands beside."""
    value: object = getattr(fact, name, None) if name in fact.__struct_fields__ else ...
    return value.text if isinstance(value, Span) else value


def _part(fact: Fact, name: str, source: Source, rule: Rule | None, named: frozenset[str]) -> Part:
    value = _value(fact, name)
    pairs = _pairs(fact, name)
    if value is ...:
        value = tuple(source.page.text[slice(*pair)] for pair in pairs)
    origin = "words" if pairs else _set_by(fact, name, rule, named)
    if origin is None:
        pairs = _inside(fact.evidence, value)
        origin = "words" if pairs else _computed(fact, value)
    other = source.facts.get(value) if isinstance(value, str) else None
    return Part(name, value, origin, words_at(source, pairs, fact.id), other)


def _pairs(fact: Fact, name: str) -> tuple[Pair, ...]:
    """Where the fact says that the part stands."""
    spans = [span for _, span in spans_of(getattr(fact, name, None))]
    beside = getattr(fact, f"{name}{_SPAN}", None)
    spans += [beside] if isinstance(beside, Span) else []
    return (*fact.parts.get(name, ()), *(span.pair for span in spans if span.layer == "text"))


def _set_by(fact: Fact, name: str, rule: Rule | None, named: frozenset[str]) -> Origin | None:
    """Whether the rule that made the fact, or a row of a lexicon, has this very value."""
    value = getattr(fact, name, None)
    if rule is not None and name in rule.fields and rule.fields[name] == value:
        return "rule"
    return "lexicon" if isinstance(value, str) and value in named else None


def _inside(evidence: Span, value: object) -> tuple[Pair, ...]:
    """Where in the evidence the value stands word for word."""
    start = evidence.text.find(value) if isinstance(value, str) else -1
    return () if start < 0 else ((evidence.start + start, evidence.start + start + len(str(value))),)


def _computed(fact: Fact, value: object) -> Origin:
    return "support" if any(isinstance(value, str) and value in span.text for span in fact.support) else "computed"


def _words(source: Source, pair: Pair, own: str) -> Words:
    named = source.named.get(pair)
    return Words(
        text=source.page.text[slice(*pair)],
        start=pair[0],
        end=pair[1],
        place=source.place(pair),
        read_by=tuple(dict.fromkeys(one.by for one in source.readings_of(pair))),
        fact=named if named and named.id != own else None,
    )
