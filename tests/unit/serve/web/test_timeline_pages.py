"""The timeline is walked part by part: nothing that answers is left out, and how much there is is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from litestar.testing import TestClient

_PART = re.compile(r"事件第 (\d+)–(\d+) 件，共 (\d+) 件")
_OLDER = re.compile(r'<a href="([^"]+)" rel="next"')


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjian.serve.web.views.timeline._AT_ONCE", 7)
    monkeypatch.setattr("mingjian.serve.web.views.timeline._MOST_TARGETS", 2)


@pytest.mark.usefixtures("short")
def test_the_whole_timeline_is_walked(client: TestClient[Any]) -> None:
    total = client.get("/api/ledgers/events", params={"all": "true", "limit": 1}).json()["total"]
    address, parts, seen = "/timeline?all=1", [], set()
    while address:
        shown = client.get(address)
        assert shown.status_code == 200
        part = _PART.search(shown.text)
        assert part is not None
        parts.append(tuple(map(int, part.groups())))
        seen |= set(re.findall(r'href="(/events/[0-9a-f]+)" data-open', shown.text))
        older = _OLDER.search(shown.text)
        address = older[1].replace("&amp;", "&") if older else ""
    assert parts[0][:2] == (1, 7)
    assert [first for first, _, _ in parts] == list(range(1, parts[-1][1] + 1, 7))
    assert {whole for _, _, whole in parts} == {parts[-1][1]} == {total}
    assert len(seen) > 7


@pytest.mark.usefixtures("short")
def test_deadlines_that_are_left_out_are_told_and_led_to(client: TestClient[Any]) -> None:
    shown = client.get("/timeline?all=1").text
    (address, count) = re.findall(r'<a href="(/targets\?[^"]*)">这段时间另有 (\d+) 个目标到期', shown)[0]
    assert int(count) > 0
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_short_timeline_is_in_one_part(client: TestClient[Any]) -> None:
    shown = client.get("/timeline").text
    assert not _OLDER.search(shown)
    assert client.get("/timeline?from=x").status_code == 400
