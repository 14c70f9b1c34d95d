"""The parts of pages in Chromium, under the policy that the workbench sends: no inline script, no inline style."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUSED = "() => document.activeElement.id || document.activeElement.tagName"


def test_nothing_is_complained_of_and_nothing_of_a_page_runs(open_page: Callable[..., Page]) -> None:
    page = open_page("/?charts=1")
    page.wait_for_selector(".chart canvas")
    assert page.title() == "样式 · 明鉴"
    assert page.locator("main img").count() == 0


def test_no_page_is_wider_than_its_window(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for width in (360, 390, 768, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_all_can_be_read_and_reached(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator("[data-row]").count() > 12
    assert page.locator("a.cited").first.get_attribute("href") == "/pages/p1#s=24,41"
    page.click("nav.pager a[rel=next] >> nth=0")
    assert page.url.endswith("/?first=12")
    assert "13–24" in page.locator("nav.pager").first.inner_text()


def test_paging_puts_only_the_list_anew(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate("document.body.dataset.kept = 'yes'")
    page.click("nav.pager a[rel=next] >> nth=0")
    page.wait_for_selector("nav.pager:has-text('13–24')")
    assert page.evaluate("document.body.dataset.kept") == "yes"
    assert page.url.endswith("/?first=12")
    page.click(".facet a >> text=已到期待核")
    page.wait_for_selector("nav.pager:has-text('25–36')")
    page.go_back()
    page.wait_for_selector("nav.pager:has-text('13–24')")
    page.go_back()
    page.wait_for_selector("nav.pager:has-text('1–12')")


def test_an_error_leaves_the_list_and_is_told(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.click("thead a >> text=名称")
    page.wait_for_url("**/?sort=name")
    page.evaluate("document.querySelector('nav.pager a[rel=next]').setAttribute('href', '/nothing')")
    page.click("nav.pager a[rel=next] >> nth=0")
    page.wait_for_selector("#flash .bad")
    assert "404" in page.locator("#flash").inner_text()
    assert page.locator("#targets tbody tr").count() == 12


def test_hits_come_while_someone_types(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("input[name=words]").press_sequentially("算力")
    page.wait_for_selector("#hits li")
    assert "算力" in page.locator("#hits").inner_text()
    assert page.locator("input[name=words]").evaluate("field => field === document.activeElement")
    page.wait_for_url("**/?words=*")


def test_an_action_answers_in_its_place(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.click("#act button")
    page.wait_for_selector("p#act")
    page = open_page(java_script_enabled=False)
    page.click("#act button")
    assert page.url.endswith("/accept")


def test_an_action_that_is_refused_is_told(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#act button").evaluate("button => { button.value = 'f2'; }")
    page.click("#act button")
    page.wait_for_selector("#flash .bad")
    assert page.locator("#act button").count() == 1


def test_links_to_things_leave_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.click("#targets tbody th a >> nth=0")
    page.wait_for_url("**/things/thing0")


def test_a_value_shows_its_words(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("a.cited").first.hover()
    page.wait_for_selector("#evidence:visible")
    card = page.locator("#evidence")
    assert "智能算力规模达到35 EFLOPS" in card.inner_text()
    assert card.locator("a").first.get_attribute("href") == "/pages/p1#s=24,41"
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_value_shows_its_words_to_those_who_use_keys(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#targets tbody th a").first.focus()
    page.keyboard.press("Tab")
    assert page.locator("#evidence").is_visible()
    assert page.locator("a.cited.open").get_attribute("aria-describedby") == "evidence"


def test_the_first_tap_shows_the_words_the_second_goes_there(open_page: Callable[..., Page]) -> None:
    page = open_page(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page.tap("a.cited >> nth=0")
    assert page.locator("#evidence").is_visible()
    page.tap("a.cited >> nth=0")
    page.wait_for_url("**/pages/p1#s=24,41")


def test_keys(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == "row-thing1"
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == "row-thing0"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.name") == "q"
    page.keyboard.type("jk?")
    assert page.input_value("[name=q]") == "jk?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/targets")


def test_enter_opens_the_row(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/things/thing0")


def test_the_first_stop_of_tab_skips_the_navigation(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"


def test_menus_close(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.click(".downloads summary")
    assert page.locator(".downloads a").count() == 3
    page.click("h1")
    assert page.locator("details.menu[open]").count() == 0


def test_the_tip_of_a_chart_is_text(open_page: Callable[..., Page]) -> None:
    page = open_page("/?charts=1")
    canvas = page.locator("#bars canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for height in range(20, int(box["height"]) - 20, 10):
        page.mouse.move(box["x"] + 130, box["y"] + height)
        if page.locator(".chart-tip:visible", has_text="</script>").count():
            break
    assert page.locator(".chart-tip:visible img").count() == 0
    assert page.locator(".chart-tip", has_text="<img src=x").count() == 1
    assert page.title() == "样式 · 明鉴"


def test_charts_are_drawn_anew_in_the_dark(open_page: Callable[..., Page]) -> None:
    page = open_page("/?charts=1")
    page.wait_for_selector("#bars canvas")
    pixel = "() => document.querySelector('#bars canvas').toDataURL()"
    light = page.evaluate(pixel)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert page.evaluate(pixel) != light


def test_a_click_on_a_chart_leads_to_what_it_shows(open_page: Callable[..., Page]) -> None:
    page = open_page("/?charts=1")
    page.locator("#bars canvas").scroll_into_view_if_needed()
    box = page.locator("#bars canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 150, box["y"] + 45)
    page.wait_for_url("**/a")


def test_a_graph_is_drawn_and_its_rows_light(open_page: Callable[..., Page]) -> None:
    page = open_page("/?charts=1")
    page.wait_for_selector("#graph[data-drawn='3']")
    assert page.locator("head style").count() == 0
    place = page.locator("#graph")
    place.scroll_into_view_if_needed()
    row = page.locator("[data-edge=e0]")
    row.focus()
    before = page.evaluate("() => [...document.querySelectorAll('#graph canvas')].map((one) => one.toDataURL()).join()")
    page.locator("[data-edge=e1]").focus()
    page.wait_for_timeout(200)
    after = page.evaluate("() => [...document.querySelectorAll('#graph canvas')].map((one) => one.toDataURL()).join()")
    assert before != after
