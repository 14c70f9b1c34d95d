"""Addresses of lists: what they ask, changed, and made addresses again."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from litestar.testing import TestClient

from mingjian.core.ledger.asking import Question
from mingjian.errors import QuestionError
from mingjian.serve.web.forms import form_of, text_field
from mingjian.serve.web.queries import Query, question_of

ASKED = Query("/targets", (("region", "440000"), ("region", "广东 深圳"), ("since", "2025"), ("offset", "60")))


def test_an_address_holds_whatever_words_are_given() -> None:
    assert Query("/policies").href == "/policies"
    assert Query("/a", (("words", '"><&=#?/'),)).href == "/a?words=%22%3E%3C%26%3D%23%3F%2F"


def test_another_value_begins_at_the_first_row() -> None:
    assert ASKED.chosen(since=None).given == (("region", "440000"), ("region", "广东 深圳"))
    assert ASKED.toggled("region", "440000").all("region") == ("广东 深圳",)
    assert ASKED.toggled("status", "met").all("status") == ("met",)
    assert "offset" not in ASKED.at("/exports/targets.csv")


def test_an_address_keeps_the_order_in_which_it_was_asked(client: TestClient[Any]) -> None:
    given = "until=2030&since=2020&words=a&all=1&region=440000"
    page = client.get(f"/targets?{given}", headers={"accept": "text/html"}).text
    assert escape(f"/targets?{given}&status=open") in page
    listed = client.get("/api/ledgers/events?until=2030&since=2000&all=true&limit=1").json()
    assert listed["next"] == "/api/ledgers/events?until=2030&since=2000&all=true&limit=1&offset=1"


def test_a_form_keeps_what_it_has_no_field_for_in_order() -> None:
    asked = Query("/targets", tuple((name, value) for name in "hgfedcba" for value in ("1", "2")))
    assert form_of(asked, [text_field(asked, "words")]).hidden == asked.given
    both = Query(
        "/targets", (("until", "1"), ("words", "1"), ("words", "2"), ("until", "2"), ("since", "1"), ("since", "2"))
    )
    fields = [text_field(both, name) for name in ("words", "since", "until")]
    assert form_of(both, fields).hidden == (("words", "2"), ("since", "2"), ("until", "2"))


def test_an_address_asks_the_question_that_programs_ask() -> None:
    asked = Query("/targets", (("region", "广东"), ("status", "met"), ("since", "2025"), ("all", "1"), ("words", "a")))
    assert question_of(asked) == Question(
        regions=("广东",), statuses=("met",), since="2025", everything=True, words=("a",)
    )
    assert question_of(Query("/targets", (("all", "0"),))) == Question()


@pytest.mark.parametrize("words", ["-1", "1.5", "x", "１", "1e3"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(QuestionError, match="is no number"):
        Query("/a", (("offset", words),)).number("offset", 0)


def test_numbers_are_bounded() -> None:
    assert Query("/a", (("offset", "9" * 30),)).number("offset", 0) == 1_000_000
    assert Query("/a").number("offset", 7) == 7
