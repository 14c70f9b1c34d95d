"""The frame of the service: names of answers, problems, health."""

from __future__ import annotations

from typing import Any

from litestar.testing import TestClient


def test_an_answer_that_the_client_has_is_not_made_again(client: TestClient[Any]) -> None:
    first = client.get("/api/status")
    assert first.status_code == 200
    assert first.json()["counts"]["pages"] > 30
    again = client.get("/api/status", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["vary"] == again.headers["vary"]
    assert "Accept" in first.headers["vary"]
    other = client.get("/api/status", headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"})
    assert other.status_code == 200


def test_answers_are_sent_packed_to_who_takes_that(client: TestClient[Any]) -> None:
    plain = client.get("/targets", headers={"Accept-Encoding": "identity"})
    packed = client.get("/targets", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    varies = packed.headers["vary"].lower().replace(" ", "").split(",")
    assert {"accept-encoding", "cookie", "authorization"} <= set(varies)
    style = client.get(client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0])
    assert style.text.startswith(("/*", ":root", "@"))


def test_head_is_answered_as_get_is_without_the_body(client: TestClient[Any]) -> None:
    for path in ("/targets", "/api/status", "/health/live", "/api/nothing"):
        asked, told = client.get(path), client.head(path)
        assert (told.status_code, told.content) == (asked.status_code, b"")
        assert told.headers["content-type"] == asked.headers["content-type"]


def test_a_problem_says_what_to_do(client: TestClient[Any]) -> None:
    answer = client.get("/api/nothing-of-this-name")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "/api/openapi.json" in answer.json()["mend"]


def test_the_interface_is_described(client: TestClient[Any]) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/api/status" in described["paths"]


def test_health_and_metrics(client: TestClient[Any]) -> None:
    assert client.get("/health/live").json()["status"] == "ok"
    assert client.get("/health/ready").json() == {"status": "ok", "behind": 0}
    told = client.get("/metrics").text
    assert 'mingjian_requests_total{route="/health/live",method="GET",status="200"} 1' in told
    assert "mingjian_steps_behind 0" in told
