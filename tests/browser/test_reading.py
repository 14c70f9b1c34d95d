"""The pages for reading in a browser: no complaint, nothing from elsewhere, keys, phones, signs beyond the BMP."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.browser.hostile import HOSTILE, LONG, WIDE
from tests.browser.live import Site

from mingjian.core.books import Asked as AskedOfBooks
from mingjian.corpus import Corpus
from mingjian.corpus.finding import Asked

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLACES = (
    "/",
    "/search",
    "/search?q=算力",
    "/search?q=类型:目标",
    "/search?q=岚州&in=names",
    "/events",
    "/timeline",
    "/changes",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LIT = "() => [...(CSS.highlights.get('evidence') ?? [])].map(String)"
WIDTH = "() => document.documentElement.scrollWidth - innerWidth"
TEXT = "() => document.querySelector('[data-text]').textContent"
Open = Callable[..., "Page"]


def page_holding(site: Site, words: str) -> str:
    """The id of the page that holds the words."""
    with Corpus.as_it_stands(site.folder) as corpus:
        return corpus.search(Asked(words=words)).pages[0].id


def thing_told_most(site: Site, kind: str) -> str:
    """The id of the thing of a kind that most pages tell of."""
    with Corpus.as_it_stands(site.folder) as corpus, corpus.books() as books:
        return max(books.find(AskedOfBooks(kind=kind, ai=False)), key=lambda one: (one.pages, one.id)).id  # type: ignore[arg-type]


@pytest.mark.parametrize("path", PLACES)
def test_a_place_is_whole_on_a_phone_too(open_site: Open, path: str) -> None:
    open_site(path)
    page = open_site(path, **PHONE)
    assert page.evaluate(WIDTH) <= 0
    assert page.locator("main").inner_text().strip()


@pytest.mark.parametrize("kind", ["event", "policy", "statistic", "target", "person", "story", "organisation", "quote"])
def test_a_thing_is_whole_on_a_phone_too(open_site: Open, site: Site, kind: str) -> None:
    path = f"/things/{thing_told_most(site, kind)}"
    open_site(path)
    assert open_site(path, **PHONE).evaluate(WIDTH) <= 0


@pytest.mark.parametrize(("words", "text"), [("临江市人民政府", HOSTILE), ("野家", WIDE), ("长文测试", LONG)])
def test_the_text_is_what_the_page_holds(open_site: Open, site: Site, words: str, text: str) -> None:
    page = open_site(f"/pages/{page_holding(site, words)}")
    assert page.evaluate(TEXT) == text
    assert open_site(f"/pages/{page_holding(site, words)}", **PHONE).evaluate(WIDTH) <= 0


def test_facts_beyond_the_bmp_light_their_words(open_site: Open, site: Site) -> None:
    page = open_site(f"/pages/{page_holding(site, '野家')}")
    points = list(WIDE)
    seen = 0
    for fact in page.locator("[data-fact]").all():
        spans = [tuple(map(int, pair.split("-"))) for pair in (fact.get_attribute("data-spans") or "").split()]
        if not spans:
            continue
        fact.focus()
        words = sorted("".join("".join(points[start:end]) for start, end in spans))
        assert sorted("".join(page.evaluate(LIT))) == words
        seen += 1
    assert seen > 10


def test_words_light_their_fact(open_site: Open, site: Site) -> None:
    page = open_site(f"/pages/{page_holding(site, '野家')}")
    page.locator("[data-keys]", has_text="35 EFLOPS").last.click()
    assert page.locator(".fact.lit").count() == 1
    assert "35" in "".join(page.evaluate(LIT))


def test_an_address_lights_words_beyond_the_bmp(open_site: Open, site: Site) -> None:
    start = list(WIDE).index("林") - 1
    page = open_site(f"/pages/{page_holding(site, '野家')}#s={start},{start + 4}")
    assert page.evaluate(LIT) == ["".join(list(WIDE)[start : start + 4])]


def test_why_opens_in_its_place(open_site: Open, site: Site) -> None:
    page = open_site(f"/pages/{page_holding(site, '野家')}")
    why = page.locator("details.why").first
    why.locator("summary").click()
    why.locator(".passage").wait_for()
    assert why.locator("mark").count() == 1
    assert page.url.endswith(page_holding(site, "野家"))


def test_what_is_not_the_article_can_be_hidden(open_site: Open, site: Site) -> None:
    page = open_site(f"/pages/{page_holding(site, '临江市人民政府')}")
    dropped = page.locator(".words .dropped").first
    assert dropped.is_visible()
    page.click("button[data-group=dropped]")
    assert not dropped.is_visible()
    assert page.evaluate(TEXT) == HOSTILE


def test_what_lights_up_can_be_seen(open_site: Open, site: Site) -> None:
    page = open_site(f"/pages/{page_holding(site, '临江市人民政府')}")
    page.click("button[data-group=dropped]")
    page.locator("[data-fact=published-0]").focus()
    page.wait_for_function("() => !document.body.classList.contains('hide-dropped')")
    assert page.evaluate(LIT) == ["2026-03-06 10:00"]


def test_a_hit_is_found_as_one_types_and_opened_by_keys(open_site: Open) -> None:
    page = open_site("/search")
    page.keyboard.press("/")
    page.keyboard.type("百企千模")
    page.locator("#found mark").first.wait_for()
    page.wait_for_url("**q=%E7%99%BE*")
    page.locator("[data-search]").blur()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/**")
    assert page.evaluate(LIT)


def test_a_facet_narrows_and_back_widens(open_site: Open) -> None:
    page = open_site("/search?q=算力")
    before = page.locator(".hits > li").count()
    page.locator(".facet a", has_text="2026").first.click()
    page.locator(".chosen li").first.wait_for()
    assert page.locator(".hits > li").count() <= before
    page.locator(".chosen a").first.click()
    page.wait_for_function("() => !document.querySelector('.chosen li')")
    assert page.locator(".hits > li").count() == before


def test_search_without_scripts(open_site: Open) -> None:
    page = open_site("/search", java_script_enabled=False)
    page.fill("[data-search]", "百企千模")
    page.click(".seek button")
    assert page.locator("#found mark").count()
    page.locator(".hits h3 a").first.click()
    assert page.locator("[data-text]").count() == 1


def test_the_first_page_tells_of_conflicts_when_they_are_compared(open_site: Open) -> None:
    page = open_site("/")
    page.locator("table.tight").wait_for()
    assert page.locator("#compared[hx-get]").count() == 0


def test_the_timeline_is_drawn_and_told(open_site: Open) -> None:
    page = open_site("/timeline")
    page.locator("#timeline canvas").first.wait_for()
    assert page.locator(".timed tbody tr").count() > 10
    page.locator(".timed tbody a").first.click()
    page.locator("#sources").wait_for()


def test_an_event_shows_the_chain_of_reprints(open_site: Open, site: Site) -> None:
    page = open_site(f"/things/{thing_told_most(site, 'event')}")
    page.locator(".tellings summary").first.click()
    assert page.locator(".tellings .chain li").first.is_visible()
    page.locator(".tellings .said a").first.click()
    page.wait_for_url("**/pages/**")
    assert page.evaluate(LIT)


def test_what_a_page_was_is_beside_what_it_is(open_site: Open) -> None:
    page = open_site("/changes")
    assert "3000" in page.locator("del").first.inner_text()
    page.locator(".changed h2 a").first.click()
    page.locator("#versions").wait_for()
