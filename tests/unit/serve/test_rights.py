"""Every route of the service says which right it asks for."""

from __future__ import annotations

from typing import Any

from litestar.testing import TestClient

from mingjian.serve.access.rights import declared, undeclared


def test_every_route_says_its_right(client: TestClient[Any]) -> None:
    assert undeclared(client.app) == []
    rights = dict(declared(client.app))
    assert rights["GET /"] == "read"
    assert rights["POST /api/jobs/files"] == "review"
    assert {route for route, right in rights.items() if right == "anyone" and "OPTIONS" not in route} == ANYONE


ANYONE = {
    "GET /health/live",
    "GET /health/ready",
    "GET /api/session",
    "GET /static/{version:str}/{name:path}",
    "POST /api/session",
}
