"""Rows of ledgers, built from pages written here: every cell cites words of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TypeVar

import msgspec
import pytest
from tests.unit.core.ledger.invented import PLAN, RESULT
from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.brief.wording import labels
from mingjian.core.books import MOST, Asked, Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName, facets_of, rows_of
from mingjian.core.ledger.remembering import RememberingBooks
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.cells import Cell, Row
from mingjian.core.model.ledger.rows import (
    ActionRow,
    ComputeRow,
    EventRow,
    FundRow,
    MeasureRow,
    PersonRow,
    QuoteRow,
    ReportRow,
    StandardRow,
)
from mingjian.core.model.things import Member

R = TypeVar("R", bound=Row)
_DAY = Day("2031-01-01")
_PAGES = {
    "early": """遵义推进智能算力建设

2029-03-05 09:00  来源:河阳日报

　　3月4日，遵义市数据局印发《遵义市智能算力发展行动计划（2029—2031年）》。
　　河阳市数据局局长岑望舒表示，“要把算力用到工厂里去，让人工智能帮得上忙。”
　　河阳智算中心算力规模达到500PFLOPS（FP16）。
　　遵义市设立规模20亿元的人工智能产业基金。
""",
    "late": """一份算力计划

2029-03-07 10:00  来源:云岚晚报

　　遵义市数据局近日印发《遵义市智能算力发展行动计划（2029—2031年）》。河阳市数据局原局长岑望舒参加会议。
　　望舒科技有限公司3月6日发布大模型“岚语”。
""",
    "later": """算力之外

2029-06-01 10:00  来源:云岚晚报

