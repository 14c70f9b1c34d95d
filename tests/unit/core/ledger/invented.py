"""Invented pages of invented outlets about targets, statistics and documents of real places, and their ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName, rows_of
from mingjian.core.model.ledger.cells import Row

R = TypeVar("R", bound=Row)


def page(title: str, day: str, source: str, text: str) -> str:
    """A page with a title, a source and a day."""
    return f"{title}\n来源：{source} {day}\n{text}"


PLAN = page(
    "云港发布算力规划",
    "2023-05-10",
    "岚讯网",
    "5月9日，广东省人民政府印发《广东省算力发展行动计划（2023—2025年）》。计划提出，到2025年，"
    "广东省智能算力规模达到30EFLOPS以上，人工智能核心产业规模超过3000亿元。",
)
RESULT = page(
    "算力快报",
    "2026-01-20",
    "泊川日报",
    "截至2025年底，广东省智能算力规模达到35EFLOPS，人工智能核心产业规模2800亿元。",
)


def rows(books: Books, name: LedgerName, of: type[R], day: Day) -> list[R]:
    """All rows of a ledger on a day."""
    ledger = LEDGERS[name]
    found = rows_of(books, ledger, Asked(kind=ledger.kind), day)
    return [row for row in found if isinstance(row, of)]


def ledger_of(texts: Mapping[str, str], name: LedgerName, of: type[R], day: str = "2027-03-01") -> list[R]:
    """All rows of a ledger of these pages, on a day."""
    return rows(shelf(texts), name, of, Day(day))
