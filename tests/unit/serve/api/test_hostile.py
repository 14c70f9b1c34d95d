"""What a page says is never run: not by spreadsheets, not by browsers; and no question makes the service stumble."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from mingjian.corpus import Corpus
from mingjian.read import read_paths
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

Client = TestClient[Any]
RUN = "=HYPERLINK(&quot;http://a.invalid&quot;,&quot;看&quot;)"
PAGE = f"""<html><head><title>{RUN}</title></head><body><h1>{RUN}</h1>
<p>来源：@SUM(A1) 2026-03-02 09:10</p><script>alert(1)</script>
<p>澜山市数据局3月2日发布通知，印发《=1+1行动方案》，到2027年全市智能算力规模超过5EFLOPS。人工智能企业超过300家。</p>
<p>“-2+3这件事，我们会办好。”澜山市数据局局长周岚说。&lt;img src=x onerror=alert(1)&gt;</p></body></html>"""
NAME = "=1+1 \"';<b>.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / NAME).write_text(PAGE, encoding="utf-8")
    with Corpus.open(folder / "workspace", write=True, create=True) as corpus:
        assert list(corpus.add(read_paths([folder / NAME])))
        assert list(corpus.follow())
    settings = Settings(workspace=folder / "workspace", works=False, anyone_may_read=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


LISTS = (
    "/api/pages?limit=50",
    "/api/facts?q=算力",
    "/api/things?kind=policy&all=true",
    "/api/things?kind=quote&all=true",
    "/api/ledgers/policies?all=true",
    "/api/ledgers/sources?all=true",
    "/api/ledgers/quotes?all=true",
)


@pytest.mark.parametrize("address", LISTS)
def test_no_field_of_a_file_is_a_formula(hostile: Client, address: str) -> None:
    content = hostile.get(f"{address}&format=csv").content.decode("utf-8-sig")
    fields = [field for line in csv.reader(io.StringIO(content)) for field in line]
    assert len(fields) > 10
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_title_that_is_a_formula_is_marked(hostile: Client) -> None:
    content = hostile.get("/api/pages?format=csv").content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(content))
    assert line["title"].startswith("'=HYPERLINK")


def test_no_answer_with_words_of_pages_is_a_page(hostile: Client) -> None:
    (page,) = hostile.get("/api/pages").json()["items"]
    for address in (
        f"/api/pages/{page['id']}/original",
        "/api/brief?since=2020&all=true&format=html",
        "/api/ledgers/policies?format=csv",
        "/api/graph/export?format=graphml",
    ):
        answer = hostile.get(address, headers={"Accept": "text/html"})
        assert answer.headers["content-disposition"].startswith("attachment"), address
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "script-src" not in answer.headers["content-security-policy"].replace("script-src 'self'", "")
    original = hostile.get(f"/api/pages/{page['id']}/original")
    assert b"<script>" in original.content
    assert original.headers["content-type"] == "application/octet-stream"
    name = original.headers["content-disposition"].removeprefix('attachment; filename="')
    assert name.partition('"')[0] == "_1_1 ____b_.html"
    text = hostile.get(f"/api/pages/{page['id']}/text", headers={"Accept": "text/html"})
    assert text.headers["content-type"] == "application/json"


HOSTILE = (
    "\0",
    "\ud800",
    "'; DROP TABLE thing; --",
    "%",
    "_" * 4,
    "\U00020bb7" * 50,
    "../../../etc/passwd",
    "𝟚𝟘𝟚𝟞",
    "x" * 4_000,
)
ROUTES = (
    "/api/pages?words={}",
    "/api/pages?region={}",
    "/api/pages?since={}",
    "/api/ledgers/targets?words={}&all=true",
    "/api/ledgers/targets?status={}",
    "/api/ledgers/targets?technology={}",
    "/api/ledgers/targets?as_of={}",
    "/api/ledgers/events?column={}&format=csv",
    "/api/ledgers/{}",
    "/api/things?kind=event&source={}",
    "/api/things/{}",
    "/api/facts?q={}",
    "/api/facts/{}/explanation",
    "/api/pages/{}/text",
    "/api/search?q={}&in=names",
    "/api/search/facets?q={}",
    "/api/graph/neighbours?thing={}",
    "/api/compare?metric={}&region=广东",
    "/api/brief?topic={}",
    "/api/rules/{}",
    "/api/runs/{}",
    "/api/{}",
)


@pytest.mark.parametrize("route", ROUTES)
def test_no_question_makes_the_service_stumble(hostile: Client, route: str) -> None:
    for words in HOSTILE:
        asked = route.format(quote(words, safe="", errors="surrogatepass"))
        answer = hostile.get(asked)
        assert answer.status_code in (200, 400, 404, 409), (asked[:100], answer.text[:300])
        if answer.status_code != 200:
            assert answer.headers["content-type"] == "application/problem+json", asked
            assert answer.json()["mend"], asked


BROKEN = {
    b'{"text": "\xff"}': "not UTF-8",
    b'{"text": "\\ud800"}': "",
    b"[" * 10_000: "too deeply",
    b'{"text": NaN}': "",
    b'{"text": "\\u0000"}': "no words",
    b"": "",
}


@pytest.mark.parametrize("body", BROKEN)
def test_a_body_that_is_no_json_is_told_plainly(hostile: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Origin": "http://127.0.0.1"}
    answer = hostile.post("/api/extract", content=body, headers=headers)
    assert answer.status_code == 400
    assert BROKEN[body] in answer.json()["detail"]
    assert answer.json()["mend"]
