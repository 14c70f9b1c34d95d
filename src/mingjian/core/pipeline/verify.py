"""The law of evidence: every value of a record stands on its page, and the rules, asked again, still say so."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Span
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds, record_id, refer
from mingjian.core.pipeline.placing import place_of
from mingjian.core.pipeline.recognition import engine_of
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.normal import Normal, normalise
from mingjian.errors import EvidenceError

_SHOWN = 5
# Parts that are computed, and so rest on the evidence and its support as a whole rather than on words of their own.
_COMPUTED = frozenset({
    "id", "by", "type", "canonical", "code", "code_as_of", "tech", "gbt4754", "division", "emerging", "entity",
    "sector", "scenario", "comparator", "status", "mode", "actuality", "instrument", "kind", "unit", "qualitative",
    "stage",
    "title:Event", "role:Event", "sub_event_of", "region:Organisation", "parent:Organisation",
})  # fmt: skip


def verify(record: Record, page: Page, book: Rulebook | None = None, engines: Engines = NO_ENGINES) -> None:
    """Silence, or ``EvidenceError`` naming the first breaches: asks every span of the page and every rule again.

    A record that was made with engines is asked of the same engines; without them its names cannot be asked again,
    which is a breach.
    """
    breaches = list(find_breaches(record, page, book or bundled_rulebook(), engines))
    if breaches:
        more = f"; and {len(breaches) - _SHOWN} more" if len(breaches) > _SHOWN else ""
        raise EvidenceError("; ".join(breaches[:_SHOWN]) + more)


def find_breaches(record: Record, page: Page, book: Rulebook, engines: Engines = NO_ENGINES) -> Iterator[str]:
    """Every way in which the record does not stand on the page, as sentences; none for a sound record."""
    if (record.page.sha256, record.page.text_sha256) != (page.sha256, page.text_sha256):
        yield f"it was made of another page (sha256 {record.page.sha256[:12]}…, this one is {page.sha256[:12]}…)"
        return
    yield from _misreferred(record, page)
    yield from _misplaced_words(record, page)
    yield from _outside_page(record, page)
    normal = normalise(page)
    yield from _uncovered(record, page, normal)
    yield from _outside_body(record, normal)
    yield from _unworded_parts(record)
    if record.id == record_id(page, book, engines):
        yield from _not_given_again(record, extract(page, book, engines))
    else:
        yield _cannot_be_asked(record, engines)


def spans_of(value: object, path: str = "") -> Iterator[tuple[str, Span]]:
    """Every span inside a record or a part of one, with the path of fields that leads to it."""
    if isinstance(value, Span):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_of(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from spans_of(item, f"{path}[{index}]")


def _misreferred(record: Record, page: Page) -> Iterator[str]:
    """What the record says of its page; ``path`` is where the page stood, and pages may be moved."""
    claimed, given = record.page, refer(page)
    for name in claimed.__struct_fields__:
        if name not in ("path", "text") and getattr(claimed, name) != getattr(given, name):
            yield f"page.{name}: the record says {getattr(claimed, name)!r}, the page {getattr(given, name)!r}"
    if claimed.text not in (None, page.text):
        yield "page.text: this is not the text layer of the page"


def _misplaced_words(record: Record, page: Page) -> Iterator[str]:
    for path, span in spans_of(record):
        layer = page.layer(span.layer)
        for start, end in (span.pair, *span.also):
            if layer[start:end] != span.text:
                yield f"{path}: {span.text[:20]!r} does not stand at {start}..{end} of the {span.layer} layer"
        if span.place != (place_of(*span.pair, page.boxes) if span.layer == "text" else None):
            yield f"{path}: {span.text[:20]!r} is not printed where the record says"


def _outside_page(record: Record, page: Page) -> Iterator[str]:
    for kind, facts in fact_kinds(record).items():
        for fact in facts:
            for name, pairs in _pairs_of(fact):
                outside = [pair for pair in pairs if not 0 <= pair[0] < pair[1] <= len(page.text)]
                if outside:
                    yield f"{kind} {fact.id}: {name} {outside[0]} lies outside the page"


def _pairs_of(fact: Fact) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    yield from fact.parts.items()
    mentions: tuple[Pair, ...] | None = getattr(fact, "mentions", None)
    if mentions:
        yield "mentions", mentions


def _uncovered(record: Record, page: Page, normal: Normal) -> Iterator[str]:
    """Words are those of the normal form: what it leaves out, such as invisible characters, needs no block."""
    body = [(block.start, block.end) for block in record.body]
    blocks = sorted([*body, *((block.start, block.end) for block in record.boilerplate)])
    reached = 0
    for start, end in blocks:
        if start < reached or not start < end <= len(page.text):
            yield f"the block {start}..{end} overlaps another or lies outside the page"
        elif normal.text[normal.from_page(reached) : normal.from_page(start)].strip():
            yield f"the characters {reached}..{start} are neither body nor boilerplate"
        reached = max(reached, end)
    if normal.text[normal.from_page(reached) :].strip():
        yield f"the characters {reached}..{len(page.text)} are neither body nor boilerplate"


def _outside_body(record: Record, normal: Normal) -> Iterator[str]:
    kept = sorted((normal.from_page(block.start), normal.from_page(block.end)) for block in record.body)
    for kind, facts in fact_kinds(record).items():
        for fact in facts:
            start, end = map(normal.from_page, fact.evidence.pair)
            for low, high in kept:
                if low <= start < high:
                    start = high if high < end else end
                    while start < end and normal.text[start : start + 1].isspace():
                        start += 1
            if start < end:
                yield f"{kind} {fact.id}: its evidence {fact.evidence.pair} does not lie in the body"


def rests_on_evidence(fact: type[Fact], part: str) -> bool:
    """Whether a part is computed, and so needs no words of its own."""
    return part in _COMPUTED or f"{part}:{fact.__name__}" in _COMPUTED


def _unworded_parts(record: Record) -> Iterator[str]:
    for kind, facts in fact_kinds(record).items():
        for fact in facts:
            for name in fact.__struct_fields__:
                value = getattr(fact, name)
                computed = rests_on_evidence(type(fact), name)
                if isinstance(value, str) and value and not computed and not _has_words(fact, name, value):
                    yield f"{kind} {fact.id}: {name} {value[:20]!r} has no words"


def _has_words(fact: Fact, name: str, value: str) -> bool:
    return name in fact.parts or bool(fact.support) or value in fact.evidence.text


def _cannot_be_asked(record: Record, engines: Engines) -> str:
    """Which engine's names the record holds that was not given, or else that its rules are others."""
    sources = {fact.by for facts in fact_kinds(record).values() for fact in facts}
    others = sorted(named for by in sources if (named := engine_of(by)) is not None and named not in engines.names)
    if others:
        return f"the record has names by the engine {others[0]}, which was not given; give it to ask for them again"
    return (
        "the record was made by another version of the rules, or with an engine that was not given, which cannot be "
        "asked again; extract the page anew"
    )


def _not_given_again(record: Record, again: Record) -> Iterator[str]:
    for name in record.__struct_fields__:
        if name == "page" or getattr(record, name) == getattr(again, name):
            continue
        yield f"{name}: {_first_difference(getattr(record, name), getattr(again, name))}"


def _first_difference(claimed: object, given: object) -> str:
    if isinstance(claimed, tuple) and isinstance(given, tuple):
        if len(claimed) == len(given) and all(item in given for item in claimed):
            return "the rules give these in another order, or another number of times"
        extra = [item for item in claimed if item not in given]
        lost = [item for item in given if item not in claimed]
        shown = _name_of(extra[0]) if extra else "nothing more"
        return f"the rules give {len(lost)} others and do not give {len(extra)} of these, first {shown}"
    return f"the record says {_name_of(claimed)}, the rules say {_name_of(given)}"


def _name_of(value: object) -> str:
    match value:
        case Fact():
            return f"{type(value).__name__} {value.id} {value.evidence.text[:20]!r}"
        case Cited(inner, span):
            return f"{inner!r} at {span.pair}"
        case Missing(reason):
            return f"missing ({reason})"
        case _:
            return repr(value)[:60]
