"""The pages on which people log in, are let in and see the log, as a browser without scripts uses them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from mingjian.corpus.inbox import BACKUP
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.logins import begin_setup
from mingjian.serve.access.service import Access
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

HOME = "http://127.0.0.1"
ADA, REA = "three blue lamps", "four green doors"
_CODE = re.compile(r'id="secret">(mj_[\w-]{43})<')
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


@pytest.fixture
def app(workspace: Path, tmp_path: Path) -> Iterator[Litestar]:
    folder = tmp_path / "w"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*"))
    app = create_app(Settings(workspace=folder, works=False))
    with TestClient(app):  # which begins and ends it
        yield app


@contextmanager
def browser(app: Litestar) -> Iterator[TestClient[Any]]:
    client = TestClient(app, base_url=HOME)
    client.headers.update({"Origin": HOME, "Accept": "text/html,*/*;q=0.8"})
    yield client


@pytest.fixture
def ada(app: Litestar) -> Iterator[TestClient[Any]]:
    """The first admin, who has set the service up."""
    with browser(app) as client:
        code = begin_setup(app.state.access)
        form = {"code": code, "name": "ada", "password": ADA, "again": ADA}
        done = client.post("/setup", data=form, follow_redirects=False)
        assert (done.status_code, done.headers["location"]) == (303, "/")
        yield client


def test_the_first_admin_is_made_with_the_code(app: Litestar) -> None:
    with browser(app) as client:
        code = begin_setup(app.state.access)
        shown = client.get("/login")
        assert shown.url.path == "/setup"
        form = {"code": code, "name": "ada", "password": ADA, "again": "another one of it"}
        assert "两次口令不一样" in client.post("/setup", data=form).text
        form |= {"again": ADA, "code": "2222-2222"}
        wrong = client.post("/setup", data=form)
        assert (wrong.status_code, "设置码不对" in wrong.text) == (401, True)
        assert ADA not in wrong.text
        assert client.post("/setup", data={**form, "code": code}, follow_redirects=False).status_code == 303
        assert client.get("/account").status_code == 200
        assert client.get("/setup", follow_redirects=False).headers["location"] == "/login"
        again = client.post("/setup", data={**form, "code": code})
        assert (again.status_code, "已有用户" in again.text) == (409, True)


def test_a_login_leads_to_where_one_wanted(app: Litestar, ada: TestClient[Any]) -> None:
    with browser(app) as client:
        led = client.get("/account?x=1")
        assert str(led.url) == f"{HOME}/login?next=%2Faccount%3Fx%3D1"
        assert 'name="next" value="/account?x=1"' in led.text
        form = {"name": "ada", "password": "not her password", "next": "/account?x=1"}
        wrong = client.post("/login", data=form)
        assert (wrong.status_code, "姓名与口令不符" in wrong.text) == (401, True)
        assert 'value="ada"' in wrong.text
        right = client.post("/login", data={**form, "password": ADA}, follow_redirects=False)
        assert right.headers["location"] == "/account?x=1"
        assert client.get("/login?next=/account", follow_redirects=False).headers["location"] == "/account"
        assert client.post("/logout").text.count("已退出") == 1
        assert client.get("/account").url.path == "/login"


@pytest.mark.parametrize(
    "goal",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "evil.example",
        " //evil.example",
    ],
)
def test_open_redirect_no_login_leads_elsewhere(app: Litestar, ada: TestClient[Any], goal: str) -> None:
    with browser(app) as client:
        shown = client.get("/login", params={"next": goal})
        assert 'name="next" value="/"' in shown.text
        assert "evil" not in shown.text
        done = client.post("/login", data={"name": "ada", "password": ADA, "next": goal}, follow_redirects=False)
        assert (done.status_code, done.headers["location"]) == (303, "/")
        assert "x=1" not in done.headers["set-cookie"]
    assert ada.get("/login", params={"next": goal}, follow_redirects=False).headers["location"] == "/"


def test_a_browser_that_another_site_led_here_asks_again_with_its_cookie(app: Litestar, ada: TestClient[Any]) -> None:
    with browser(app) as client:
        led = client.get("/login?next=/account", headers={"Sec-Fetch-Site": "cross-site"})
        assert led.headers["refresh"] == "0; url=/login?next=%2Faccount"
        assert "refresh" not in client.get("/login?next=/account", headers={"Sec-Fetch-Site": "same-origin"}).headers


def test_admins_let_people_in_and_out(app: Litestar, ada: TestClient[Any]) -> None:
    added = ada.post("/admin/users", data={"name": "李 rea", "role": "reader", "password": REA})
    assert "用户已添加" in added.text
    assert "李 rea" in added.text
    taken = ada.post("/admin/users", data={"name": "李 REA", "role": "reader", "password": "six violet trains"})
    assert (taken.status_code, "已有人用这个名字" in taken.text) == (409, True)
    assert "太短" in ada.post("/admin/users", data={"name": "x", "role": "reader", "password": "short"}).text
    with browser(app) as rea:
        assert rea.post("/login", data={"name": "李 rea", "password": REA}, follow_redirects=False).status_code == 303
        assert rea.get("/admin").status_code == 403
        assert rea.post("/admin/users/2/role", data={"role": "admin"}).status_code == 403
        assert ada.post("/admin/users/2/role", data={"role": "reviewer"}).url.path == "/admin"
        assert "复核员" in rea.get("/account").text
        assert "已停用" in ada.post("/admin/users/2/disable").text
        assert rea.get("/account").url.path == "/login"
        assert "最后一位管理员" in ada.post("/admin/users/1/disable").text
        assert ada.post("/admin/users/2/enable").status_code == 200
        assert "口令已重设" in ada.post("/admin/users/2/password", data={"password": "six violet trains"}).text
        assert ada.post("/admin/users/2/sessions").status_code == 200
        assert ada.post("/admin/users/2/promote").status_code == 404
        assert ada.post("/admin/users/99/role", data={"role": "admin"}).status_code == 404


def test_a_user_changes_what_is_their_own(app: Litestar, ada: TestClient[Any]) -> None:
    made = ada.post("/account/tokens", data={"name": "nightly", "read": "1", "days": "30"})
    found = _CODE.search(made.text)
    assert found is not None
    bearer = {"Authorization": f"Bearer {found[1]}", "Accept": "application/json"}
    with browser(app) as program:
        assert program.get("/api/session", headers=bearer).json()["rights"] == ["read"]
    assert found[1] not in ada.get("/account").text
    assert "请选权限" in ada.post("/account/tokens", data={"name": "none", "days": "30"}).text
    for days in ("0", "9999", "x", "-1", "1e3"):
        assert "1 到 366" in ada.post("/account/tokens", data={"name": "n", "read": "1", "days": days}).text
    assert "nightly" in ada.get("/admin/tokens").text
    assert "已吊销" in ada.post("/account/tokens/1/revoke").text
    assert "没有这个令牌" in ada.post("/account/tokens/77/revoke").text
    wrong = ada.post("/account/password", data={"old": "not it at all", "new": REA, "again": REA})
    assert (wrong.status_code, "现在的口令不对" in wrong.text) == (403, True)
    assert "口令已改" in ada.post("/account/password", data={"old": ADA, "new": REA, "again": REA}).text
    assert "已退出" in ada.post("/account/sessions").text


def test_the_log_is_shown_and_what_stands_in_it_is_escaped(app: Litestar, ada: TestClient[Any]) -> None:
    access: Access = app.state.access
    access.note_of(Asker("<b>eve", address='"><script>'), "review.accept", "<script>alert(1)</script>", "'\"&")
    shown = ada.get("/admin/audit").text
    assert "日志完好" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "user.add" in shown
    assert "user.add" not in ada.get("/admin/audit?action=session.").text
    assert ada.get("/admin/audit?who=%3Cb%3Eeve").text.count("review.accept") == 1


def test_no_page_needs_what_the_policy_forbids(app: Litestar, ada: TestClient[Any]) -> None:
    with browser(app) as stranger:
        pages = [stranger.get("/login")]
    pages += [ada.get(path) for path in ("/account", "/admin", "/admin/tokens", "/admin/audit")]
    for answer in pages:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert _INLINE.search(answer.text) is None, answer.url
        assert "http" not in re.sub(r"https?://127\.0\.0\.1", "", answer.text).replace("http-equiv", "")
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text):
            assert ada.get(address).status_code == 200, address


def test_an_admin_looks_after_the_workspace_with_buttons(app: Litestar, ada: TestClient[Any]) -> None:
    shown = ada.get("/admin/upkeep")
    assert (shown.status_code, _INLINE.search(shown.text)) == (200, None)
    buttons = {"check": {"whole": "1"}, "backup": {}, "reextract": {}, "reindex": {}}
    for kind, form in buttons.items():
        assert f'action="/admin/upkeep/{kind}"' in shown.text
        assert str(ada.post(f"/admin/upkeep/{kind}", data=form).url) == f"{HOME}/admin/upkeep"
    assert ada.post("/admin/upkeep/erase", data={}).status_code == 404
    inbox = app.state.inbox
    asked = [(job.kind, job.whole, job.who) for job in reversed(inbox.jobs())]
    assert sorted(asked) == sorted((kind, bool(form), "ada") for kind, form in buttons.items())
    deeds = {line.deed.action for line in app.state.access.audit(4)}
    assert deeds == {f"job.{kind}" for kind in buttons}
    (backup,) = (job for job in inbox.jobs() if job.kind == "backup")
    (inbox.folder(backup.id) / BACKUP).write_bytes(b"SQLite format 3")
    inbox.put(msgspec.structs.replace(backup, state="done", told="12 MB, checked"))
    address = f"/admin/upkeep/{backup.id}/backup.db"
    assert f'href="{address}"' in ada.get("/admin/upkeep").text
    assert ada.get(address).content == b"SQLite format 3"


def test_an_admin_takes_a_page_out_and_brings_it_back(app: Litestar, ada: TestClient[Any]) -> None:
    page = ada.get("/api/pages").json()["items"][0]["id"]
    assert f'action="/pages/{page}/remove"' in ada.get(f"/pages/{page}").text
    assert ada.post(f"/pages/{page}/remove", data={"why": " "}).status_code == 400
    out = ada.post(f"/pages/{page}/remove", data={"why": "<b>样例</b>"})
    assert (str(out.url), "&lt;b&gt;样例&lt;/b&gt;" in out.text, "<b>样例" in out.text) == (
        f"{HOME}/pages/{page}",
        True,
        False,
    )
    assert f'href="/pages/{page}"' in ada.get("/admin/upkeep").text
    for action in ("return", "erase"):
        assert f'action="/pages/{page}/{action}"' in out.text
    back = ada.post(f"/pages/{page}/return")
    assert (back.status_code, f'action="/pages/{page}/remove"' in back.text) == (200, True)
    assert app.state.workspace.corpus.status().counts["removed"] == 0


def test_whoever_is_no_admin_sees_no_such_buttons(app: Litestar, ada: TestClient[Any]) -> None:
    page = ada.get("/api/pages").json()["items"][0]["id"]
    ada.post("/admin/users", data={"name": "rea", "role": "reviewer", "password": REA})
    with browser(app) as rea:
        rea.post("/login", data={"name": "rea", "password": REA})
        assert "/remove" not in rea.get(f"/pages/{page}").text
        assert rea.post(f"/pages/{page}/remove", data={"why": "x"}).status_code == 403
        assert rea.get("/admin/upkeep").status_code == 403
        ada.post(f"/pages/{page}/remove", data={"why": "样例"})
        assert rea.get(f"/pages/{page}").status_code == 404
