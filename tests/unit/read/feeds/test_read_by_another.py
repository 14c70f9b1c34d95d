"""What another program (feedparser) finds in feeds is what we find: titles, addresses and times with an offset."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from tests.contract.samples import feed

from mingjian.core.model.page import Page
from mingjian.read import read_paths

EXAMPLE = Path(__file__).parents[4] / "examples" / "pages" / "16-feed.xml"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>岚州观察</title>'
    '<entry><id>x1</id><title>工厂 &amp; 平台</title><link rel="self" href="https://a.example/self"/>'
    '<link href="https://a.example/1?a=1&amp;b=2"/><published>2026-03-12T09:05:00+08:00</published>'
    "<updated>2026-03-13T00:00:00Z</updated><summary>岚州市建成工厂。</summary></entry>"
    '<entry><id>x2</id><title type="html">&lt;b&gt;机器人&lt;/b&gt;交付</title><link href="https://a.example/2"/>'
    "<published>2026-03-12T01:05:00Z</published><summary>首批交付。</summary></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>岚州</title></channel>'
    '<item rdf:about="https://a.example/3"><title>芯片产线投产</title><link>https://a.example/3</link>'
    "<description>岚州芯片产线投产。</description><dc:date>2026-03-12T09:05:00+08:00</dc:date></item></rdf:RDF>"
)


def ours(file: Path) -> list[tuple[str, str | None, datetime | None]]:
    found = []
    for page in read_paths([file]):
        assert isinstance(page, Page), page
        told = {item.name: item.value for item in page.declarations}
        time = told.get("pubdate")
        found.append((told["title"], page.url, datetime.fromisoformat(time).astimezone(UTC) if time else None))
    return found


def theirs(file: Path) -> list[tuple[str, str | None, datetime | None]]:
    found = []
    for entry in feedparser.parse(file.read_bytes()).entries:
        time = entry.get("published_parsed") or entry.get("updated_parsed")
        link = entry.get("link", "")  # where there is none, the name of the item, which need not be an address
        found.append(
            (
                entry.title,
                link if link.startswith("https://") else None,
                datetime.fromtimestamp(timegm(time), UTC) if time else None,
            )
        )
    return found


PERMANENT = (
    "<rss version='2.0'><channel><title>岚州</title><item><title>甲</title><guid>https://a.example/4</guid>"
    "<pubDate>Thu, 12 Mar 2026 09:05:00 GMT</pubDate><description>甲厂投产。</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "content",
    [EXAMPLE.read_bytes(), feed(), ATOM.encode(), RDF.encode(), PERMANENT.encode()],
    ids=["example", "sample", "atom", "rdf", "permanent"],
)
def test_both_find_the_same_items(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xml").write_bytes(content)
    assert ours(tmp_path / "a.xml") == theirs(tmp_path / "a.xml") != []
