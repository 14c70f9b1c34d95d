"""Dates of events, as all pages that tell of them say together."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.link.things.dates import anchors_of, resolve_dates
from mingjian.core.link.things.events.recounting import counted_from_page
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.facts import Event
from mingjian.core.model.things import Thing, ThingDate

_END = "这是这篇短稿的最后一句话，没有别的内容。"
_HELD = "云州市工信局近日召开“智启云州”人工智能应用场景专题推进会。"


def _page(day: str | None, words: str) -> str:
    head = f"{day} 09:00 来源：云州日报\n\n" if day else ""
    return f"云州消息一则\n\n{head}{words}\n\n{_END}\n"


def _event(books: Shelf, words: str) -> Thing:
    return next(thing for thing in books.things() if thing.kind == "event" and words in thing.name)


def _date(books: Shelf, words: str) -> ThingDate:
    date = books.date_of(_event(books, words).id)
    assert date is not None
    return date


def _days(date: ThingDate) -> tuple[str | None, str | None, str]:
    return date.start, date.end, date.basis


def _pages(date: ThingDate) -> list[str]:
    return [ref.page for ref in date.by]


def test_one_mention_tells() -> None:
    date = _date(shelf({"a": _page("2024-03-20", "3月18日，云州智算中心二期正式投产。")}), "投产")
    assert _days(date) == ("2024-03-18", "2024-03-18", "told")


def test_two_soft_mentions_narrow_one_another_and_both_are_named() -> None:
    pages = {"a": _page("2024-03-20", _HELD), "b": _page("2024-04-10", _HELD)}
    date = _date(shelf(pages), "推进会")
    assert _days(date) == ("2024-03-11", "2024-03-20", "narrowed")
    assert _pages(date) == ["a", "b"]


def test_a_day_told_elsewhere_is_the_day() -> None:
    pages = {
        "a": _page("2024-03-20", _HELD),
        "b": _page("2024-03-21", "3月18日，云州市工信局召开“智启云州”人工智能应用场景专题推进会。"),
    }
    date = _date(shelf(pages), "推进会")
    assert _days(date) == ("2024-03-18", "2024-03-18", "told")
    assert _pages(date) == ["b"]


def test_a_day_that_contradicts_the_first_told_is_kept() -> None:
    told = "云州市数据局印发《云州市算力券管理办法》。"
    pages = {
        "a": _page("2024-03-20", f"3月18日，{told}"),
        "b": _page("2024-03-22", f"2024年3月，{told}"),
        "c": _page("2024-05-10", f"4月，{told}"),
    }
    date = _date(shelf(pages), "算力券")
    assert _days(date) == ("2024-03-18", "2024-03-18", "told")
    assert [ref.page for ref in date.against] == ["c"]


def test_a_document_is_signed_and_made_public() -> None:
    pages = {
        "a": _page("2024-03-20", "3月1日，云州市数据局印发《云州市数据标注产业发展方案》。"),
        "b": _page("2024-03-25", "3月22日，云州市数据局发布《云州市数据标注产业发展方案》。"),
    }
    assert _days(_date(shelf(pages), "标注")) == ("2024-03-01", "2024-03-22", "narrowed")


def test_a_conference_lasts_from_the_first_day_told_to_the_last() -> None:
    pages = {
        "a": _page("2024-03-19", "3月18日，第三届云州算力大会开幕。"),
        "b": _page("2024-03-21", "3月20日，第三届云州算力大会闭幕。"),
        "c": _page("2024-03-22", "第三届云州算力大会3月20日落幕。"),
        "d": _page("2024-03-25", "第三届云州算力大会近日举行。"),
    }
    date = _date(shelf(pages), "算力大会")
    assert (_days(date), date.against) == (("2024-03-18", "2024-03-20", "narrowed"), ())


def test_what_is_counted_from_an_event_follows_the_day_that_another_page_proves() -> None:
    held = "云州市工信局召开“智启云州”人工智能应用场景专题推进会"
    pages = {
        "a": _page("2024-04-30", f"3月，{held}。半个月后，云州市数据局印发《云州市算力券管理办法》。"),
        "b": _page("2024-03-12", f"3月10日，{held}。"),
    }
    books = shelf(pages)
    date = _date(books, "算力券")
    assert _days(date) == ("2024-03-25", "2024-03-25", "chained")
    assert date.after == _event(books, "推进会").id
    assert _pages(date) == ["a"]


def test_so_does_what_is_counted_from_an_event_without_a_day_of_its_own() -> None:
    adopted = "云州市政府常务会议审议通过《云州市算力基础设施建设方案》"
    pages = {
        "a": _page(
            "2024-03-20", f"{adopted}。7天后，云州市数据局印发《云州市算力券管理办法》。次日，云州智算中心二期投产。"
        ),
        "b": _page("2024-03-06", f"3月5日，{adopted}。"),
    }
    books = shelf(pages)
    assert _days(_date(books, "算力券")) == ("2024-03-12", "2024-03-12", "chained")
    assert _days(_date(books, "智算中心")) == ("2024-03-13", "2024-03-13", "chained")


def test_what_happened_at_a_meeting_happened_on_its_day() -> None:
    pages = {
        "a": _page("2024-03-20", f"{_HELD}会上，12家云州企业签署人工智能安全自律倡议书。"),
        "b": _page("2024-03-21", "3月18日，云州市工信局召开“智启云州”人工智能应用场景专题推进会。"),
    }
    date = _date(shelf(pages), "倡议书")
    assert _days(date) == ("2024-03-18", "2024-03-18", "chained")


def test_a_page_without_a_day_is_dated_by_what_it_calls_recent() -> None:
    pages = {
        "a": _page(None, f"{_HELD}去年2月，云州市国资委启动“AI+”专项行动。"),
        "b": _page("2024-03-21", "3月18日，云州市工信局召开“智启云州”人工智能应用场景专题推进会。"),
    }
    date = _date(shelf(pages), "专项行动")
    assert _days(date) == ("2023-02-01", "2023-02-28", "chained")


def test_nothing_is_said_where_nothing_is_known() -> None:
    date = _date(shelf({"a": _page(None, _HELD)}), "推进会")
    assert _days(date) == (None, None, "unknown")


def test_dates_do_not_depend_on_the_order_of_pages() -> None:
    words = {
        "a": _page("2024-04-30", f"3月，{_HELD[:7]}召开人工智能应用场景专题推进会。7天后，云州智算中心二期投产。"),
        "b": _page("2024-03-20", _HELD),
        "c": _page("2024-03-30", "云州智算中心二期近日投产。"),
    }
    ones, others = shelf(words), shelf(dict(reversed(words.items())))
    assert [(thing.id, ones.date_of(thing.id)) for thing in ones.things()] == [
        (thing.id, others.date_of(thing.id)) for thing in others.things()
    ]


def test_anchors_are_found_on_the_page() -> None:
    books = shelf({"a": _page("2024-04-30", "3月10日，云州算力大会举行。7天后，云州智算中心二期投产。")})
    facts = [
        member.as_fact(Event) for thing in books.things() if thing.kind == "event" for member in books.members(thing.id)
    ]
    facts.sort(key=lambda fact: fact.evidence.start)
    first, second = facts
    assert anchors_of([first, second]) == {second.id: first.id}


def test_dates_of_some_are_those_among_all() -> None:
    held = "云州市工信局召开“智启云州”人工智能应用场景专题推进会"
    books = shelf(
        {
            "a": _page("2024-04-30", f"3月，{held}。半个月后，云州市数据局印发《云州市算力券管理办法》。"),
            "b": _page("2024-03-12", f"3月10日，{held}。"),
            "c": _page("2024-05-20", "5月18日，云州智算中心二期投产。"),
        }
    )
    issued, meeting = _event(books, "算力券"), _event(books, "推进会")
    some = {thing.id: books.members(thing.id) for thing in (issued, meeting)}
    dates = resolve_dates(some, lambda page, fact: thing.id if (thing := books.holding(page, fact)) else None)
    assert dates == {thing.id: books.date_of(thing.id) for thing in (issued, meeting)}


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("一个多月前", "2026-09-12", "2026-10-12"),
        ("三年多前", "2022-11-12", "2023-11-12"),
        ("十多天前", "2026-10-23", "2026-11-02"),
        ("两个月前", "2026-09-01", "2026-09-30"),
    ],
)
def test_what_is_said_to_be_more_reaches_to_the_next_round_length(words: str, first: str, last: str) -> None:
    page = date(2026, 11, 12).toordinal()
    found = counted_from_page(words, page, page)
    assert found is not None
    assert [date.fromordinal(day).isoformat() for day in found if day is not None] == [first, last]
