"""Whatever is sent to the routes of access is answered with what is wrong with it, never with a failure."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar
from tests.unit.serve.access.asking import PASSWORDS, client_of

STRANGE: list[Any] = [
    b"\xff\xfe",
    b'{"name": "\\ud800", "password": "\\udfff\\ud800 lamps lamps", "role": "reader"}',
    b'{"name": "\\u0000", "password": "\\u0000\\u0001 lamps lamps", "role": "reader"}',
    b'{"old": "\\u0000", "new": "\\u0000"}',
    b'{"name": 1, "password": [], "role": {}}',
    b'{"name": "x", "scopes": ["read"], "days": 99999999999999999999}',
    b'{"name": "x", "scopes": ["read"], "days": -1}',
    b"[" * 10_000,
    b"null",
    b"",
]
ROUTES = [
    ("POST", "/api/session"),
    ("PUT", "/api/session/password"),
    ("POST", "/api/users"),
    ("PATCH", "/api/users/1"),
    ("PUT", "/api/users/99999999999999999999999/password"),
    ("POST", "/api/tokens"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_strange_bodies(app: Litestar, method: str, path: str) -> None:
    client = client_of(app, "ada")
    for body in STRANGE:
        answer = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500 or (path, body) == ("/api/users/1", b""), (body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["mend"]


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999999", "1.5", "x", "%00", "１０"])
def test_strange_numbers(app: Litestar, number: str) -> None:
    client = client_of(app, "ada")
    for method, path in (("GET", "/api/users/{}"), ("DELETE", "/api/users/{}/sessions"), ("DELETE", "/api/tokens/{}")):
        assert client.request(method, path.format(number)).status_code in (400, 404), path


@pytest.mark.parametrize(
    "asked", ["before=0", "before=x", "before=99999999999999999999", "limit=0", "limit=1001", "limit="]
)
def test_strange_questions(app: Litestar, asked: str) -> None:
    assert client_of(app, "ada").get(f"/api/audit?{asked}").status_code == 400


@pytest.mark.parametrize(
    "cookie", ["mingjian-session", "mingjian-session=", 'mingjian-session="', "a=b; ;;=;", "\xff=1"]
)
def test_strange_cookies(app: Litestar, cookie: str) -> None:
    client = client_of(app)
    assert client.get("/read", headers={b"Cookie": cookie.encode("latin-1")}).status_code == 401
    for shown in (b"Bearer \xff", b"Bearer mj_" + b"a" * 5_000, b"\xff"):
        assert client.get("/read", headers={b"Authorization": shown}).status_code == 401


def test_strange_forms_of_passwords_are_passwords(app: Litestar) -> None:
    ada = client_of(app, "ada")
    words = "ﬁve ａmber　bells 钟\N{COMBINING ACUTE ACCENT}"  # ligature, full width, ideographic space
    assert ada.post("/api/users", json={"name": "zoe", "role": "reader", "password": words}).status_code == 201
    typed = {"name": "ZOE", "password": "five amber bells 钟\N{COMBINING ACUTE ACCENT}"}
    assert client_of(app).post("/api/session", json=typed).status_code == 201
    assert client_of(app).post("/api/session", json={**typed, "password": PASSWORDS["ada"]}).status_code == 401
