from __future__ import annotations

import io
import json

import pytest

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read.json_lines import lines_within, read_json_lines
from mingjian.read.limits import Limits


def items(*lines: object) -> list[Page | Failure]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(read_json_lines(raw, "feed.jsonl", "feed.jsonl", Limits(max_bytes=10_000)))


def test_a_line_is_a_page_with_what_its_container_tells() -> None:
    [page] = items({"id": "a", "url": "https://a.example/1", "text": "甲", "retrieved_at": "2025-09-12", "other": 1})
    assert isinstance(page, Page)
    assert (page.doc_id, page.url, page.retrieved_at, page.path) == (
        "feed.jsonl#a", "https://a.example/1", "2025-09-12", "feed.jsonl",
    )  # fmt: skip
    assert (page.text, page.content, page.media_type, page.encoding) == ("甲", "甲".encode(), "text/plain", "utf-8")


def test_markup_wins_over_text_and_blank_members_count_as_missing() -> None:
    [page] = items({"html": "<p>甲</p>", "text": "乙", "url": "", "id": None})
    assert isinstance(page, Page)
    assert (page.text, page.html, page.url, page.doc_id) == ("甲", "<p>甲</p>", None, "feed.jsonl:1")
    assert [item.text for item in items({"html": " ", "text": "乙"}) if isinstance(item, Page)] == ["乙"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "bad-line: not JSON"),
        (b"[1]", "bad-line: not a JSON object"),
        (b"[" * 9_000, "bad-line: not JSON"),
        (b'{"a": ' * 900, "bad-line: not JSON"),
        ({"id": "a"}, "no-text"),
        ({"text": " "}, "no-text"),
        ({"text": 5}, 'bad-line: "text" is not a string'),
        ({"text": "甲", "url": ["x"]}, 'bad-line: "url" is not a string'),
        ({"text": "甲", "id": True}, 'bad-line: "id" is not a string'),
        ({"text": "x" * 10_000}, "too-large"),
        (b'{"text": "' + b"\xff" * 40 + b'"}', "undecodable"),
    ],
)
def test_a_bad_line_is_a_failure_with_its_number_and_stops_nothing(line: object, reason: str) -> None:
    found = items({"text": "甲"}, b"\n", line, {"text": "乙"})
    assert [type(item) for item in found] == [Page, Failure, Page]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)
    assert (failure.doc_id, failure.stage) == ("feed.jsonl:3", "read")


def test_lone_surrogates_are_read_one_for_one_and_pairs_are_characters() -> None:
    [page] = items(b'{"id": "\\udfff", "text": "a\\ud800b\\ud83d\\ude42", "url": "https://a.example/\\ud800"}')
    assert isinstance(page, Page)
    assert (page.text, page.doc_id) == ("a\ufffdb🙂", "feed.jsonl#\ufffd")
    assert page.url == "https://a.example/\ufffd"
    assert page.content == page.text.encode()


def test_the_same_id_twice_is_two_pages_and_a_number_is_an_id() -> None:
    assert [item.doc_id for item in items({"id": 7, "text": "甲"}, {"id": "7", "text": "乙"})] == ["feed.jsonl#7"] * 2


def test_the_rest_of_a_line_beyond_the_limit_is_no_line_of_its_own() -> None:
    lines = lines_within(io.BytesIO(b"x" * 3_500_000 + b"\n" + b"y\n"), Limits(max_bytes=1_500_000))
    assert [len(line) for line in lines] == [1_500_001, 2]
