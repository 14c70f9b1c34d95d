"""What events are called: their clause, joined with who acts and what it is about, or the headline."""

from __future__ import annotations

import pytest

from mingjian.core.link.things.events.titles import Naming, event_title
from mingjian.core.model.facts import Event
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page

HEAD = "岚州市算力券管理办法下月施行"


def record_of(*lines: str) -> Record:
    return extract(text_page("t.txt", "\n".join((HEAD, "来源：岚州日报  2025-03-05 09:00", *lines)).encode()))


def only_event(record: Record, words: str) -> Event:
    (event,) = (event for event in record.events if words in event.evidence.text)
    return event


def test_a_clause_that_says_who_and_what_is_left_as_it_is() -> None:
    record = record_of("3月5日，岚州市数据局与泊川科技有限公司签署战略合作协议。")
    event = only_event(record, "签署")
    assert event_title(event, Naming(record.title)) == (event.title, (), False)


def test_who_acts_is_put_before_a_clause_that_does_not_say() -> None:
    record = record_of("泊川科技有限公司总部在岚州。", "公司介绍：泊川科技有限公司主营芯片，成立于2018年。")
    event = only_event(record, "成立于2018年")
    apart = event.title.removeprefix("泊川科技有限公司主营芯片，")
    told = event_title(
        Event(
            evidence=event.evidence,
            by=event.by,
            type=event.type,
            title=apart,
            actors=("泊川科技有限公司",),
            place=None,
            date=event.date,
            actuality=event.actuality,
            trigger_span=event.trigger_span,
            date_span=event.date_span,
        ),
        Naming(record.title),
    )
    assert told.words == f"泊川科技有限公司{apart}"
    assert told.parts == ("actors",)


@pytest.mark.parametrize("line", ["据岚州政府网3月4日消息，市里将办会。", "3月4日，泊川发布公告称，将停工。"])
def test_where_only_that_something_was_told_is_said_the_headline_stands_for_it(line: str) -> None:
    record = record_of(line)
    event = next(event for event in record.events if event.type in ("announcement", "company_disclosure"))
    assert isinstance(record.title, Cited)
    assert event_title(event, Naming(record.title)) == (HEAD, (), True)
    without: Outcome[str] = Missing("no-title-in-page")
    assert event_title(event, Naming(without)).words == event.title


def test_no_word_of_a_title_is_from_elsewhere() -> None:
    record = record_of(
        "3月5日，岚州市印发《岚州市算力券管理办法》。",
        "泊川科技有限公司董事长林岚表示，去年与远山集团签署协议，今年建成投产。",
        "据岚州政府网3月4日消息，岚州市召开推进会。",
    )
    assert record.events
    for event in record.events:
        told = event_title(event, Naming(record.title))
        words = {event.title, *event.actors, event.object or "", HEAD}
        rest = told.words
        for each in sorted(words, key=len, reverse=True):
            rest = rest.replace(each, "") if each else rest
        assert not any(sign.isalnum() for sign in rest), told
