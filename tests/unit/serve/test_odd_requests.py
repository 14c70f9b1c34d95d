"""Requests that nobody's program sends: odd methods and addresses, and what browsers and programs are told of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from tests.unit.serve.conftest import Asking, asking

from mingjian.serve.access.rights import declared
from mingjian.serve.settings import Settings

PAGE = {"Accept": "text/html,*/*;q=0.8"}
_PLACE = re.compile(r"\{\w+:?\w*\}")
_TOLD = re.compile(r"<h1>([^<]+)</h1>\s*<p>([^<]+)</p>\s*<p class=\"mend\">([^<]+)")

_FLASH = re.compile(r"<div class=\"flash warn\" role=\"status\"><p>([^<]+)</p>")


@pytest.fixture(scope="module")
def asked(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    users = shutil.ignore_patterns("access.db*")
    own = shutil.copytree(workspace, tmp_path_factory.mktemp("odd") / "workspace", ignore=users)
    with asking(Settings(workspace=own, works=False)) as service:
        yield service


def test_what_a_program_asks_for_and_is_not_there_is_not_found(asked: Asking) -> None:
    """Of every address with a name or number in it: nothing answers as if what was asked were wrong in itself."""
    app: Any = asked.client.app
    places = {place for method, _, place in (told.partition(" ") for told, _ in declared(app)) if "GET" in method}
    held = sorted(place for place in places if place.startswith("/api/") and "{" in place)
    assert len(held) > 20
    for place in held:
        path = _PLACE.sub(lambda found: "987654321" if ":int" in found[0] else "f" * 32, place)
        answer = asked.client.get(path, headers=asked.roles["admin"])
        assert (path, answer.status_code) == (path, 404)


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_numbers_that_no_file_holds_are_refused_as_such(asked: Asking, role: str) -> None:
    app: Any = asked.client.app
    numbered = [told.partition(" ")[::2] for told, _ in declared(app) if ":int}" in told]
    assert len(numbered) > 10
    for methods, place in numbered:
        path = _PLACE.sub(lambda found: str(2**70) if ":int" in found[0] else "x", place)
        for method in set(methods.split()) - {"OPTIONS"}:
            answer = asked.client.request(method, path, headers=asked.roles[role], follow_redirects=False)
            assert answer.status_code in (400, 403, 404, 405), (method, path)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FETCH", "PATCH", "HEAD"])
def test_no_method_does_what_it_should_not(asked: Asking, method: str) -> None:
    app: Any = asked.client.app
    assert isinstance(app, Litestar)
    for path in {_PLACE.sub("1", told.partition(" ")[2]) for told, _ in declared(app)}:
        answer = asked.client.request(method, path, headers=asked.roles["reader"], follow_redirects=False)
        taken = (200, 303, 400, 403, 404, 405, 422, 503) if method == "HEAD" else (400, 403, 404, 405)
        assert answer.status_code in taken, (method, path)
        if method == "HEAD":
            assert answer.content == b"", path
        elif path != "/mcp":
            assert answer.json()["mend"], (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/api/pages?limit=1&limit=2",
        "/targets?sort=status&sort=status",
        "/api/pages?" + "&".join(f"a{n}=1" for n in range(800)),
        "/targets?" + "&".join(f"a{n}=1" for n in range(800)),
        "/targets?" + "&".join("region=x" for _ in range(800)),
        "/targets?page=99999999999999999999999",
        "/targets?page=-5",
        "/targets?sort=__class__",
        "/search?q=%ff%fe",
        "/search?q=%ed%a0%80",
        "/search?q=%zz%",
        "/search?q=%0d%0aSet-Cookie:%20a=b",
        "/pages/%00",
        "/pages/%ff%fe",
        "/pages/%zz",
        "//evil.example/",
        "/targets;a=b",
        "/api/reviews/99999999999999999999999",
        "/api/pages?limit=%D9%A3",
        f"/{'a' * 8_000}",
    ],
)
def test_no_address_makes_the_service_stumble(asked: Asking, path: str) -> None:
    for accept in (PAGE, {"Accept": "application/json"}):
        answer = asked.client.get(path, headers={**asked.roles["admin"], **accept}, follow_redirects=False)
        assert answer.status_code in (200, 303, 400, 404), path
        assert "set-cookie" not in answer.headers


def test_a_method_in_the_address_or_a_header_is_none(asked: Asking) -> None:
    admin = asked.roles["admin"]
    users = asked.client.get("/api/users", headers=admin).json()
    override = {**admin, "X-HTTP-Method-Override": "DELETE", "X-Forwarded-Method": "DELETE"}
    for path in ("/api/users?_method=DELETE", "/api/users"):
        asked.client.get(path, headers=override)
    assert asked.client.get("/api/users", headers=admin).json() == users


WRONG = {
    "/targets?since=gestern": 400,
    "/targets?since=2027&until=2026": 400,
    "/targets?region=哪儿也不是": 400,
    "/targets?technology=哪儿也不是": 400,
    "/targets?industry=哪儿也不是": 400,
    "/compute?capacity=much": 400,
    "/exports/nothing.xlsx": 404,
    "/exports/compared.xlsx": 400,
    "/exports/policies.exe": 404,
    "/briefs/file.exe": 404,
    "/graph/file.exe": 404,
    "/match?q=的": 200,
    "/match?need=ffffff": 404,
    "/pages/ffffff": 404,
    "/things/ffffff": 404,
    "/policies/ffffff": 404,
    "/people/ffffff": 404,
    "/targets?region=a&region=b&sort=x&sort=y": 400,
    "/targets?words=" + "x" * 4_000: 400,
    "/nothing": 404,
    "/login?token=mj_x": 400,
}


@pytest.mark.parametrize("path", WRONG)
def test_a_browser_is_told_in_chinese_what_is_wrong(asked: Asking, path: str) -> None:
    answer = asked.client.get(path, headers={**asked.roles["reader"], **PAGE}, follow_redirects=False)
    if answer.status_code == 200:
        assert "problem-title" not in answer.text
        return
    assert answer.headers["content-type"].startswith("text/html"), answer.text[:300]
    told = _TOLD.search(answer.text) or _FLASH.search(answer.text)
    assert told is not None, re.findall(r"<main.{0,600}", answer.text, re.DOTALL)
    assert all(re.search(r"[\u4e00-\u9fff]", part) for part in told.groups())


def test_what_the_gate_refuses_a_browser_is_a_page(asked: Asking) -> None:
    evil = {**PAGE, "Host": "evil.example"}
    answer = asked.client.get("/targets", headers=evil)
    assert (answer.status_code, "本服务不用这个域名" in answer.text) == (421, True)
    assert "content-security-policy" in answer.headers
    assert asked.client.get("/api/pages", headers=evil).json()["status"] == 421
    forged = {**PAGE, "Origin": "http://evil.example"}
    answer = asked.client.post("/login", data={"name": "a"}, headers=forged)
    assert (answer.status_code, "不是从本服务的页面发起的" in answer.text) == (403, True)


def test_too_many_parts_are_too_large(asked: Asking) -> None:
    files = [("data", (f"{n}.html", b"x")) for n in range(1_100)]
    answer = asked.client.post("/api/jobs/files", files=files, headers=asked.roles["reviewer"])
    assert answer.status_code == 413
    assert answer.json()["title"] == "Request Entity Too Large" or answer.json()["title"] == "Content Too Large"
    assert answer.json()["detail"] == "it brings too many parts"
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        headers = {**asked.roles["reviewer"], "Content-Type": kind}
        answer = asked.client.post("/api/jobs/files", content=b"--x\r\n", headers=headers)
        assert answer.status_code == 400, kind
        assert answer.json()["mend"].startswith("send multipart/form-data"), kind
