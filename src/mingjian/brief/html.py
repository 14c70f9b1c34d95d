"""One self-contained page a record: the text on the left, its facts on the right, each lighting up the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mingjian.brief.explaining import Block, blocks_of, heads_of, passage_of, rule_in_full
from mingjian.brief.wording import (
    NOTHING,
    cell,
    column_label,
    document_rows,
    fact_columns,
    field_beside,
    field_label,
    group_label,
    group_of_kind,
    layer_label,
    phrase,
    summary_in_prose,
    topic_rows,
    worded,
)
from mingjian.core.model.explanation import Explanation
from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Span
from mingjian.core.pipeline.explaining import explain_all
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.normal import on_one_line

_HEADS = ("title", "url", "source", "publisher", "authors", "published", "editors", "account_name")
_GROUPS = ("figures", "policies", "events", "quotes", "actions", "record", "names")  # the first that cites colours
_COUNTED = ("events", "policies", "targets", "statistics", "measures", "quotes")
_NAME_LENGTH = 60


class Row(msgspec.Struct, frozen=True):
    """One thing on the right: its key, its cells, the words that state it, and all places that it lights up."""

    key: str
    cells: tuple[tuple[str, str], ...]
    evidence: Span | None
    by: str
    pairs: tuple[Pair, ...]
    why: Why | None = None


class Why(msgspec.Struct, frozen=True):
    """The explanation of a fact in words: its passage in pieces, each with whether it is evidence, and its blocks."""

    heads: tuple[str, ...]
    passage: tuple[tuple[str, bool], ...]
    blocks: tuple[Block, ...]


class Section(msgspec.Struct, frozen=True):
    """The rows of one kind, under its label and in the colour of its group."""

    kind: str
    label: str
    group: str
    rows: tuple[Row, ...]


class Segment(msgspec.Struct, frozen=True):
    """A run of the text under the same rows, in the colour of a group; ``dropped`` where it is not the article."""

    start: int
    text: str
    keys: str
    group: str
    dropped: bool


class Listed(msgspec.Struct, frozen=True):
    """What the list of pages shows of one."""

    file_name: str
    doc_id: str
    title: str
    published: str
    source: str
    counts: tuple[int, ...]
    undated: bool
    unsourced: bool


def render_page(record: Record, page: Page, book: Rulebook | None = None) -> str:
    """The whole HTML document; it needs no network, and without scripts the text and facts can still be read.

    Every fact is explained by ``book``, the rules that made the record.
    """
    explained = explain_all(record, page, book or bundled_rulebook())
    sections = list(sections_of(record, {key: _why(one) for key, one in explained.items()}))
    rules = {rule.id: rule for one in explained.values() for rule in one.rules}
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=worded(record.title) if isinstance(record.title, Cited) else page.doc_id,
            record=record,
            doc_id=page.doc_id,
            sections=sections,
            rules=[rule_in_full(rules[name]) for name in sorted(rules)],
            groups=[name for name in _GROUPS if any(section.group == name for section in sections)],
            segments=list(segments_of(page.text, sections, record)),
        )
    )


def listed(record: Record, page: Page, file_name: str) -> Listed:
    """The page's line in the list of all pages."""
    counts = tuple(len(getattr(record, kind)) for kind in _COUNTED)
    title = worded(record.title) if isinstance(record.title, Cited) else page.doc_id
    return Listed(
        file_name,
        page.doc_id,
        title,
        worded(record.published),
        worded(record.source),
        counts,
        isinstance(record.published, Missing),
        isinstance(record.source, Missing),
    )


def render_index(entries: Sequence[Listed]) -> str:
    """The list of all pages of a run."""
    return _environment().get_template("index.html.j2").render(entries=entries, counted=_COUNTED)


def page_file_name(record: Record, page: Page) -> str:
    """A file name that tells the page and is unlike that of any other bytes.

    >>> _slug("examples/pages/01 甲.txt")
    '01_甲'
    """
    return f"{_slug(page.doc_id)}-{record.id[:8]}.html"


def _slug(doc_id: str) -> str:
    name = re.sub(r"[^\w\-#.]+", "_", doc_id.rsplit("/", 1)[-1]).replace("#", "_")
    return re.sub(r"\.(txt|html?|md|gz)\b", "", name)[:_NAME_LENGTH].strip("._") or "page"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mingjian.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["one_line"] = on_one_line
    environment.globals.update(label=field_label, group_label=group_label, layer_label=layer_label, phrase=phrase)
    environment.globals.update(worded=worded)
    return environment


def _why(explanation: Explanation) -> Why:
    return Why(tuple(heads_of(explanation)[1:]), passage_of(explanation), blocks_of(explanation))


