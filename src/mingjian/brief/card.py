"""The card: one record in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TypeAlias

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingjian.brief.wording import (
    NOTHING,
    cell,
    column_label,
    document_rows,
    fact_columns,
    field_beside,
    field_label,
    phrase,
    printable,
    summary_in_prose,
    topic_rows,
    worded,
)
from mingjian.brief.wrapping import longest_word, wrap
from mingjian.core.model.article import CarriedField
from mingjian.core.model.facts import Fact, Industry, Technology
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.text.normal import on_one_line

_WIDTH = 110
_NARROWEST, _WIDEST = 40, 160
_GAP = 2
_EVIDENCE_SHOWN = 80
_EVIDENCE_SHARE = 0.4
_SHORTEST_COLUMN = 8
_LONGEST_UNCUT = 16
HeadRow: TypeAlias = tuple[str, str, object]

_HEADS = ("title", "url", "source", "publisher", "authors", "published", "doc_type")


def render_card(record: Record, page: Page, *, colour: bool = False, width: int = _WIDTH) -> str:
    """The record as people read it: the heads first, then the facts as tables, empty kinds and columns left out."""
    width = max(_NARROWEST, min(width, _WIDEST))
    target = StringIO()
    console = Console(file=target, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    title = Text(printable(page.doc_id), style="bold")
    console.print(Panel(_heads(record, width - 4), title=title, title_align="left", box=box.HEAVY))
    for kind, columns in fact_columns():
        facts: tuple[Fact, ...] = getattr(record, kind)
        if facts:
            console.print(Text(f"\n{field_label(kind)} {len(facts)}", style="bold"))
            console.print(_table(kind, columns, facts, width))
    return "\n".join(line.rstrip() for line in target.getvalue().split("\n"))


def _heads(record: Record, width: int) -> Table:
    rows: list[HeadRow] = [(field_label(name), worded(getattr(record, name)), getattr(record, name)) for name in _HEADS]
    rows += [(label, shown, None) for label, shown, _ in topic_rows(record)]
    rows += [(field_label(name), worded(value), value) for name, value in document_rows(record)]
    if record.page_kind != "article":
        rows.insert(0, (field_label("page_kind"), worded(record.page_kind), None))
    rows.append((field_label("summary"), summary_in_prose(record), None))
    named = ("keywords", "technologies", "industries")
    rows += [(field_label(name), "、".join(dict.fromkeys(map(_name, getattr(record, name)))), None) for name in named]
    rows.append((field_label("digest"), "".join(sentence.text for sentence in record.digest), None))
    if record.damage:
        rows.append((field_label("damage"), worded(record.damage), None))
    rows = list(_beside(rows, record.carried))
    labels = max(cell_len(label) for label, _, _ in rows)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(style="bold", no_wrap=True, width=labels)
    table.add_column()
    for label, shown, value in rows:
        style = "dim" if isinstance(value, Missing) else ""
        table.add_row(label, _wrapped(shown or NOTHING, width - labels - 2 * _GAP, style))
    return table


def _beside(rows: Iterable[HeadRow], carried: Sequence[CarriedField]) -> Iterator[HeadRow]:
    """The rows, each with what the page itself carries of it below, and the page's other fields at the end."""
    beside: dict[str, list[CarriedField]] = {}
    for field in carried:
        beside.setdefault(field_label(field_beside(field.label)), []).append(field)
    for row in rows:
        yield row
        for field in beside.pop(row[0], ()):
            yield phrase("carried"), _values(field), None
    for fields in beside.values():
        for field in fields:
            yield phrase("carried"), f"{field.label}：{_values(field)}", None


def _values(field: CarriedField) -> str:
    return "、".join(_joined(value.text) for value in field.values)


def _joined(words: str) -> str:
    return " ".join(on_one_line(words).split())


def _name(value: Technology | Industry | Cited[str]) -> str:
    if isinstance(value, Cited):
        return value.value
    return (value.canonical or value.name) if isinstance(value, Industry) else value.name


def _table(kind: str, columns: Sequence[str], facts: Sequence[Fact], width: int) -> Table:
    """One row a fact; the words that state it come last, with the place where they stand."""
    shown = [name for name in columns if name != "evidence" and any(cell(fact, name) for fact in facts)]
    heads = [column_label(name, kind) for name in shown]
    rows = [[cell(fact, name) for name in shown] for fact in facts]
    if "evidence" in columns:
        heads.append(column_label("evidence"))
        for row, fact in zip(rows, facts, strict=True):
            row.append(_shortened(fact.evidence.text))
    heads.append(phrase("position"))
    for row, fact in zip(rows, facts, strict=True):
        printed = phrase("printed_page", page=fact.evidence.place.page) + " " if fact.evidence.place else ""
        row.append(f"{printed}{fact.evidence.start}:{fact.evidence.end}")
    widths = _widths(heads, rows, width, last_is_long="evidence" in columns)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, _GAP, 0, 0), pad_edge=False)
    for head, room in zip(heads, widths, strict=True):
        table.add_column(_wrapped(head, room, "bold"), width=room, no_wrap=True)
    for row in rows:
        cells = [_wrapped(value, room, "") for value, room in zip(row[:-1], widths[:-1], strict=True)]
        table.add_row(*cells, Text(row[-1], style="dim"))
    return table


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, last_is_long: bool) -> list[int]:
    """The room of each column: what it needs, or less for the widest so that all fit; the place is never cut."""
    columns = [(head, *column) for head, column in zip(heads, zip(*rows, strict=True), strict=True)]
    needed = [max(cell_len(value) for value in column) for column in columns]
    room = width - (_GAP + 1) * (len(heads) - 1) - needed.pop()
    if last_is_long and sum(needed) > room:
        needed[-1] = min(needed[-1], max(int(room * _EVIDENCE_SHARE), room - sum(needed[:-1])))
    words = [max(longest_word(value) for value in column) for column in columns]
    shortest = [max(_SHORTEST_COLUMN, min(word, _LONGEST_UNCUT)) for word in words[:-1]]
    while sum(needed) > room and any(need > least for need, least in zip(needed, shortest, strict=True)):
        spare = [need - least for need, least in zip(needed, shortest, strict=True)]
        fixed = last_is_long and max(spare[:-1], default=0) > 0
        needed[spare.index(max(spare[:-1] if fixed else spare))] -= 1
    return [*needed, max(cell_len(value) for value in columns[-1])]


def _wrapped(text: str, width: int, style: str) -> Text:
    return Text("\n".join(printable(line) for line in wrap(text, width)), style=style)


def _shortened(words: str) -> str:
    joined = _joined(words)
    return joined if len(joined) <= _EVIDENCE_SHOWN else joined[: _EVIDENCE_SHOWN - 1] + "…"
