"""The routes of a small application, its users, and those who ask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromQuery
from litestar.testing import TestClient

from mingjian.serve.access.asking import Asker, asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access

HERE = "http://127.0.0.1"
PASSWORDS = {"ada": "three blue lamps", "rea": "four green doors", "rex": "five amber bells"}
ROLES = {"ada": "admin", "rex": "reviewer", "rea": "reader"}
TERMINAL = Asker("root", via="terminal")
Service = Callable[..., tuple[Litestar, Access]]
Client = TestClient[Any]


class Clock:
    """Seconds that go on only when told."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@get("/anyone", opt=needs("anyone"), sync_to_thread=False)
def anyone() -> str:
    return "anyone"


@get("/read", opt=needs("read"), sync_to_thread=False)
def read(request: Request[Any, Any, Any]) -> str:
    return asker_of(request).name


@post("/review", opt=needs("review"), sync_to_thread=True)
def review(request: Request[Any, Any, Any]) -> str:
    request.app.state.access.note(request, "review.accept", "page/3", "clear")
    return "kept"


@post("/silent", opt=needs("review"), sync_to_thread=False)
def silent(ok: FromQuery[bool] = True) -> str:
    if not ok:
        raise PermissionDeniedException("not this time")
    return "kept, and nobody said so"


@post("/asking", opt={**needs("read"), "reads": True}, sync_to_thread=False)
def asking() -> str:
    return "read"


@get("/file", opt=needs("read"), sync_to_thread=False)
def file() -> Response[str]:
    return Response("a,b", headers={"Content-Disposition": 'attachment; filename="a.csv"'})


@get("/admin", opt=needs("admin"), sync_to_thread=False)
def admin() -> str:
    return "admin"


@get("/account", opt=needs("account"), sync_to_thread=False)
def account() -> str:
    return "account"


@get("/forgotten", sync_to_thread=False)
def forgotten() -> str:
    return "never told"


@post("/size", opt=needs("anyone"))
async def size(request: Request[Any, Any, Any]) -> int:
    return len(await request.body())


def client_of(app: Litestar, name: str = "", base_url: str = HERE) -> Client:
    """A browser, in which the user of a name has logged in."""
    client = TestClient(app, base_url=base_url, raise_server_exceptions=False)
    client.headers["Origin"] = base_url
    if name:
        answer = client.post("/api/session", json={"name": name, "password": PASSWORDS[name]})
        assert answer.status_code == 201, answer.text
    return client


def token_of(app: Litestar, name: str, *scopes: str) -> str:
    """The secret of a new token of a user."""
    answer = client_of(app, name).post("/api/tokens", json={"name": "program", "scopes": scopes})
    assert answer.status_code == 201, answer.text
    return str(msgspec.json.decode(answer.content)["secret"])


ROUTES = [anyone, read, review, silent, asking, file, admin, account, forgotten, size]
