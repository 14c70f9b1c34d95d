"""Every place of the workbench over pages that try to be markup: nothing runs, nothing is asked of elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx2 as httpx
import pytest
from tests.browser.live import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    "/admin/users",
    "/account",
    "/{}",
    "/pages/{}",
    "/things/{}",
    "/?{}=1",
)
MARKS = ("<img src=x onerror=alert(1)>", '"><script>alert(2)</script>', "javascript:alert(3)", "{{7*7}}'\"`</textarea>")
"""What is asked for: where it comes back it is text."""


@pytest.fixture
def complaints(browser: object, site: Site) -> Iterator[tuple[Page, list[str]]]:
    context = browser.new_context(extra_http_headers=dict(site.roles["admin"]))  # type: ignore[attr-defined]
    page, told = context.new_page(), []
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: told.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((site.address, "data:")) else told.append(sent.url))
    yield page, told
    context.close()
