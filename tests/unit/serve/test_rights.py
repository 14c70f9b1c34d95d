"""Every route of the whole service says which right it asks for, and is refused to those who lack it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.unit.serve.conftest import Asking, asking

from mingjian.serve.access.rights import declared, undeclared
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

HOME = "http://127.0.0.1"
ANYONE = {
    "GET /health/live",
    "GET /health/ready",
    "GET /api/session",
    "GET /static/{version:str}/{name:path}",
    "POST /api/session",
    "GET /login",
    "POST /login",
    "GET /setup",
    "POST /setup",
}
_PLACE = re.compile(r"\{\w+:?\w*\}")


@pytest.fixture(scope="module")
def asked(workspace: Path) -> Iterator[Asking]:
    with asking(Settings(workspace=workspace, works=False)) as service:
        yield service


@pytest.fixture(scope="module")
def app(asked: Asking) -> Litestar:
    app: Any = asked.client.app
    assert isinstance(app, Litestar)
    return app


def test_every_route_says_its_right(app: Litestar) -> None:
    assert undeclared(app) == []
    rights = dict(declared(app))
    assert rights["GET /"] == "read"
    assert rights["POST /api/jobs/files"] == "review"
    assert {told for told, right in rights.items() if right == "anyone" and "OPTIONS" not in told} == ANYONE


def test_every_route_is_refused_to_who_lacks_its_right(asked: Asking, app: Litestar) -> None:
    for told, right in declared(app):
        methods, _, template = told.partition(" ")
        path = _PLACE.sub("1", template)
        for method in methods.replace("ANY", "POST").split():
            if method in ("OPTIONS", "HEAD") or right == "anyone":
                continue
            nobody = asked.client.request(method, path, headers={"Origin": HOME})
            assert nobody.status_code == 401, told
            for role in refused_roles(right):
                answer = asked.client.request(method, path, headers=asked.roles[role])
                assert answer.status_code == 403, (told, role)


def refused_roles(right: str | None) -> tuple[str, ...]:
    """The roles whose tokens lack the right."""
    by_right = {"read": (), "review": ("reader",), "admin": ("reader", "reviewer")}
    return by_right.get(str(right), ("reader", "reviewer", "admin"))


@pytest.mark.parametrize(
    "path",
    [
        "/static/../access.db",
        "/static/x/../../../access.db",
        "/static/x/..%2f..%2f..%2faccess.db",
        "/static/x/%2e%2e/%2e%2e/settings.py",
        "/static//etc/passwd",
        "/static/x//etc/passwd",
        "/api/pages/..%2f..%2faccess.db",
        "/api/pages/....//access.db",
    ],
)
def test_no_path_leads_out_of_what_is_served(asked: Asking, workspace: Path, path: str) -> None:
    assert (workspace / "access.db").exists()
    for headers in ({}, asked.roles["admin"]):
        answer = asked.client.get(path, headers=headers)
        assert answer.status_code in (400, 401, 403, 404), path
        assert b"SQLite format" not in answer.content
        assert b"root:" not in answer.content


def test_answers_are_named_for_who_asks(asked: Asking) -> None:
    tags = {asked.client.get("/api/status", headers=headers).headers["etag"] for headers in asked.roles.values()}
    assert len(tags) == 3
    known = asked.client.get("/api/status", headers={"If-None-Match": ", ".join(tags)})
    assert known.status_code == 401


def test_a_service_that_only_reads_keeps_no_file_of_users(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "mingjian.db").write_bytes((workspace / "mingjian.db").read_bytes())
    settings = Settings(workspace=folder, works=False, read_only=True, anyone_may_read=True)
    with TestClient(create_app(settings), base_url=HOME) as client:
        assert client.get("/api/status").status_code == 200
        assert client.get("/api/users").status_code == 401
        login = {"name": "ada", "password": "three blue lamps"}
        assert client.post("/api/session", json=login, headers={"Origin": HOME}).status_code in (403, 503)
    assert not (folder / "access.db").exists()
