"""The desk in a real browser: what is said, correcting by dragging over the text, two reviewers, keys, a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.hostile import HOSTILE_PAGES
from tests.browser.live import Site, live, make_workspace

from mingjian.core.books import Asked
from mingjian.core.model.review import QueueAsked
from mingjian.corpus import Corpus
from mingjian.corpus.desk.desk import ReviewedPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"viewport": {"width": 390, "height": 844}}
DRAG = """([start, end]) => {
  const text = document.querySelector('[data-text]'), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const places = [];
  for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode()) {
    let unit = 0;
    for (const sign of node.data) {
      if (at === start || at === end - 1) {
        const range = document.createRange();
        range.setStart(node, unit); range.setEnd(node, unit + sign.length);
        places.push(range.getBoundingClientRect());
      }
      at += 1; unit += sign.length;
    }
  }
  const [first, last] = [places[0], places.at(-1)];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


@pytest.fixture(scope="module")
def desk_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service of its own, whose facts were weighed: what is said here is said of no other test's workspace."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("desk") / "workspace"
    make_workspace(folder, HOSTILE_PAGES)
    with Corpus.open(folder) as corpus:
        assert corpus.desk.queue().total
    with live(folder) as running:
        yield running


@pytest.fixture
def desk(browser: Browser, desk_site: Site) -> Iterator[Callable[..., Page]]:
    """Opens an address as a user of a role; complaints of the browser and requests to elsewhere fail the test."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str, role: str = "reviewer", **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "extra_http_headers": dict(desk_site.roles[role]), **options}
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if _is_elsewhere(sent.url, desk_site) else None)
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.goto(desk_site.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    expected = ("status of 403", "status of 409", "status of 422", "status of 503")  # which some tests ask for
    assert [said for said in complaints if not any(each in said for each in expected)] == []


def _is_elsewhere(url: str, site: Site) -> bool:
    return not url.startswith(site.address)


def told(folder: Path, words: str) -> ReviewedPage:
    """The page whose text holds these words, as people are told it now."""
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        page = next(page.id for page in reader.pages(0) if words in reader.text(page.number))
        return corpus.desk.page(page)


def wide(site: Site) -> tuple[ReviewedPage, Any]:
    page = told(site.folder, "𠮷野家🚀集团")
    targets = [one for one in page.reviewed.record.targets if "EFLOPS" in one.evidence.text]
    return page, targets[0]


def drag(page: Page, start: int, end: int) -> None:
    """Select the code points from start to end with the mouse."""
    left, top, right, bottom = page.evaluate(DRAG, [start, end])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=4)
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()


def test_a_fact_is_corrected_by_dragging_over_words_behind_emoji(desk: Callable[..., Page], desk_site: Site) -> None:
    held, fact = wide(desk_site)
    page = desk(f"/review/{held.kept.id}/{fact.id}")
    page.keyboard.press("c")
    page.check("input[name=part][value=metric]")
    start = held.text.index("𠮷字不是吉字🙂")
    drag(page, start, start + len("𠮷字不是吉字🙂"))
    page.locator("#preview ins").get_by_text("𠮷字不是吉字🙂", exact=True).wait_for()
    assert page.input_value("textarea[name=words]") == "𠮷字不是吉字🙂"
    assert (page.input_value("[name=start]"), page.input_value("[name=end]")) == (str(start), str(start + 7))
    with Corpus.open(desk_site.folder) as corpus:
        before = len(corpus.desk.all())
    page.check("input[name=stay]")
    page.click("button[value=save]")
    page.wait_for_url("**said=*")
    (now,) = (one for one in told(desk_site.folder, "𠮷野家🚀集团").reviewed.record.targets if one.by == "review")
    assert now.metric == "𠮷字不是吉字🙂"
    with Corpus.open(desk_site.folder) as corpus:
        assert len(corpus.desk.all()) == before + 1
    page.click(".told .undo button")
    page.wait_for_selector(".told.info")
    left = told(desk_site.folder, "𠮷野家🚀集团").reviewed.record.targets
    assert all(one.by != "review" for one in left)


def test_words_that_tell_no_number_say_so_before_they_are_saved(desk: Callable[..., Page], desk_site: Site) -> None:
    held, fact = wide(desk_site)
    page = desk(f"/review/{held.kept.id}/{fact.id}")
    page.keyboard.press("c")
    page.check("input[name=part][value=value]")
    start = held.text.index("🀄️𠮷野家")
    drag(page, start, start + 5)
    page.wait_for_selector("#preview .flash.bad")
    start = held.text.index("3.5亿元")
    drag(page, start, start + 5)
    page.locator("#preview ins").get_by_text("≥3.5亿元", exact=True).wait_for()


def test_the_queue_is_worked_through_by_keys(desk: Callable[..., Page], desk_site: Site) -> None:
    page = desk("/review?kind=statistics&kind=targets")
    first, second = (page.locator(".queued").nth(at).get_attribute("id") for at in (0, 1))
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".told.good")
    assert page.locator(f"#{first}").count() == 0
    page.keyboard.press("x")
    page.keyboard.press("Escape")  # thought better of: the keys are the row's again
    assert page.evaluate("document.activeElement.id") == second
    assert page.locator(f"#{second} details[open]").count() == 0
    page.keyboard.press("x")
    page.keyboard.type("不是目标")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{second}", state="detached")
    page.keyboard.press("u")
    page.wait_for_selector(f"#{second}")
    with Corpus.open(desk_site.folder) as corpus:
        last = corpus.desk.all()[-2:]
    assert [(one.verb, one.why, one.undone is not None) for one in last] == [
        ("accept", "", False),
        ("reject", "不是目标", True),
    ]


def test_a_number_gives_the_reason_for_rejecting(desk: Callable[..., Page], desk_site: Site) -> None:
    page = desk("/review?kind=statistics&kind=targets")
    first = page.locator(".queued").first.get_attribute("id")
    page.keyboard.press("2")  # nothing is rejected before it is asked to be
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.keyboard.press("x")
    page.keyboard.type("第2")  # somebody's own words may hold a number
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.fill(f"#{first} input[name=why]", "")
    page.keyboard.press("2")
    page.wait_for_selector(f"#{first}", state="detached")
    page.keyboard.press("u")
    page.wait_for_selector(f"#{first}")
    page.goto(desk_site.address + (page.get_attribute(f"#{first} a[data-key=c]", "href") or ""))
    page.keyboard.press("x")
    page.keyboard.press("6")
    page.wait_for_url("**said=*")
    page.keyboard.press("u")
    page.wait_for_selector(".told.info")
    with Corpus.open(desk_site.folder) as corpus:
        last = corpus.desk.all()[-2:]
    assert [(one.verb, one.why, one.undone is not None) for one in last] == [
        ("reject", "数值读错", True),
        ("reject", "重复", True),
    ]


def test_the_keys_lead_from_fact_to_fact(desk: Callable[..., Page]) -> None:
    page = desk("/review?kind=events")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url("**at=0*")
    page.wait_for_selector(".fact-head.lit")
    page.keyboard.press("j")
    page.wait_for_url("**at=1*")
    page.keyboard.press("k")
    page.wait_for_url("**at=0*")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/search")


def test_whoever_comes_second_is_told_who_was_first(desk: Callable[..., Page], desk_site: Site) -> None:
    with Corpus.open(desk_site.folder) as corpus:
        waiting = corpus.desk.queue(QueueAsked(kinds=("policies",), limit=1)).facts[0]
    path = f"/review/{waiting.page}/{waiting.fact}"
    one, other = desk(path), desk(path, role="admin")
    other.keyboard.press("x")
    other.keyboard.type("<b>重复</b>")
    other.keyboard.press("Enter")
    other.wait_for_url("**said=*")
    one.keyboard.press("a")
    one.wait_for_selector(".flash.warn")
    assert "lin-admin" in one.inner_text(".flash.warn")
    assert "<b>重复</b>" in one.inner_text("main")
    with Corpus.open(desk_site.folder) as corpus:
        said = [each.who for each in corpus.desk.all() if each.page == waiting.page]
    assert said == ["lin-admin"]
    one.keyboard.press("a")  # now that it was seen
    one.wait_for_url("**said=*")
    agreement = desk("/review/agreement")
    assert "lin-admin" in agreement.inner_text("table.kappa")


def test_a_missed_fact_is_added_by_dragging(desk: Callable[..., Page], desk_site: Site) -> None:
    held, _ = wide(desk_site)
    page = desk(f"/review/{held.kept.id}/add?kind=statistics")
    page.check("input[name=part][value=evidence]")
    start = held.text.index("人工智能企业已超过1200家")
    drag(page, start, start + len("人工智能企业已超过1200家"))
    page.wait_for_selector("#preview ins, #preview .flash")
    page.click("button[value=more]")
    page.check("input[name=part][value=value]")
    at = held.text.index("1200家")
    drag(page, at, at + 5)
    page.wait_for_selector("#preview ins")
    page.click("button[value=save]")
    page.wait_for_url("**said=*")
    added = [one for one in told(desk_site.folder, "𠮷野家🚀集团").reviewed.record.statistics if one.by == "review"]
    assert [one.evidence.text for one in added] == ["人工智能企业已超过1200家"]


def test_two_things_are_merged(desk: Callable[..., Page], desk_site: Site) -> None:
    with Corpus.open(desk_site.folder) as corpus, corpus.books() as books:
        first, second = (thing.id for thing in list(books.find(Asked(kind="event", ai=False)))[:2])
    page = desk(f"/review/things?first={first}&second={second}")
    assert page.locator(".mentions").count() == 2
    page.fill("#merge input[name=why]", "同一场会议")
    page.click("#merge button")
    page.wait_for_selector(".flash.good")
    assert "同一场会议" in page.inner_text(".history")
    page.click(".history .undo button")
    page.wait_for_selector(".history .undone")


def test_who_decides_second_of_two_things_is_told_and_may_insist(desk: Callable[..., Page], desk_site: Site) -> None:
    with Corpus.open(desk_site.folder) as corpus, corpus.books() as books:
        first, second = (thing.id for thing in list(books.find(Asked(kind="policy", ai=False)))[:2])
    path = f"/review/things?first={first}&second={second}"
    faster, slower = desk(path), desk(path, role="admin")
    faster.fill("#merge input[name=why]", "同一份文件")
    faster.click("#merge button")
    faster.wait_for_selector(".flash.good")
    slower.fill("#merge input[name=why]", "我也这样看")
    slower.click("#merge button")
    slower.wait_for_selector(".flash.warn")
    assert "我也这样看" not in slower.inner_text(".history")
    assert "同一份文件" in slower.inner_text(".history")
    assert slower.input_value("#merge input[name=why]") == "我也这样看"
    slower.click("#merge button")
    slower.wait_for_selector(".flash.good")
    assert slower.locator(".history li").count() >= 2
    slower.locator(".history li", has_text="同一份文件").locator(".undo button").click()
    slower.wait_for_selector(".history .undone")
    faster.reload()
    assert faster.locator(".history li.undone", has_text="同一份文件").count() == 1
    assert faster.locator(".history li:not(.undone)", has_text="我也这样看").count() == 1


def test_a_need_is_matched_saved_and_kept(desk: Callable[..., Page]) -> None:
    page = desk("/match")
    page.fill("textarea[name=need]", "为汽车零部件企业寻找智能算力和质量检测大模型")
    page.click(".need-form button.main")
    page.wait_for_selector(".hit")
    assert page.locator(".need-read mark").count() > 1
    page.click("form[action='/match/needs'] button")
    page.wait_for_url("**/match/needs/*")
    assert page.locator(".hit .badge.info").count() > 0
    page.click(".hit .keep summary >> nth=0")
    page.fill(".hit .keep[open] input[name=contact]", "<i>林工</i> 010")
    page.select_option(".hit .keep[open] select", "agreed")
    page.click(".hit .keep[open] button")
    page.wait_for_selector(".hit .also b")
    assert "<i>林工</i> 010" in page.inner_text(".hit >> nth=0")
    page.click("form[action$='/seen'] button")
    page.wait_for_selector("form[action$='/seen']", state="detached")


def test_a_reader_is_refused_at_the_desk_but_may_match(desk: Callable[..., Page]) -> None:
    page = desk("/review", role="reader")
    assert "没有权限" in page.inner_text("h1")
    page.goto(page.url.replace("/review", "/match?need=智能算力"))
    assert page.locator(".hit").count() > 0
    assert page.locator("form[action='/match/needs']").count() == 0


@pytest.mark.parametrize(
    "path",
    ["/review", "/review/log", "/review/agreement", "/review/rules", "/review/things", "/match?need=智能算力", "/jobs"],
)
def test_nothing_is_wider_than_a_phone(desk: Callable[..., Page], path: str) -> None:
    page = desk(path, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_desk_of_a_hostile_page_is_only_text_on_a_phone_too(desk: Callable[..., Page], desk_site: Site) -> None:
    held = told(desk_site.folder, "alert(4)")
    fact = held.reviewed.record.targets[0]
    page = desk(f"/review/{held.kept.id}/{fact.id}", **PHONE)
    page.click("summary:has-text('更正')")
    page.check("input[name=part][value=metric]")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("[data-text] img, [data-text] iframe, [data-text] script").count() == 0
    assert page.evaluate("document.querySelector('[data-text]').textContent") == held.text
