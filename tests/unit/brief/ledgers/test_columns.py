"""Every row of every ledger has columns, whatever its struct holds."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import get_args

import msgspec
import pytest
from tests.unit.brief.ledgers.made import organisation, statistic

from mingjian.brief.ledgers.columns import DATED, Column, Entry, columns_of, entries_of
from mingjian.brief.ledgers.compared import ComparedRow
from mingjian.brief.ledgers.listed import FactRow, PageRow, ThingRow
from mingjian.brief.ledgers.matched import MatchedRow
from mingjian.brief.ledgers.tables import chosen_columns, evidence_of, shown, sorted_rows, table_of_rows
from mingjian.brief.wording import labels, phrase
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.model.facts import RelationType
from mingjian.core.model.ledger import rows
from mingjian.core.model.ledger.cells import Cell, Cite, Row
from mingjian.errors import QuestionError

ROW_TYPES = [one for one in vars(rows).values() if isinstance(one, type) and issubclass(one, Row) and one is not Row]

TABLED: dict[str, type[msgspec.Struct]] = {
    **{name: ledger.row_type for name, ledger in LEDGERS.items()},
    "compared": ComparedRow,
    "matched": MatchedRow,
    "pages": PageRow,
    "facts": FactRow,
    "things": ThingRow,
}


def _all(columns: tuple[Column, ...]) -> set[str]:
    return {column.name for column in columns} | {name for column in columns for name in _all(column.inner)}


@pytest.mark.parametrize("row_type", ROW_TYPES, ids=lambda kind: str(kind.__name__))
def test_every_field_of_a_row_is_a_column(row_type: type[Row]) -> None:
    columns = columns_of(row_type)
    names = [column.name for column in columns]
    assert len(names) == len(set(names))
    assert set(row_type.__struct_fields__) - {"facets"} <= set(names)
    assert names[:2] == ["id", "name"]


@pytest.mark.parametrize("name", TABLED)
def test_no_two_columns_are_called_alike(name: str) -> None:
    called = table_of_rows(name, TABLED[name], (), (lambda _: None, "2026-04-02")).labels()
    called += [phrase("ledger_evidence"), phrase("ledger_link")]
    assert [one for one, times in Counter(called).items() if times > 1] == []


def test_every_dated_column_is_one_of_some_ledger() -> None:
    every = {name for row_type in ROW_TYPES for name in _all(columns_of(row_type))}
    assert sorted(DATED - every) == []


def test_every_column_that_a_terminal_shows_is_one_of_the_ledger() -> None:
    told = labels()["ledger"]["shown"]
    row_types: dict[str, type[msgspec.Struct]] = {ledger.name: ledger.row_type for ledger in LEDGERS.values()}
    row_types |= {"compared": ComparedRow, "matched": MatchedRow}
    assert set(told) == set(row_types)
    for name, row_type in row_types.items():
        assert set(told[name]) <= {column.name for column in columns_of(row_type)}, name


def test_entries_hold_values_words_and_tables() -> None:
    row = statistic("3.5", "2024-02")
    entries = {entry.column.name: entry for entry in entries_of(row, columns_of(type(row)))}
    assert entries["latest"].first.value == Decimal("3.5")
    assert entries["region"].first.missing == "not-told"
    assert [inner[0].first.value for inner in entries["points"].rows] == ["2024-02", "2024-02"]
    assert shown(entries["unit"]) == "元"
    assert shown(entries["technologies"]) == "人工智能"
    assert shown(entries["regions"]) == "广东省"
    cited = {one.column for one in evidence_of(entries.values(), "statistics")}
    assert {"latest", "points.0.value", "points.1.as_of"} <= cited


def test_rows_are_sorted_by_a_column_and_empty_ones_are_last() -> None:
    found = [statistic(value, "2024") for value in ("10", "9", "100")]
    by = {column.name: column for column in columns_of(type(found[0]))}
    values = [each.latest.value for each in sorted_rows(found, by["latest"], backward=False)]  # type: ignore[attr-defined]
    assert values == [9, 10, 100]
    backward = sorted_rows(found, by["latest"], backward=True)
    assert [each.latest.value for each in backward] == [100, 10, 9]  # type: ignore[attr-defined]
    assert sorted_rows(found, by["region"], backward=False) == found


def test_an_unknown_column_is_told_with_the_nearest() -> None:
    row_type = type(organisation("甲"))
    assert [column.name for column in chosen_columns(row_type, ["type", "名称"])] == ["type", "name"]
    with pytest.raises(QuestionError, match="mentions"):
        chosen_columns(row_type, ["mention"])


def test_a_relation_reads_from_the_end_that_its_row_stands_at() -> None:
    name = Cell("甲市行动方案", (Cite("p", 0, 6, "甲市行动方案"),))
    columns = {column.name: column for column in columns_of(rows.PolicyRow)}
    told = {
        backward: shown(Entry(columns["lineage"], rows=(entries_of(one, columns["lineage"].inner),)))
        for backward in (False, True)
        for one in (rows.Related(relation="implements", cell=name, thing="t", backward=backward),)
    }
    assert told == {False: "落实 甲市行动方案", True: "由 甲市行动方案 落实"}


def test_every_relation_of_documents_reads_from_both_ends() -> None:
    forms = labels()["ledger"]["backward"]
    assert set(forms) == set(get_args(RelationType))
    assert all("{name}" in form for form in forms.values())


def test_the_days_of_a_post_are_told_as_a_span() -> None:
    title = Cell("主任", (Cite("p", 0, 2, "主任"),))
    untold: Cell[str] = Cell(missing="not-told")
    post = rows.HeldPost(
        affiliation=untold, title=title, status=untold, first_seen="2024-02-11", last_seen="2026-02-11"
    )
    column = next(one for one in columns_of(rows.PersonRow) if one.name == "posts")
    assert shown(Entry(column, rows=(entries_of(post, column.inner),))) == "主任 2024-02-11 至 2026-02-11"
    once = msgspec.structs.replace(post, last_seen="2024-02-11")
    assert shown(Entry(column, rows=(entries_of(once, column.inner),))) == "主任 2024-02-11"
