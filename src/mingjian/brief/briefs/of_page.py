"""One page as a document: what it says of itself, and its facts, each with a footnote of its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingjian.brief.html import Row, Section, sections_of
from mingjian.brief.wording import fact_columns, field_label, phrase, title_or_place, worded
from mingjian.core.model.brief import Brief, Footnote, Item, Part, Reference, Scope, SectionName, Sentence
from mingjian.core.model.brief import Section as Told
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import value_of
from mingjian.core.model.record import Record
from mingjian.core.text.normal import on_one_line

_MOST = 200
_HEADS = ("source", "publisher", "published", "authors")
_NAMES: Mapping[str, SectionName] = {
    "events": "events",
    "policies": "policies",
    "targets": "targets",
    "quotes": "quotes",
}
"""What sections of a document are called within, by the kind of facts; the others are numbers."""


def page_as_document(record: Record, kept: KeptPage, day: str) -> Brief:
    """The page as a document is written of it on a day (ISO): the first facts of each kind, at most 200."""
    kinds = {kind for kind, _ in fact_columns()}
    sections: list[Told] = []
    number = 0
    for section in sections_of(record, {}):
        if section.kind not in kinds:
            continue
        rows = [row for row in section.rows if row.evidence is not None]
        items = tuple(_items(record, kept, section, rows[:_MOST], number))
        number += len(items)
        name = _NAMES.get(section.kind, "numbers")
        sections.append(Told(name, section.label, items, len(rows) - len(items)))
    return Brief(
        title=title_or_place(value_of(record.title), kept.doc_id),
        lines=tuple(_lines(record, kept)),
        sections=tuple(sections),
        timeline=None,
        charts=(),
        remark=phrase("page_remark"),
        scope=Scope(day=day, since=day, until=day),
    )


def _lines(record: Record, kept: KeptPage) -> Iterator[str]:
    """What the page says of itself, where it stands, and its digest."""
    for name in _HEADS:
        value = getattr(record, name)
        if value and (name == "authors" or value_of(value) is not None):
            yield phrase("page_head", label=field_label(name), value=worded(value))
    yield phrase("page_head", label=field_label("url"), value=kept.address)
    yield from (sentence.text for sentence in record.digest)


def _items(record: Record, kept: KeptPage, section: Section, rows: list[Row], number: int) -> Iterator[Item]:
    for at, row in enumerate(rows, 1):
        words = row.evidence
        if words is None:
            continue
        cite = Cite(kept.id, words.start, words.end, words.text, words.layer)
        cells = phrase("page_between").join(f"{name} {value}".strip() for name, value in row.cells)
        told = (Part(phrase("page_cells", cells=cells), "fixed"),) if cells else ()
        sentence = Sentence(
            parts=(*told, Part(on_one_line(words.text), "words", (cite,))),
            frame=section.kind,
            thing="",
            said=words.text,
        )
        yield Item(sentence, Footnote(number + at, (_reference(record, kept, cite),)))


def _reference(record: Record, kept: KeptPage, cite: Cite) -> Reference:
    return Reference(
        page=kept.id,
        title=value_of(record.title),
        source=value_of(record.source) or value_of(record.publisher),
        published=(value_of(record.published) or "")[:10] or None,
        link=kept.address,
        cites=(cite,),
    )
