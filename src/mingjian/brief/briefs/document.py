"""A brief as a Word document, plain or in the layout of GB/T 9704-2012: parts of a package, written as they are.

East Asian fonts are set on every run, evidence stands in real footnotes, and charts are drawn by Word itself from small
workbooks within, with the fonts of the document (docs/decisions/0031-briefs.md).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Literal, TypeAlias

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mingjian.brief.briefs.pictures import colour_of
from mingjian.brief.briefs.wording import (
    heading_number,
    item_number,
    note,
    printable_line,
    reference_words,
    web_address,
)
from mingjian.brief.ledgers.sheets import Field, Sheet, workbook_bytes
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Bars, Brief, Reference

LayoutName: TypeAlias = Literal["plain", "gbt9704"]
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_NAMES = {
    "content_types.xml": "[Content_Types].xml",
    "package_rels.xml": "_rels/.rels",
    "core.xml": "docProps/core.xml",
    "document.xml": "word/document.xml",
    "document_rels.xml": "word/_rels/document.xml.rels",
    "styles.xml": "word/styles.xml",
    "settings.xml": "word/settings.xml",
    "footnotes.xml": "word/footnotes.xml",
    "footnotes_rels.xml": "word/_rels/footnotes.xml.rels",
    "footer_odd.xml": "word/footer1.xml",
    "footer_even.xml": "word/footer2.xml",
}


class Placed(msgspec.Struct, frozen=True):
    """A chart with the number of its part and the name of the section behind which it stands."""

    number: int
    bars: Bars
    behind: str


class Linked(msgspec.Struct, frozen=True):
    """A page that a footnote names, with its address and the relation that leads there, where it is in the web."""

    words: str
    link: str
    relation: str


def render_document(brief: Brief, layout: LayoutName = "gbt9704") -> bytes:
    """The bytes of the file: the same for the same brief."""
    notes = dict(_notes(brief))
    charts = [Placed(number, bars, bars.section) for number, bars in enumerate(brief.charts, 1)]
    values = {
        "brief": brief,
        "layout": brief_settings().layouts[layout],
        "charts": charts,
        "notes": notes,
        "links": [linked for each in notes.values() for linked in each if linked.relation],
    }
    parts = {name: _render(template, values).encode() for template, name in _NAMES.items()}
    for placed in charts:
        of_chart = {**values, "placed": placed}
        parts[f"word/charts/chart{placed.number}.xml"] = _render("chart.xml", of_chart).encode()
        parts[f"word/charts/_rels/chart{placed.number}.xml.rels"] = _render("chart_rels.xml", of_chart).encode()
        parts[f"word/embeddings/chart{placed.number}.xlsx"] = _numbers(placed.bars)
    return _package(parts)


def _numbers(bars: Bars) -> bytes:
    """The workbook that a chart is drawn from: Word opens it when the numbers are edited."""
    heads = [note("category"), *(printable_line(series.name) for series in bars.series)]
    numbers = zip(*(series.values for series in bars.series), strict=True)
    rows = [
        [Field(printable_line(category)), *map(Field, values)]
        for category, values in zip(bars.categories, numbers, strict=True)
    ]
    return workbook_bytes([Sheet(name="Data", heads=heads, rows=rows)])


def _notes(brief: Brief) -> Iterator[tuple[int, tuple[Linked, ...]]]:
    count = 0
    for section in brief.sections:
        for item in section.items:
            linked = []
            for reference in item.note.references:
                count += 1
                linked.append(_linked(reference, count))
            yield item.note.number, tuple(linked)


def _linked(reference: Reference, count: int) -> Linked:
    address = web_address(reference)
    return Linked(reference_words(reference), address or reference.link, f"link{count}" if address else "")


def _render(template: str, values: dict[str, object]) -> str:
    return _environment().get_template(f"{template}.j2").render(**values).lstrip()


def _package(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            package.writestr(entry, content)
    return target.getvalue()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mingjian.brief", "templates/word"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(line=printable_line)
    environment.globals.update(note=note, heading_number=heading_number, item_number=item_number, colour_of=colour_of)
    return environment
