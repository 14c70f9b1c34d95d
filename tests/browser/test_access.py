"""Logging in with a real browser: from the first start, by a link on another site, and what another site cannot do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from litestar import Litestar

from mingjian.serve.access.connections import PatientProtocol
from mingjian.serve.access.logins import begin_setup
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings
from mingjian.store import open_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORDS = "three blue lamps"
EVIL = """<a id="link" href="{home}/account">look</a>
<form id="promote" method="post" action="{home}/admin/users"><input name="name" value="eve">
<input name="role" value="admin"><input name="password" value="six violet trains"></form>
<form id="logout" method="post" action="{home}/logout"></form>
<form id="login" method="post" action="{home}/login">
<input name="name" value="lin"><input name="password" value="x"></form>
"""


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def running(app: Litestar) -> Iterator[str]:
    """Its address, at the name that is not the other site's."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=PatientProtocol, ws="none", log_config=None))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def other_site(folder: Path, home: str) -> Iterator[str]:
    """The address of a site that means no good: ``localhost`` is another one than ``127.0.0.1``."""
    (folder / "index.html").write_text(EVIL.format(home=home))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    open_workspace(tmp_path / "w", write=True, create=True).close()
    return create_app(Settings(workspace=tmp_path / "w", works=False))


def set_up(page: Page, home: str, code: str | None) -> None:
    page.goto(f"{home}/account")
    assert page.url == f"{home}/setup"
    for name, value in (("code", str(code)), ("name", "lin"), ("password", WORDS), ("again", WORDS)):
        page.fill(f"main [name={name}]", value)
    page.click("button.main")
    page.wait_for_url(f"{home}/")


def test_the_first_admin_logs_in_and_no_other_site_acts_for_them(
    browser: Browser, app: Litestar, tmp_path: Path
) -> None:
    (tmp_path / "evil").mkdir()
    with running(app) as home, other_site(tmp_path / "evil", home) as evil, browser.new_context() as context:
        page = context.new_page()
        set_up(page, home, begin_setup(app.state.access))
        page.goto(evil)
        page.click("#link")  # the browser sends no cookie at first, as it comes from another site
        page.wait_for_url(f"{home}/account")
        for form in ("promote", "logout", "login"):
            page.goto(evil)
            with page.expect_navigation() as answer:
                page.evaluate(f"document.getElementById('{form}').submit()")
            assert answer.value.status == 403, form
        page.goto(evil)
        asked = f"fetch('{home}/api/users', {{credentials: 'include'}}).then(() => 'read', () => 'refused')"
        assert page.evaluate(asked) == "refused"
        page.goto(f"{home}/admin")
        assert page.locator("tbody tr").count() == 1
        page.click("details.menu summary")
        page.click("form[action='/logout'] button")
        page.wait_for_url(f"{home}/login?done=out")
        page.go_back()
        assert page.url == f"{home}/login?next=%2Fadmin"  # nothing of it was kept
