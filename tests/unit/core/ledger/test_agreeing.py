"""How what several mentions say becomes one cell."""

from __future__ import annotations

from mingjian.core.ledger.agreeing import Said, agreed, all_of, derived, furthest, printed
from mingjian.core.ledger.dating import date_cell
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Missing
from mingjian.core.model.resources import Report
from mingjian.core.model.span import Span
from mingjian.core.model.things import About, Member, MentionRef, PageCard


def _said(page: str, value: str, group: str | None = None) -> Said[str]:
    nothing = Missing("no-source-in-page")
    card = PageCard(
        id=page, doc_id=page, address=page, title=nothing, source=nothing, publisher=nothing, published=nothing,
        published_from=None, published_to=None, added="2030-01-01T00:00:00Z", ai=True, doc_type="news",
        group=group or page,
    )  # fmt: skip
    fact = Report(evidence=Span(0, len(value), value), by="report.example", name=value)
    member = Member(MentionRef(page, "report", 0, len(value), page), fact, card, About())
    return Said(value, member, (Cite(page, 0, len(value), value),))


def _cited(cell: Cell[str]) -> list[str]:
    return [cite.page for cite in cell.cites]


def test_the_value_of_most_independent_sources_is_taken() -> None:
    told = [_said("a", "甲"), _said("b", "甲", "a"), _said("c", "甲", "a"), _said("d", "乙"), _said("e", "乙")]
    assert agreed(told, "not-told").value == "乙"


def test_of_values_told_as_often_the_first_is_taken() -> None:
    cell = agreed([_said("a", "甲"), _said("b", "乙")], "not-told")
    assert (cell.value, _cited(cell)) == ("甲", ["a"])


def test_all_pages_that_say_the_value_are_cited_and_no_other() -> None:
    assert _cited(agreed([_said("a", "甲"), _said("b", "乙"), _said("c", "甲")], "not-told")) == ["a", "c"]


def test_a_cell_cites_no_more_than_some_pages() -> None:
    assert _cited(agreed([_said(f"{number}", "甲") for number in range(9)], "not-told")) == list("01234")


def test_a_month_speaks_for_the_day_in_it() -> None:
    told = [_said("a", "2029-03"), _said("b", "2029-05-01"), _said("c", "2029-03-09")]
    cell = date_cell(told)
    assert (cell.value, _cited(cell)) == ("2029-03-09", ["c"])


def test_nothing_told_is_missing_with_the_reason() -> None:
    assert agreed([], "place-untold") == Cell(missing="place-untold")


def test_names_stand_in_the_order_in_which_they_were_told() -> None:
    assert [cell.value for cell in all_of([_said("a", "乙"), _said("b", "甲"), _said("c", "乙")])] == ["乙", "甲"]


def test_what_is_built_stays_built() -> None:
    order = {"planned": 0, "building": 1, "in_service": 2}
    cell = furthest([_said("a", "building"), _said("b", "in_service"), _said("c", "planned")], order, "state-untold")
    assert (cell.value, _cited(cell)) == ("in_service", ["b"])


def test_a_name_that_the_words_do_not_print_says_so() -> None:
    called = Said("河阳市数据局", _said("a", "市数局").member, _said("a", "市数局").cites)
    assert agreed([called], "not-told").basis == "canonical"
    assert agreed([_said("a", "市数局")], "not-told").basis is None


def test_what_follows_from_a_cell_rests_on_its_words() -> None:
    cell = agreed([_said("a", "甲乙")], "not-told")
    assert derived(cell, len, "no-value", "counted") == Cell(2, cell.cites, basis="counted")
    assert derived(cell, lambda _: None, "no-value").missing == "no-value"
    assert derived(agreed([], "not-told"), len, "no-value").missing == "not-told"
    assert printed(cell) == Cell("甲乙", cell.cites)
