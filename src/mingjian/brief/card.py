"""The card: one record in a terminal."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingjian.brief.wording import NOTHING, column_label, fact_columns, field_label, worded
from mingjian.core.model.facts import Fact, Industry, Technology
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record

_WIDTH = 110
_EVIDENCE_SHOWN = 60


def render_card(record: Record, page: Page, *, colour: bool = False) -> str:
    """The record as people read it: the heads first, then the facts as tables, empty kinds left out."""
    target = StringIO()
    console = Console(file=target, width=_WIDTH, force_terminal=colour, no_color=not colour, highlight=False)
    console.print(Panel(_heads(record), title=Text(page.doc_id), title_align="left", box=box.HEAVY))
    for kind, columns in fact_columns():
        facts: tuple[Fact, ...] = getattr(record, kind)
        if facts:
            console.print(_table(kind, columns, facts))
    return target.getvalue()


def _heads(record: Record) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name in ("title", "url", "source", "publisher", "authors", "published", "doc_type", "ai_relevant"):
        table.add_row(field_label(name), Text(worded(getattr(record, name))))
    table.add_row(field_label("summary"), Text("".join(span.text for span in record.summary) or NOTHING))
    for name in ("keywords", "technologies", "industries"):
        values = getattr(record, name)
        table.add_row(field_label(name), Text("、".join(_name(value) for value in values) or NOTHING))
    table.add_row(field_label("digest"), Text("".join(sentence.text for sentence in record.digest) or NOTHING))
    return table


def _name(value: Technology | Industry | Cited[str]) -> str:
    return value.value if isinstance(value, Cited) else value.name


def _table(kind: str, columns: tuple[str, ...], facts: tuple[Fact, ...]) -> Table:
    shown = [name for name in columns if any(getattr(fact, name) not in (None, (), "") for fact in facts)]
    table = Table(title=f"{field_label(kind)}（{len(facts)}）", title_justify="left", box=box.SIMPLE_HEAD)
    for name in shown:
        table.add_column(column_label(name), overflow="fold")
    for fact in facts:
        table.add_row(*(Text(_cell(fact, name)) for name in shown))
    return table


def _cell(fact: Fact, name: str) -> str:
    if name != "evidence":
        return worded(getattr(fact, name))
    words = " ".join(fact.evidence.text.split())
    shown = words if len(words) <= _EVIDENCE_SHOWN else words[: _EVIDENCE_SHOWN - 1] + "…"
    return f"{shown} [{fact.evidence.start}:{fact.evidence.end}]"