def sections_of(record: Record, whys: Mapping[str, Why]) -> Iterator[Section]:
    """What stands beside the text, kind by kind in the order in which people read; ``whys`` tell why each is there."""
    yield Section("summary", field_label("summary"), "", tuple(_summary_rows(record)))
    yield Section("digest", field_label("digest"), "", tuple(_digest_rows(record)))
    yield Section("relevance", field_label("relevance"), "", tuple(_topic_rows(record)))
    yield Section("record", group_label("record"), "record", tuple(_head_rows(record)))
    if record.carried:
        yield Section("carried", phrase("carried"), "record", tuple(_carried_rows(record)))
    for kind, columns in fact_columns():
        facts: tuple[Fact, ...] = getattr(record, kind)
        if facts:
            rows = (_fact_row(kind, f"{kind}-{index}", fact, columns) for index, fact in enumerate(facts))
            whole = tuple(
                msgspec.structs.replace(row, why=whys.get(fact.id)) for row, fact in zip(rows, facts, strict=True)
            )
            yield Section(kind, field_label(kind), group_of_kind(kind), whole)


def _summary_rows(record: Record) -> Iterator[Row]:
    for index, span in enumerate(record.summary):
        yield Row(f"summary-{index}", (), span, "", _text_pairs((span,)))


def _digest_rows(record: Record) -> Iterator[Row]:
    for index, sentence in enumerate(record.digest):
        yield Row(f"digest-{index}", (("", sentence.text),), None, "", _text_pairs(sentence.support))


def _topic_rows(record: Record) -> Iterator[Row]:
    """What the page is about; each lights up the words that made its score."""
    for index, (label, shown, topic) in enumerate(topic_rows(record)):
        pairs = _text_pairs(word.evidence for word in topic.words)
        yield Row(f"relevance-{index}", ((label, shown),), None, "", tuple(sorted(set(pairs))))


def _head_rows(record: Record) -> Iterator[Row]:
    for name in _HEADS:
        value: Outcome[str] | tuple[Cited[str], ...] = getattr(record, name)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            cells = ((field_label(name), worded(item)),)
            if isinstance(item, Cited):
                pairs = _text_pairs((item.evidence, *item.support))
                yield Row(f"{name}-{index}", cells, item.evidence, item.by, pairs)
            else:
                yield Row(f"{name}-{index}", cells, None, "", ())
    for name, stated in document_rows(record):
        pairs = _text_pairs((stated.evidence,))
        yield Row(f"document-{name}", ((field_label(name), worded(stated)),), stated.evidence, stated.by, pairs)
    for index, keyword in enumerate(record.keywords):
        cells = ((field_label("keywords"), keyword.value),)
        yield Row(f"keyword-{index}", cells, keyword.evidence, keyword.by, _text_pairs((keyword.evidence,)))


def _carried_rows(record: Record) -> Iterator[Row]:
    """The fields that the page itself carries, each with our value beside it."""
    for index, field in enumerate(record.carried):
        name = field_beside(field.label)
        own = ((phrase("own"), _own(record, name)),) if name else ()
        values = "、".join(value.text for value in field.values)
        cells = (*own, (f"{phrase('carried')} {field.label}", values))
        yield Row(f"carried-{index}", cells, field.evidence, field.by, _text_pairs((field.evidence,)))


def _own(record: Record, name: str) -> str:
    """Our value of a field, in words."""
    value: object = getattr(record, name)
    if name == "summary":
        return summary_in_prose(record) or NOTHING
    if not isinstance(value, tuple):
        return worded(value)
    words = "" if name == "digest" else "、"
    return words.join(_plain(item) for item in value) or NOTHING


def _plain(item: object) -> str:
    return next((str(getattr(item, part)) for part in ("name", "value", "text") if hasattr(item, part)), str(item))


def _fact_row(kind: str, key: str, fact: Fact, columns: tuple[str, ...]) -> Row:
    values = ((column_label(name, kind), cell(fact, name)) for name in columns if name != "evidence")
    places = fact.mentions if isinstance(fact, Mentioned) and fact.mentions else ()
    pairs = {*_text_pairs((fact.evidence, *fact.support)), *places}
    return Row(key, tuple(pair for pair in values if pair[1]), fact.evidence, fact.by, tuple(sorted(pairs)))


def _text_pairs(spans: Iterable[Span]) -> tuple[Pair, ...]:
    return tuple(pair for span in spans if span.layer == "text" for pair in (span.pair, *span.also))


def segments_of(text: str, sections: Iterable[Section], record: Record) -> Iterator[Segment]:
    """The text cut wherever the set of rows that cite it changes."""
    changes: dict[int, list[tuple[bool, str, str]]] = {0: [], len(text): []}
    marks = [(pair, row.key, section.group) for section in sections for row in section.rows for pair in row.pairs]
    marks += [((block.start, block.end), "", "dropped") for block in record.boilerplate]
    for (start, end), key, group in marks:
        changes.setdefault(start, []).append((True, key, group))
        changes.setdefault(end, []).append((False, key, group))
    active: dict[tuple[str, str], int] = {}
    for start, end in pairwise(sorted(changes)):
        for opens, key, group in changes[start]:
            active[key, group] = active.get((key, group), 0) + (1 if opens else -1)
            if not active[key, group]:
                del active[key, group]
        groups = {group for _, group in active}
        colour = next((group for group in _GROUPS if group in groups), "")
        keys = " ".join(sorted(key for key, _ in active if key))
        yield Segment(start, text[start:end], keys, colour, "dropped" in groups)
