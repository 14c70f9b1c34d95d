"""Every place of the workbench over pages that try to be markup: nothing runs, nothing is asked of elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.browser.live import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Request

PLACES = (
    "/",
    "/search?q={}",
    "/search?q={}&in=facts",
    "/search?q={}&in=names",
    "/ledgers",
    "/ledgers/sources?all=true",
    "/ledgers/targets?words={}&all=true",
    "/targets",
    "/compute",
    "/policies",
    "/people",
    "/events",
    "/timeline",
    "/graph?thing={}",
    "/compare",
    "/briefs?topic={}",
    "/match?need={}",
    "/match?q={}",
    "/changes",
    "/review",
    "/review/log",
    "/jobs",
    "/admin",
    "/admin/audit",
    "/account",
    "/{}",
    "/pages/{}",
    "/things/{}",
    "/?{}=1",
)
MARKS = ("<img src=x onerror=alert(1)>", '"><script>alert(2)</script>', "javascript:alert(3)", "{{7*7}}'\"`</textarea>")
"""What is asked for: where it comes back it is text."""


@pytest.mark.parametrize("role", ["", "admin"])
def test_nothing_that_is_asked_or_read_runs_anywhere(browser: Browser, site: Site, role: str) -> None:
    complaints: list[str] = []
    context = browser.new_context(extra_http_headers=dict(site.roles[role]) if role else {})
    context.set_default_timeout(30_000)
    page = context.new_page()

    def hear_dialog(dialog: Dialog) -> None:
        complaints.append(f"{page.url}: dialog {dialog.message}")
        dialog.dismiss()

    def hear_console(said: ConsoleMessage) -> None:
        if said.type == "error" and "status of 4" not in said.text:
            complaints.append(f"{page.url}: {said.text}")

    def hear_request(sent: Request) -> None:
        if not sent.url.startswith((site.address, "data:")):
            complaints.append(f"{page.url}: asks {sent.url}")

    page.on("dialog", hear_dialog)
    page.on("console", hear_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", hear_request)
    seen = 0
    for number, place in enumerate(PLACES):
        mark = MARKS[number % len(MARKS)]
        answered = page.goto(site.address + place.format(quote(mark, safe="")))
        assert answered is not None
        assert answered.status < 500, f"{place}: {answered.status}"
        seen += answered.ok
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.protocol)")
        assert set(links) <= {"http:", "https:"}, place
        assert page.locator("img[src=x], script:not([src]):not([type])").count() == 0, place
    context.close()
    assert complaints == []
    assert seen > 12
