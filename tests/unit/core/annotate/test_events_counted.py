"""Days counted from an event of the page that gives none."""

from __future__ import annotations

import pytest

from mingjian import extract
from mingjian.core.model.facts import Event
from mingjian.read.plain import text_page

_ADOPTED = "云州市政府常务会议审议通过《云州市算力基础设施建设方案》。"


def _events(words: str) -> list[Event]:
    page = f"云州消息一则\n\n2024-03-20 10:00 来源：云州日报\n\n{words}\n"
    return list(extract(text_page("page", page.encode())).events)


@pytest.mark.parametrize("words", ["7天后", "半个月后", "一周后", "次日"])
def test_it_is_counted_from_the_event_before_and_not_from_the_day_of_the_page(words: str) -> None:
    first, second = _events(f"{_ADOPTED}{words}，云州市数据局印发《云州市算力券管理办法》。")
    assert second.actuality == "realised"
    assert (second.date.start, second.date.end) == (None, "2024-03-20")
    assert second.date.basis == f"relative:{words}@event"
    assert [span.pair for span in second.support] == [first.trigger_span.pair]


def test_a_chain_goes_on() -> None:
    *_, last = _events(f"{_ADOPTED}7天后，云州市数据局印发《云州市算力券管理办法》。次日，云州智算中心二期投产。")
    assert last.date.basis == "relative:次日@event"
    assert [span.text for span in last.support] == ["7天后"]


def test_a_plan_is_counted_from_the_day_of_the_page() -> None:
    *_, last = _events(f"{_ADOPTED}7天后，云州市数据局将印发《云州市算力券管理办法》。")
    assert (last.actuality, last.date.start) == ("planned", "2024-03-27")


def test_so_is_what_another_paragraph_tells() -> None:
    *_, last = _events(f"{_ADOPTED}\n\n7天后，云州智算中心二期投产。")
    assert last.date.start == "2024-03-27"


def test_an_event_with_a_day_is_counted_from() -> None:
    *_, last = _events("3月5日，云州市政府常务会议召开。7天后，云州智算中心二期投产。")
    assert (last.date.start, last.date.basis) == ("2024-03-12", "relative:7天后@2024-03-05")


def test_what_is_recent_on_the_day_of_the_news_happened_by_then() -> None:
    *_, last = _events("云州市国资委3月15日消息，市属工厂智能改造现场会近日召开。")
    assert (last.date.start, last.date.end, last.date.text) == ("2024-02-19", "2024-03-15", "近日")
    assert "3月15日" in [span.text for span in last.support]
