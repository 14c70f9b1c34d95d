"""The pages for reading, asked over HTTP: what they hold, and that nothing hostile gets out of its place."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from litestar.testing import TestClient
from tests.browser.hostile import HOSTILE, HOSTILE_PAGES, LONG, MARKUP, WIDE
from tests.unit.serve.conftest import asking

from mingjian.core.books import Asked as AskedOfBooks
from mingjian.core.model.things import THING_KINDS
from mingjian.corpus import Corpus
from mingjian.corpus.finding import Asked
from mingjian.read.plain import text_page
from mingjian.run import extract_many
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

VERSIONS = (
    "临江市发布方案\n来源：临江日报\n时间：2026-04-01\n临江市4月1日发布方案，到2030年人工智能产业规模达到3000亿元。\n",
    "临江市发布方案\n来源：临江日报\n时间：2026-04-02\n临江市4月1日发布方案，到2030年人工智能产业规模达到3500亿元。\n",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    """Asks about a workspace of hostile pages, wide characters, and a page of two versions."""
    folder = tmp_path_factory.mktemp("reading") / "workspace"
    first, second = (text_page("https://linjiang.example/1.txt", words.encode()) for words in VERSIONS)
    with Corpus.open(folder, write=True, create=True) as corpus:
        for pages in ((*HOSTILE_PAGES, first), (second,)):
            assert list(corpus.add(pages, extract_many))
        assert list(corpus.follow())
    settings = Settings(workspace=folder, works=False, anyone_may_read=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def page_of(client: TestClient[Any], words: str) -> str:
    """The id of the page that holds the words."""
    corpus: Corpus = client.app.state.workspace.corpus
    (found, *_) = corpus.search(Asked(words=words)).pages
    return found.id


def text_of(html: str) -> str:
    """The words of the text layer as a browser would have them."""
    inside = html[html.index('id="text"') :]
    inside = inside[inside.index(">") + 1 : inside.index("</div>")]
    return unescape(re.sub(r"<[^>]+>", "", inside))


@pytest.mark.parametrize(("words", "text"), [("临江市人民政府", HOSTILE), ("野家", WIDE), ("长文测试", LONG)])
def test_a_page_holds_its_text_to_the_character(hostile: TestClient[Any], words: str, text: str) -> None:
    page = page_of(hostile, words)
    assert text_of(hostile.get(f"/pages/{page}").text) == text


@pytest.mark.parametrize(
    "path", ["/", "/search?q=临江市", "/search?q=alert", "/events?all=1", "/timeline?all=1", "/changes"]
)
def test_hostile_words_are_words(hostile: TestClient[Any], path: str) -> None:
    must_be_harmless(hostile.get(path).text)


def must_be_harmless(html: str) -> None:
    html = html.replace("<mark>", "").replace("</mark>", "")
    assert MARKUP not in html
    assert "<script>alert" not in html
    assert "onerror=" not in html.replace("onerror=alert(2)&gt;", "")
    assert re.findall(r"<script[^>]*>", html) == [
        one for one in re.findall(r"<script[^>]*>", html) if "alert" not in one
    ]


def test_a_hostile_page_and_all_that_hangs_on_it(hostile: TestClient[Any]) -> None:
    page = page_of(hostile, "临江市人民政府")
    html = hostile.get(f"/pages/{page}").text
    must_be_harmless(html)
    for href in sorted(set(re.findall(r'(?:href|hx-get)="(/(?:pages|things)/[^"#]+)"', html))):
        answered = hostile.get(href)
        assert answered.status_code == 200, href
        must_be_harmless(answered.text if "file.html" not in href else "")


def test_a_file_to_keep_is_never_opened(hostile: TestClient[Any]) -> None:
    page = page_of(hostile, "临江市人民政府")
    answered = hostile.get(f"/pages/{page}/file.html")
    assert answered.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answered.headers["content-security-policy"]


def test_every_page_becomes_a_word_document(client: TestClient[Any], hostile: TestClient[Any]) -> None:
    for asked in (client, hostile):
        with asked.app.state.workspace.pages() as reader:
            pages = [page.id for page in reader.pages() if page.stands]
        assert pages
        for page in pages:
            answered = asked.get(f"/pages/{page}/file.docx")
            assert answered.headers["content-disposition"].startswith("attachment"), page
            with ZipFile(BytesIO(answered.content)) as package:
                document = fromstring(package.read("word/document.xml"))  # noqa: S314 - our own
                assert "".join(document.itertext()).strip()


def test_what_changed_is_told_with_numbers_whole(hostile: TestClient[Any]) -> None:
    for path in ("/changes", f"/changes?page={page_of(hostile, '3500亿元')}"):
        html = hostile.get(path).text
        assert "<del>3000</del><ins>3500</ins>亿元" in html
    assert "<del>达到3000亿元</del>" in hostile.get("/").text.replace("规模达到", "达到")


def test_an_older_version_says_so(hostile: TestClient[Any]) -> None:
    newer = page_of(hostile, "3500亿元")
    html = hostile.get(f"/pages/{newer}").text
    older = next(each for each in re.findall(r'href="/pages/([0-9a-f]{20,})"', html) if each != newer)
    assert f'<a href="/pages/{newer}">' in hostile.get(f"/pages/{older}").text


def test_long_lists_of_facts_are_cut_until_asked_for(hostile: TestClient[Any]) -> None:
    page = page_of(hostile, "长文测试")
    some, every = (hostile.get(f"/pages/{page}{more}").text for more in ("", "?whole=targets"))
    assert some.count('data-fact="targets-') == 200
    assert every.count('data-fact="targets-') > 300
    assert f'href="/pages/{page}?whole=targets#targets"' in some


def test_the_words_of_a_fact_come_before_those_that_support_it(client: TestClient[Any]) -> None:
    html = client.get(f"/pages/{page_of(client, '算力券管理实施细则')}").text
    rows = re.findall(
        r'data-fact="targets-\d+" data-spans="(\d+)-(\d+) .*?<span class="place">(\d+)–(\d+)', html, re.DOTALL
    )
    assert len(rows) > 10
    assert [row for row in rows if row[:2] != row[2:]] == []


def test_why_a_fact_is_there(client: TestClient[Any]) -> None:
    page = page_of(client, "智能算力中心投运")
    href = re.findall(r'hx-get="(/pages/[0-9a-f]+/why/[0-9a-f]+)"', client.get(f"/pages/{page}").text)[0]
    html = client.get(href).text
    assert 'class="explained"' in html
    assert "<mark>" in html


def test_an_event_with_its_sources_its_chain_and_why_it_is_one(client: TestClient[Any]) -> None:
    workspace = client.app.state.workspace
    with workspace.books() as books:
        event = max(books.find(AskedOfBooks(kind="event")), key=lambda one: one.pages)
    html = client.get(f"/events/{event.id}").text
    assert html.count('<li data-row tabindex="-1">\n<h3>') == event.sources
    assert 'class="chain"' in html
    assert 'class="plain-list merges"' in html


def test_things_of_every_kind_have_a_page(client: TestClient[Any]) -> None:
    with client.app.state.workspace.books() as books:
        first = [next(iter(books.find(AskedOfBooks(kind=kind, ai=False))), None) for kind in THING_KINDS]
    seen = 0
    for thing in filter(None, first):
        answered = client.get(f"/things/{thing.id}")
        assert answered.status_code == 200, thing
        assert answered.url.path.endswith(thing.id)
        seen += 1
    assert seen > 12


def test_what_is_not_there(client: TestClient[Any]) -> None:
    for path in ("/pages/ffffffffffff", "/events/ffffffffffff", "/things/ffffffffffff", "/changes?page=ffffffffffff"):
        answered = client.get(path, headers={"accept": "text/html"})
        assert answered.status_code == 404, path
        assert "<h1" in answered.text


def test_search_narrows_folds_and_tells_notes(client: TestClient[Any]) -> None:
    html = client.get("/search", params={"q": "智能体 颜色:红", "in": "pages"}).text
    assert "没有「颜色:红」" in html or "没有「颜色」" in html
    narrowed = re.findall(r'href="(/search\?[^"]*year=2026[^"]*)"', client.get("/search?q=智能体").text)
    assert narrowed
    assert client.get(narrowed[0].replace("&amp;", "&")).status_code == 200
    folded, every = (client.get(f"/search?q=百企千模{more}").text for more in ("", "&reprints=1"))
    assert every.count("<h3>") > folded.count("<h3>")
    assert "/reprints" in folded


def test_where_no_page_holds_all_the_words_it_is_said_and_what_each_lacks(client: TestClient[Any]) -> None:
    html = unescape(client.get("/search", params={"q": "智能体 观潮仪", "in": "pages"}).text)
    assert "没有页面含有所查的全部词语" in html
    assert html.index("没有页面含有") < html.index("最接近的结果") < html.index("<h3>")
    assert html.count("未含「观潮仪」") == html.count("<h3>")
    assert 'class="facet' not in html
    full = client.get("/search", params={"q": "智能体", "in": "pages"}).text
    assert "没有页面含有" not in full
    assert "未含" not in full.split("只含所查词语的一部分")[0]


def test_pages_that_hold_none_of_the_words_are_not_the_nearest(client: TestClient[Any]) -> None:
    html = unescape(client.get("/search", params={"q": "观潮仪 听松器", "in": "pages"}).text)
    assert "<h3>" not in html
    assert "没有找到「观潮仪 听松器」" in html


def test_found_pages_as_a_file(client: TestClient[Any]) -> None:
    answered = client.get("/search/pages.csv?q=智能体")
    assert answered.headers["content-disposition"].startswith("attachment")
    assert answered.text.count("\n") > 3


def test_the_first_page_compares_sources_meanwhile(client: TestClient[Any]) -> None:
    first = client.get("/home/compared")
    assert first.status_code == 200
    ended = time.monotonic() + 30
    while "hx-get" in (html := client.get("/home/compared").text) and time.monotonic() < ended:
        time.sleep(0.05)
    assert '<table class="tight">' in html
    anew = client.get("/home/compared", headers={"If-None-Match": first.headers["etag"]})
    assert (anew.status_code, anew.text) == ((200, html) if "hx-get" in first.text else (304, ""))


def test_a_page_that_was_taken_out_is_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Corpus.open(folder, write=True, create=True) as corpus:
        assert list(corpus.add(HOSTILE_PAGES[:1], extract_many))
        with corpus.store.reading() as reader:
            (page,) = reader.pages()
        corpus.remove([page.id], "撤稿")
    with asking(Settings(workspace=folder, works=False, anyone_may_read=True)) as asked:
        for path in ("", "/reprints", "/file.html", "/file.docx"):
            answered = asked.client.get(f"/pages/{page.id}{path}", headers={"accept": "text/html"})
            assert answered.status_code == 404
            assert "野家" not in answered.text


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "empty", write=True, create=True):
        pass
    with asking(Settings(workspace=tmp_path / "empty", works=False, anyone_may_read=True)) as asked:
        html = asked.client.get("/").text
        assert "mingjian add" in html
        assert "/admin" in asked.client.get("/", headers=asked.roles["admin"]).text
        for path in ("/search", "/changes"):
            assert asked.client.get(path).status_code == 200, path


def test_what_people_said_of_facts_stands_beside_them(workspace: Path, tmp_path: Path) -> None:
    folder = Path(copytree(workspace, tmp_path / "workspace", ignore=ignore_patterns("access.db*", "desk.db*")))
    with asking(Settings(workspace=folder, works=False, anyone_may_read=True)) as asked:
        corpus: Corpus = asked.client.app.state.workspace.corpus
        (page, *_) = corpus.search(Asked(words="智能算力中心投运")).pages
        record = corpus.desk.page(page.id).reviewed.record
        kept, gone = record.events[0], record.statistics[0]
        corpus.desk.review(page.id, kept.id, "accept", who="林舟")
        corpus.desk.review(page.id, gone.id, "reject", who="林舟", why="不是<b>这一年</b>的数")
        html = asked.client.get(f"/pages/{page.id}").text
        assert "已确认" in html
        assert "不是&lt;b&gt;这一年&lt;/b&gt;的数" in html
        assert f"/review/{page.id}/{kept.id}" not in html
        mine = asked.client.get(f"/pages/{page.id}", headers=asked.roles["reviewer"]).text
        assert f"/review/{page.id}/{kept.id}" in mine
        assert "林舟" in asked.client.get(f"/pages/{page.id}/why/{kept.id}").text
