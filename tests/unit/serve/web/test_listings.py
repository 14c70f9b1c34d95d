"""Ledgers as lists: values with their words, reasons, bases, and heads that sort."""

from __future__ import annotations

import msgspec
from tests.unit.brief.ledgers.made import PAGE, cite, organisation, statistic, table

from mingjian.brief.ledgers.columns import columns_of as ledger_columns
from mingjian.core.model.ledger.cells import Cell
from mingjian.serve.web.listings import Sorting, columns_of, lines_of
from mingjian.serve.web.parts import Shown

LIST = table(statistic("120", "2025-03"), ledger="statistics")


def cells(name: str) -> tuple[Shown, ...]:
    at = [column.key for column in columns_of(LIST)].index(name)
    return lines_of(LIST)[0].cells[at]


def test_a_value_carries_its_words_and_where_they_stand() -> None:
    (shown,) = cells("metric")
    assert shown.text == "产业规模"
    assert [(one.words, one.href) for one in shown.cites] == [("产业规模", f"/pages/{PAGE}#s=3,7")]


def test_what_is_missing_says_why() -> None:
    (shown,) = cells("region")
    assert (shown.text, shown.missing) == ("", "各页都没有提到")


def test_a_coded_value_is_named_and_its_basis_told() -> None:
    (shown,) = cells("unit")
    assert (shown.text, shown.basis) == ("元", "换算所得")


def test_a_row_leads_to_its_page_by_its_name() -> None:
    columns = columns_of(LIST)
    assert [column.key for column in columns if column.head] == ["name"]
    assert lines_of(LIST)[0].href == f"/statistics/{0:016x}"
    assert lines_of(LIST, lambda ledger, thing: f"/x/{ledger}/{thing}")[0].href == f"/x/statistics/{0:016x}"


def test_no_more_words_than_a_card_holds() -> None:
    names = Cell("甲", tuple(cite("甲", f"{number:016x}") for number in range(9)))
    row = msgspec.structs.replace(organisation("甲"), names=(names,))
    listed = table(row)
    at = [column.name for column in ledger_columns(type(row))].index("names")
    (shown,) = lines_of(listed)[0].cells[at]
    assert (len(shown.cites), shown.more) == (3, 6)


def test_a_head_sorts_and_turns_round() -> None:
    def asked(by: str) -> str:
        return f"?sort={by}"

    up = {column.key: column for column in columns_of(LIST, Sorting("latest_as_of", False, asked))}
    down = {column.key: column for column in columns_of(LIST, Sorting("latest_as_of", True, asked))}
    assert (up["latest_as_of"].order, up["latest_as_of"].href) == ("ascending", "?sort=-latest_as_of")
    assert (down["latest_as_of"].order, down["latest_as_of"].href) == ("descending", "?sort=latest_as_of")
    assert (up["name"].order, up["name"].href) == (None, "?sort=name")


def test_a_number_stands_with_its_unit_and_without_it_where_the_unit_has_a_column() -> None:
    row = msgspec.structs.replace(statistic("0.9", "2025-03"), unit=Cell("ratio", (cite("90%"),), basis="normalised"))
    whole = table(row, ledger="statistics")
    names = [column.name for column in whole.columns]
    assert lines_of(whole)[0].cells[names.index("latest")][0].text == "0.9"
    narrow = msgspec.structs.replace(whole, columns=tuple(one for one in whole.columns if one.name != "unit"))
    at = [column.name for column in narrow.columns].index("latest")
    assert lines_of(narrow)[0].cells[at][0].text == "90%"
    assert lines_of(whole)[0].cells[names.index("unit")][0].text == "比值（1 即 100%）"


def test_words_that_are_the_name_are_not_told_twice() -> None:
    row = statistic("120", "2025-03")
    row = msgspec.structs.replace(row, name=row.printed.value or "")
    listed = table(row, ledger="statistics")
    at = [column.name for column in listed.columns].index("printed")
    assert lines_of(listed)[0].cells[at] == (Shown(missing="没有数值"),)
