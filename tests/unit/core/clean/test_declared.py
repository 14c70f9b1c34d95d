"""What the markup declares fills what the text does not give, and never more."""

from __future__ import annotations

import pytest

from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.html import html_page

BODY = "<p>岚州市近日印发人工智能行动计划，提出到2027年建成三个智算中心，并开放一批应用场景。</p>" * 3


def page_with(head: str, body: str = BODY) -> tuple[object, ...]:
    markup = (
        f"<html><head>{head}</head><body><h1>岚州印发人工智能行动计划</h1><div class=article>{body}</div></body></html>"
    )
    page = html_page("page.html", markup.encode())
    record = extract(page)
    verify(record, page)
    return record.published, record.publisher, record.source, record.authors


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2025-09-16 10:32:05", "2025-09-16T10:32:05+08:00", "second"),
        ("2025-09-16T02:32Z", "2025-09-16T10:32:00+08:00", "minute"),
        ("2025-09-15T22:32:00-0400", "2025-09-16T10:32:00+08:00", "second"),
        ("2025年9月16日", "2025-09-16", "day"),
        ("1726453925", "2024-09-16T10:32:05+08:00", "second"),
        ("1726453925000", "2024-09-16T10:32:05+08:00", "second"),
    ],
)
def test_a_declared_time_is_read(written: str, value: str, precision: str) -> None:
    published, *_ = page_with(f'<meta name="PubDate" content="{written}">')
    assert isinstance(published, Cited)
    assert (published.value, published.precision, published.evidence.layer) == (value, precision, "html")
    assert published.evidence.text == written


@pytest.mark.parametrize("written", ["", "soon", "2025-13-40", "16/9/2025", "172645392"])
def test_what_is_no_time_stays_missing(written: str) -> None:
    published, *_ = page_with(f'<meta name="pubdate" content="{written}">')
    assert isinstance(published, Missing)


def test_words_that_readers_see_come_first() -> None:
    published, *_ = page_with(
        '<meta name="pubdate" content="2020-01-01 00:00:00">', f"<p>2025-09-16 10:32 来源：岚州日报</p>{BODY}"
    )
    assert isinstance(published, Cited)
    assert published.value.startswith("2025-09-16")


def test_names_are_names_and_no_addresses() -> None:
    head = (
        '<meta property="og:site_name" content="岚州门户"><meta name="ContentSource" content="https://a.example">'
        '<meta name="author" content="周岚">'
    )
    _, publisher, source, authors = page_with(head)
    assert isinstance(publisher, Cited)
    assert publisher.value == "岚州门户"
    assert isinstance(source, Missing)
    assert isinstance(authors, tuple)
    assert [author.value for author in authors] == ["周岚"]


@pytest.mark.parametrize("author", ["市数据局", "admin", "云岭晨报网", "editor01"])
def test_a_department_or_a_site_is_no_author(author: str) -> None:
    *_, authors = page_with(f'<meta name="author" content="{author}">')
    assert authors == ()