　　云岚研究院2029年5月发布《岚湖人工智能应用研究报告》。
　　国家标准《岚湖人工智能术语》（GB/T 99999—2029）由岚湖标准化研究院起草，人工智能企业参与。
""",
}


@pytest.fixture(scope="module")
def books() -> Shelf:
    return shelf(_PAGES)


def _rows(books: Shelf, name: LedgerName, kind: type[R], day: Day = _DAY) -> list[R]:
    ledger = LEDGERS[name]
    rows = list(rows_of(books, ledger, Asked(kind=ledger.kind), day))
    assert all(type(row) is ledger.row_type for row in rows)
    return [row for row in rows if isinstance(row, kind)]


def _every_cell(books: Shelf) -> list[Cell[object]]:
    ledgers = LEDGERS.values()
    rows = [row for each in ledgers for row in rows_of(books, each, Asked(kind=each.kind, ai=False), _DAY)]
    return [cell for row in rows for cell in _cells(row)]


def _cells(value: object) -> Iterator[Cell[object]]:
    if isinstance(value, Cell):
        yield value
    elif isinstance(value, tuple):
        yield from (cell for each in value for cell in _cells(each))
    elif isinstance(value, msgspec.Struct):
        yield from (cell for name in value.__struct_fields__ for cell in _cells(getattr(value, name)))


def test_every_cell_of_every_ledger_cites_words_that_stand_there(books: Shelf) -> None:
    cites = {cite for cell in _every_cell(books) for cite in cell.cites}
    assert len(cites) > 40
    assert [cite for cite in cites if _PAGES[cite.page][cite.start : cite.end] != cite.text] == []


def test_why_a_cell_has_no_value_is_worded_in_chinese(books: Shelf) -> None:
    told = {cell.missing for cell in _every_cell(books) if cell.missing is not None}
    assert "precision-unsaid" not in told
    assert len(told) > 5
    assert told <= set(labels()["ledger"]["missing"])


def test_an_event_of_two_pages_has_the_exact_day_and_who_told_it_first(books: Shelf) -> None:
    (event,) = [row for row in _rows(books, "events", EventRow) if row.type.value == "policy_issue"]
    assert (event.start.value, event.end.value) == ("2029-03-04", "2029-03-04")
    assert {cite.page for cite in event.start.cites} == {"early"}
    assert {cite.page for cite in event.object.cites} == {"early", "late"}
    assert event.first_source.value == "河阳日报"
    assert event.actuality.value == event.facets.status == "realised"
    assert event.facets.regions == ("520300",)
    assert (event.facets.happened_from, event.first_published) == ("2029-03-04", "2029-03-05")


def test_only_what_was_known_on_the_day_is_told(books: Shelf) -> None:
    day = Day("2029-03-05", known=True)
    assert {row.last_published for row in _rows(books, "events", EventRow, day)} == {"2029-03-05"}
    (person,) = [row for row in _rows(books, "people", PersonRow, day) if row.name == "岑望舒"]
    assert [post.title.value for post in person.posts] == ["局长"]


def test_compute_stands_in_one_unit_with_its_precision(books: Shelf) -> None:
    (compute,) = [row for row in _rows(books, "compute", ComputeRow) if row.capacity.value]
    assert (compute.capacity.value, compute.unit.value) == (Decimal(500) * 10**15, "FLOPS")
    assert (compute.printed.value, compute.precision.value) == ("500PFLOPS", "FP16")


def test_a_fund_stands_in_its_currency(books: Shelf) -> None:
    (fund,) = _rows(books, "funds", FundRow)
    assert (fund.amount.value, fund.unit.value, fund.printed.value) == (Decimal(2_000_000_000), "CNY", "20亿元")
    assert fund.facets.regions == ("520300",)


def test_a_task_says_who_leads_it_and_of_which_document_is_missing_where_no_page_is_one(books: Shelf) -> None:
    (measure,) = [row for row in _rows(books, "measures", MeasureRow) if row.instrument.value == "fund"]
    assert measure.policy.missing == "policy-untold"
    assert measure.deadline.missing == "deadline-untold"


def test_titles_that_disagree_stand_one_after_the_other(books: Shelf) -> None:
    (person,) = [row for row in _rows(books, "people", PersonRow) if row.name == "岑望舒"]
    told = [(post.title.value, post.status.value, post.first_seen, post.last_seen) for post in person.posts]
    assert told == [("局长", None, "2029-03-05", "2029-03-05"), ("原局长", "former", "2029-03-07", "2029-03-07")]


def test_a_quote_stands_as_it_was_printed_with_the_title_of_then(books: Shelf) -> None:
    (quote,) = _rows(books, "quotes", QuoteRow)
    assert quote.words.value == "要把算力用到工厂里去，让人工智能帮得上忙。"
    assert (quote.speaker.value, quote.title.value, quote.affiliation.value) == ("岑望舒", "局长", "河阳市数据局")
    assert quote.title.cites[0].text == "局长"
    assert quote.facets.happened_from == "2029-03-05"


def test_a_company_action_has_its_company_and_day(books: Shelf) -> None:
    (action,) = _rows(books, "actions", ActionRow)
    assert (action.company.value, action.kind.value, action.date.value) == ("望舒科技有限公司", "release", "2029-03-06")


def test_a_standard_is_a_row_of_one_ledger_and_a_report_of_the_other(books: Shelf) -> None:
    (report,) = _rows(books, "reports", ReportRow)
    (standard,) = _rows(books, "standards", StandardRow)
    assert (report.title.value, report.date.value) == ("岚湖人工智能应用研究报告", "2029-05")
    assert (standard.kind.value, standard.facets.status) == ("standard", "standard")
    assert standard.number.value == "GB/T 99999—2029"


def test_a_fact_is_filed_under_what_its_own_words_name(books: Shelf) -> None:
    (fund,) = _rows(books, "funds", FundRow)
    assert "ai" in fund.facets.technologies
    assert "ai_compute" not in fund.facets.technologies


def test_a_date_that_two_pages_give_together_cites_both() -> None:
    pages = {
        "one": "算力大会召开\n\n2029-03-22 09:00  来源:河阳日报\n\n　　日前，河阳市数据局召开人工智能算力推进会。\n",
        "two": "盘点\n\n2029-06-01 09:00  来源:云岚晚报\n\n　　2029年3月，河阳市数据局召开人工智能算力推进会。\n",
    }
    (event,) = _rows(shelf(pages), "events", EventRow)
    assert (event.start.value, event.end.value, event.start.basis) == ("2029-03-01", "2029-03-22", "narrowed")
    assert {cite.page for cite in event.start.cites} == {"one", "two"}
    (known,) = _rows(shelf(pages), "events", EventRow, Day("2029-04-01", known=True))
    assert {cite.page for cite in known.start.cites} == {"one"}
    assert known.start.value == "2029-02-20"


@pytest.mark.parametrize(("other", "said"), [("2029-03-05 09:00", None), ("2029-03-05 10:00", "河阳日报")])
def test_nobody_was_first_where_two_pages_are_of_one_moment(other: str, said: str | None) -> None:
    again = (
        f"云岚说\n\n{other}  来源:云岚晚报\n\n　　遵义市数据局近日印发《遵义市智能算力发展行动计划（2029—2031年）》。\n"
    )
    rows = _rows(shelf({"early": _PAGES["early"], "again": again}), "events", EventRow)
    (event,) = [row for row in rows if row.type.value == "policy_issue"]
    assert (event.pages, event.first_source.value) == (2, said)


def test_only_what_had_been_added_counts() -> None:
    pages = [
        msgspec.structs.replace(one, card=msgspec.structs.replace(one.card, added=f"2029-0{month}-01T00:00:00Z"))
        for month, one in enumerate(shelved({"a": RESULT, "b": PLAN}), start=1)
    ]
    books = Shelf(pages, facets_of)

    def told(name: LedgerName, day: str) -> int:
        asked = Asked(kind=LEDGERS[name].kind, ai=False, added_by=day)
        return len(list(rows_of(books, LEDGERS[name], asked, Day("2030-01-01"))))

    assert told("sources", "2028-12-31") == told("statistics", "2028-12-31") == 0
    assert 0 < told("sources", "2029-01-01") < told("sources", "2029-02-01")
    assert (told("targets", "2029-01-01"), told("targets", "2029-02-01")) == (0, 2)
    assert told("statistics", "2029-01-01") == 2


_PROVINCES = (
    "广东", "江苏", "浙江", "山东", "河南", "四川", "湖北", "湖南", "福建", "安徽", "河北", "陕西",
    "江西", "云南", "贵州", "山西", "辽宁", "吉林", "甘肃", "青海", "海南", "黑龙江",
)  # fmt: skip


class Read(RememberingBooks):
    """Books that count how often mentions are asked for."""

    def __init__(self, books: Books) -> None:
        super().__init__(books)
        self.asked = 0

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        self.asked += 1
        return super().members(thing, as_of, most)


@pytest.mark.parametrize("name", ["targets", "events", "policies", "statistics"])
def test_a_part_of_a_list_costs_the_same_however_long_the_list_is(name: LedgerName) -> None:
    def asked(count: int) -> tuple[int, int]:
        texts = {
            f"{place}{text[:3]}": text.replace("广东", place)
            .replace("3000", f"3{number:02}0")
            .replace("30E", f"3{number}E")
            for number, place in enumerate(_PROVINCES[:count])
            for text in (PLAN, RESULT)
        }
        books = Read(shelf(texts))
        ledger = LEDGERS[name]
        every = len(list(rows_of(shelf(texts), ledger, Asked(kind=ledger.kind, ai=False), _DAY)))
        part = rows_of(books, ledger, Asked(kind=ledger.kind, ai=False), _DAY, skip=2)
        assert len(list(islice(part, 3))) == 3
        return every, books.asked

    few, many = asked(6), asked(len(_PROVINCES))
    assert many[0] >= 3 * few[0]
    assert many[1] <= few[1] + 3
