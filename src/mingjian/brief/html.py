"""One self-contained page a record: the text on the left, its facts on the right, each lighting up the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mingjian.brief.wording import column_label, fact_columns, field_label, worded
from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Span

_HEADS = ("title", "url", "source", "publisher", "authors", "published", "editors", "account_name")
_NAME_LENGTH = 60


class Row(msgspec.Struct, frozen=True):
    """One thing on the right: its key, its cells, the words that state it, and all places that it lights up."""

    key: str
    cells: tuple[tuple[str, str], ...]
    words: str
    layer: str
    by: str
    pairs: tuple[Pair, ...]


class Segment(msgspec.Struct, frozen=True):
    """A run of the text under the same rows; ``dropped`` where it is not the article."""

    text: str
    keys: str
    dropped: bool


def render_page(record: Record, page: Page) -> str:
    """The whole HTML document; it needs no network, and without scripts the text and facts can still be read."""
    sections = list(_sections(record))
    rows = [row for _, rows in sections for row in rows]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=worded(record.title) if isinstance(record.title, Cited) else page.doc_id,
            record=record,
            doc_id=page.doc_id,
            summary="".join(span.text for span in record.summary),
            digest="".join(sentence.text for sentence in record.digest),
            sections=sections,
            segments=list(_segments(page.text, rows, record)),
            label=field_label,
        )
    )


def render_index(entries: Sequence[tuple[str, str, Record]]) -> str:
    """The list of all pages of a run: file name, page and record each."""
    rows = [(name, doc_id, worded(record.title), worded(record.published), record) for name, doc_id, record in entries]
    return _environment().get_template("index.html.j2").render(rows=rows, label=field_label)


def page_file_name(record: Record, page: Page) -> str:
    """A file name that tells the page and is unlike any other record's.

    >>> _slug("examples/pages/01 甲.txt")
    '01_甲'
    """
    return f"{_slug(page.doc_id)}-{record.id[:8]}.html"


def _slug(doc_id: str) -> str:
    name = re.sub(r"[^\w\-#.]+", "_", doc_id.rsplit("/", 1)[-1]).replace("#", "_")
    return re.sub(r"\.(txt|html?|md|gz)\b", "", name)[:_NAME_LENGTH].strip("._") or "page"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mingjian.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _sections(record: Record) -> Iterator[tuple[str, list[Row]]]:
    yield "record", list(_head_rows(record))
    for kind, columns in fact_columns():
        facts: tuple[Fact, ...] = getattr(record, kind)
        if facts:
            yield kind, [_fact_row(f"{kind}-{index}", fact, columns) for index, fact in enumerate(facts)]


def _head_rows(record: Record) -> Iterator[Row]:
    for name in _HEADS:
        value: Outcome[str] | tuple[Cited[str], ...] = getattr(record, name)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            cells = ((field_label(name), worded(item)),)
            if isinstance(item, Cited):
                span = item.evidence
                yield Row(f"{name}-{index}", cells, span.text, span.layer, item.by, _text_pairs((span, *item.support)))
            else:
                yield Row(f"{name}-{index}", cells, "", "text", "", ())
    for index, keyword in enumerate(record.keywords):
        span = keyword.evidence
        cells = ((field_label("keywords"), keyword.value),)
        yield Row(f"keyword-{index}", cells, span.text, span.layer, keyword.by, _text_pairs((span,)))


def _fact_row(key: str, fact: Fact, columns: tuple[str, ...]) -> Row:
    values = ((column_label(name), getattr(fact, name)) for name in columns if name != "evidence")
    cells = tuple((label, worded(value)) for label, value in values if value not in (None, (), ""))
    places = fact.mentions if isinstance(fact, Mentioned) and fact.mentions else ()
    pairs = {*_text_pairs((fact.evidence, *fact.support)), *places}
    return Row(key, cells, fact.evidence.text, fact.evidence.layer, fact.by, tuple(sorted(pairs)))


def _text_pairs(spans: Iterable[Span]) -> tuple[Pair, ...]:
    return tuple(pair for span in spans if span.layer == "text" for pair in (span.pair, *span.also))


def _segments(text: str, rows: Sequence[Row], record: Record) -> Iterator[Segment]:
    """The text cut wherever the set of rows that cite it changes."""
    changes: dict[int, list[tuple[bool, str]]] = {0: [], len(text): []}
    marks = [(pair, row.key) for row in rows for pair in row.pairs]
    marks += [((block.start, block.end), "") for block in record.boilerplate]
    for (start, end), key in marks:
        changes.setdefault(start, []).append((True, key))
        changes.setdefault(end, []).append((False, key))
    active: dict[str, int] = {}
    places = sorted(changes)
    for start, end in pairwise(places):
        for opens, key in changes[start]:
            active[key] = active.get(key, 0) + (1 if opens else -1)
        keys = [key for key, count in active.items() if count > 0]
        yield Segment(text[start:end], " ".join(sorted(key for key in keys if key)), "" in keys)
