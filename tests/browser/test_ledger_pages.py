"""The pages of ledgers in Chromium: no page breaks its policy, is wider than a phone, or is lost without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = [
    "/ledgers", "/policies?all=1", "/statistics?all=1", "/quotes?all=1", "/sources", "/conflicts",
    "/organisations?all=1", "/people?all=1", "/scenarios?all=1",
    "/datasets?all=1", "/targets?all=1", "/compute?all=1", "/compare",
    "/compare?metric=智能算力规模", "/graph", "/briefs?since=2020&all=1",
]  # fmt: skip
Opened = Callable[..., "Page"]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_on_a_desk_and_on_a_phone(open_site: Opened, path: str) -> None:
    desk = open_site(path)
    assert desk.locator("h1").first.is_visible()
    assert overflow(desk) == 0
    phone = open_site(path, **PHONE)
    assert phone.locator("h1").first.is_visible()
    assert overflow(phone) == 0


def first_of(open_site: Opened, path: str) -> Page:
    """The page of the first row of a list, reached by keys."""
    page = open_site(path)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path.partition('?')[0]}/*")
    return page


@pytest.mark.parametrize("path", ["/policies?all=1", "/people?all=1"])
def test_rows_are_walked_and_opened_by_keys(open_site: Opened, path: str) -> None:
    page = first_of(open_site, path)
    assert page.locator("h1").first.is_visible()
    assert page.locator(".crumbs a").first.get_attribute("href") == path.partition("?")[0]
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert overflow(page) == 0


def test_evidence_is_shown_where_a_cell_is_pointed_at(open_site: Opened) -> None:
    page = open_site("/policies?all=1")
    page.locator("#list td a.cited").first.hover()
    page.wait_for_selector("#evidence q")
    assert page.locator("#evidence q").first.inner_text()


def test_a_facet_puts_the_list_anew_and_keeps_the_address(open_site: Opened) -> None:
    page = open_site("/statistics?all=1")
    choice = page.locator(".facet[open] a").first
    count = choice.locator("small").inner_text()
    choice.click()
    page.wait_for_selector(".chosen a")
    assert f"共 {count} 条" in page.locator(".pager").first.inner_text()
    assert page.url != page.evaluate("location.origin") + "/statistics?all=1"
    page.go_back()
    page.wait_for_selector(".chosen a", state="detached")


def test_the_form_asks_by_address_without_scripts(open_site: Opened) -> None:
    page = open_site("/policies?all=1", java_script_enabled=False)
    page.fill("input[name=words]", "算力")
    page.click("form.ask-form button[type=submit]")
    assert "words=" in page.url
    assert all("算力" in text for text in page.locator("#list tbody th").all_inner_texts())


def test_the_board_draws_its_years_and_follows_a_status(open_site: Opened) -> None:
    page = open_site("/targets?all=1")
    page.wait_for_selector("#years canvas")
    column = page.locator(".board a").first
    count = column.locator("b").inner_text()
    column.click()
    page.wait_for_selector(".board a[aria-current]")
    assert page.locator(".heading .count").inner_text() == count


def test_regions_are_compared_by_a_form(open_site: Opened) -> None:
    page = open_site("/compare")
    page.fill("input[name=metric]", "智能算力规模")
    page.check("input[name=region][value='440000']")
    page.click("form.ask-form button[type=submit]")
    page.wait_for_selector("#no-numbers a")  # no page tells one: where else to look
    assert page.is_checked("input[name=region][value='440000']")


def test_the_graph_is_drawn_and_its_edges_light_their_rows(open_site: Opened) -> None:
    page = first_of(open_site, "/policies?all=1")
    page.click(".heading-actions > a.button")
    page.wait_for_selector("[data-graph][data-drawn]")
    drawn = page.locator("[data-graph]").get_attribute("data-drawn")
    assert drawn is not None
    assert int(drawn) > 1
    row = page.locator("[data-edge]").first
    row.focus()
    row.locator("a.cited").first.hover()
    page.wait_for_selector("#evidence q")


def test_a_brief_leads_from_its_footnotes_to_the_words(open_site: Opened) -> None:
    page = open_site("/briefs?since=2020&all=1")
    page.locator(".told sup a").first.click()
    assert page.url.endswith("#n1")
    page.locator('.notes li a[href^="/pages/"]').first.click()
    page.wait_for_url("**/pages/**")
    assert "#s=" in page.url


@pytest.mark.parametrize(
    ("path", "name"), [("/policies?all=1", "policies.xlsx"), ("/briefs?since=2020&all=1", ".docx")]
)
def test_files_are_taken_along(open_site: Opened, path: str, name: str) -> None:
    page = open_site(path)
    page.click(".downloads summary")
    with page.expect_download() as taken:
        page.locator(".downloads a").first.click()
    assert taken.value.suggested_filename.endswith(name)
