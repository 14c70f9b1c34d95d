"""Chromium as Debian packs it, one for all tests here; without it they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.hostile import HOSTILE_PAGES
from tests.browser.live import Site, live, make_workspace
from tests.browser.sample import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium, ended behind each module: while it runs, nothing else can run an event loop here."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=program)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page of all parts is served."""
    with serving() as url:
        yield url


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the served page; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str = "/", script: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    refused = "the server responded with a status of 40"  # which some tests ask for
    assert [said for said in complaints if refused not in said] == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service over a workspace of the sample pages and some hostile ones, made once."""
    folder = tmp_path_factory.mktemp("browser") / "workspace"
    make_workspace(folder, HOSTILE_PAGES)
    with live(folder) as running:
        yield running


@pytest.fixture
def open_site(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens an address of the service, as whoever may read or as a user of a ``role``.

    Whatever the browser complains about (its policy of content too), and any request to elsewhere, fails the test.
    """
    complaints: list[str] = []
    contexts = []

    def dismiss(dialog: Dialog) -> None:
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def opened(path: str = "/", *, role: str = "", **options: Any) -> Page:
        headers = {"extra_http_headers": dict(site.roles[role])} if role else {}
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **headers, **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith(site.address) else None)
        page.on("dialog", dismiss)
        answered = page.goto(site.address + path)
        assert answered is not None
        assert answered.ok, f"{path}: {answered.status}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
