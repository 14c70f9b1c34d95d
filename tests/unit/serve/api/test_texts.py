"""What is read of any text that is sent, and what lexicons know of a term."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

HOME = {"Origin": "http://127.0.0.1"}
TEXT = "去年澜山市智能算力规模超过5EFLOPS，市长林岚说到2027年还要翻一番。"


def test_times_count_from_the_day_that_is_sent(client: TestClient[Any]) -> None:
    told = client.post("/api/times", json={"text": TEXT, "anchor": "2026-03-05"}, headers=HOME).json()["times"]
    assert [(one["value"], TEXT[one["start"] : one["end"]]) for one in told] == [("2025", "去年"), ("2027", "到2027年")]
    open_ = client.post("/api/times", json={"text": TEXT}, headers=HOME).json()["times"]
    assert open_[0]["value"] != "2025"
    assert client.post("/api/times", json={"text": TEXT, "anchor": "gestern"}, headers=HOME).status_code == 400


def test_quantities_say_what_they_measure(client: TestClient[Any]) -> None:
    one, *_ = client.post("/api/quantities", json={"text": TEXT, "anchor": "2026"}, headers=HOME).json()["quantities"]
    quantity = one["quantity"]
    assert (quantity["value"], quantity["unit"], quantity["comparator"]) == (5, "EFLOPS", ">")
    assert TEXT[slice(*one["metric"])] == "智能算力规模"


def test_names_bear_what_found_them(client: TestClient[Any]) -> None:
    told = client.post("/api/names", json={"text": TEXT}, headers=HOME).json()["names"]
    found = {(TEXT[one["start"] : one["end"]], one["label"]) for one in told}
    assert ("林岚", "PER") in found
    assert all(one["by"] for one in told)


def test_what_is_sent_is_bounded(client: TestClient[Any]) -> None:
    for path in ("times", "quantities", "names"):
        assert client.post(f"/api/{path}", json={"text": "字" * 20_001}, headers=HOME).status_code == 413
        assert client.post(f"/api/{path}", json={"text": "字", "other": 1}, headers=HOME).status_code == 400


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12", "9999", "0001-01-01", "0001"])
@pytest.mark.parametrize("path", ["times", "quantities"])
def test_days_at_the_ends_of_the_calendar_are_none_to_count_from(client: TestClient[Any], path: str, day: str) -> None:
    answer = client.post(f"/api/{path}", json={"text": "自去年以来，算力达到3亿元", "anchor": day}, headers=HOME)
    assert (answer.status_code, "no day to count from" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize("path", ["quantities", "extract"])
def test_a_numeral_without_end_is_no_quantity_and_loses_no_page(client: TestClient[Any], path: str) -> None:
    text = f"澜山市通知\n澜山市安排{'九千九百九十九万' * 200}元，另安排资金30万元。"
    answer = client.post(f"/api/{path}", json={"text": text}, headers=HOME)
    assert answer.status_code == 200
    assert ("30万元" if path == "extract" else '"normal_value":300000') in answer.text


def test_lexicons_are_listed_and_a_term_is_looked_up(client: TestClient[Any]) -> None:
    listed = {one["name"]: one for one in client.get("/api/lexicons").json()}
    told = client.get("/api/lexicons/find", params={"term": "中國科學院"}).json()
    (row,) = (one for one in told["rows"] if one["match"] == "name")
    assert (row["name"], row["lexicon"] in listed) == ("中国科学院", True)
    hit = [one for one in told["verdicts"] if one["kind"] == "hit"]
    assert f"{row['lexicon']}:{row['id']}" in {name for one in hit for name in one["rows"]}
    nothing = client.get("/api/lexicons/find", params={"term": "没有这个词条"}).json()
    assert (nothing["count"], nothing["rows"]) == (0, [])
    assert client.get("/api/lexicons/find").status_code == 400
