from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import read_paths
from mingjian.read.written_times import iso_time


def items_of(folder: Path, content: str | bytes, name: str = "a.xml") -> list[Page | Failure]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([folder / name]))


def page_of(folder: Path, content: str | bytes, name: str = "a.xml") -> Page:
    [item] = items_of(folder, content, name)
    assert isinstance(item, Page), item
    return item


def declared(page: Page) -> dict[str, str]:
    return {item.name: item.value for item in page.declarations}


def test_an_item_of_rss(tmp_path: Path) -> None:
    feed = (
        "<rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:m='http://search.yahoo.com/mrss/'>"
        "<channel><title>频道</title><language>zh-cn</language>"
        "<item><m:title>图</m:title><title>标题 &amp; 其二</title>"
        "<link>https://a.example/?a=1&b=2</link><pubDate>2026-03-12 09:05:00</pubDate>"
        "<author>a@b.c (林远舟)</author>"
        "<description>摘要&nbsp;</description><c:encoded><![CDATA[<p>正文&nbsp;甲</p><p>乙</p>]]></c:encoded>"
        "<source url='x'>岚州日报</source></item></channel></rss>"
    )
    page = page_of(tmp_path, feed)
    assert page.text == "标题 & 其二\n正文\xa0甲\n乙"
    assert page.url == "https://a.example/?a=1&b=2"
    assert page.doc_id == f"{tmp_path}/a.xml#https://a.example/?a=1&b=2"
    told = declared(page)
    assert (told["title"], told["pubdate"]) == ("标题 & 其二", "2026-03-12T09:05:00+08:00")
    assert (told["author"], told["source"]) == ("林远舟", "岚州日报")


def test_an_entry_of_atom(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>编辑部</name></author><entry><id>x1</id><title>标题</title>'
        '<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/>'
        "<published>2026-03-12T01:05:00Z</published><updated>2026-03-13T00:00:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>正文</p></div></content></entry></feed>'
    )
    page = page_of(tmp_path, feed)
    assert (page.text, page.url, page.doc_id) == ("标题\n正文", "https://a.example/1", f"{tmp_path}/a.xml#x1")
    assert declared(page)["pubdate"] == "2026-03-12T01:05:00+00:00"
    assert declared(page)["author"] == "编辑部"


def test_rss_1_in_gb2312(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0" encoding="gb2312"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        "<channel/><item><title>标题</title><description>岚州市发布方案。</description></item></rdf:RDF>"
    )
    assert page_of(tmp_path, feed.encode("gbk")).text == "标题\n岚州市发布方案。"


def test_a_json_feed(tmp_path: Path) -> None:
    items = [
        {"id": 7, "title": "标题", "content_html": "<p>正文</p>", "authors": [{"name": "林远舟"}]},
        {"id": "8"},
        3,
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": "zh", "items": items})
    page, empty, bad = items_of(tmp_path, feed, "feed.json")
    assert isinstance(page, Page)
    assert (page.text, page.doc_id, declared(page)["author"]) == ("标题\n正文", f"{tmp_path}/feed.json#7", "林远舟")
    assert isinstance(empty, Failure)
    assert isinstance(bad, Failure)
    assert bad.reason.startswith("bad-item")


def test_an_item_that_is_no_xml_costs_itself_alone(tmp_path: Path) -> None:
    bodies = ("一", "<p>二<b>", "三", "<c:x>四</c:x>", "<d:x>五</d:x>")
    items = "".join(
        f"<item><title>标题{n}</title><description>{body}</description></item>" for n, body in enumerate(bodies)
    )
    feed = f'<rss xmlns:c="x"><channel><language>zh-tw</language>{items}</channel></rss>'
    found = items_of(tmp_path, feed)
    texts = [item.text if isinstance(item, Page) else item.reason.partition(":")[0] for item in found]
    assert texts == ["标题0\n一", "broken-item", "标题2\n三", "标题3\n四", "broken-item"]
    assert isinstance(found[1], Failure)
    assert found[1].doc_id == f"{tmp_path}/a.xml:2"
    assert isinstance(found[2], Page)
    assert 'lang="zh-tw"' in found[2].html
    *kept, cut = items_of(tmp_path, feed[: feed.index("标题3")])
    assert len(kept) == 3
    assert isinstance(cut, Failure)
    assert cut.reason.startswith("cut-short")


def test_references_that_xml_does_not_know_are_mended(tmp_path: Path) -> None:
    item = "<title>甲&nbsp;乙&copy;&#38;&amp;&lt;b&gt;</title><description>a?x=1&y=2 &nosuch; &#8;</description>"
    page = page_of(tmp_path, f"<rss><channel><item>{item}</item></channel></rss>")
    assert page.text == "甲 乙©&&<b>\na?x=1&y=2 &nosuch;"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<urlset><url/></urlset>", "not-a-feed"),
        ("<rss><channel></channel></rss>", "empty-feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><item>&a;</item></rss>', "entity-bomb"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hosts">]><rss><item>&a;</item></rss>', "entity-bomb"),
        ("<rss><channel><item>", "cut-short"),
    ],
)
def test_what_is_no_feed_says_so(tmp_path: Path, content: str, reason: str) -> None:
    [item] = items_of(tmp_path, content)
    assert isinstance(item, Failure)
    assert item.reason.startswith(reason)


@pytest.mark.parametrize(
    ("written", "chinese", "iso"),
    [
        ("Thu, 12 Mar 2026 09:05:00 CST", True, "2026-03-12T09:05:00+08:00"),
        ("Thu, 12 Mar 2026 09:05", True, "2026-03-12T09:05:00+08:00"),
        ("12 Mar 2026 09:05:30 -0500", False, "2026-03-12T09:05:30-05:00"),
        ("Thu, 12 Mar 2026 09:05:00", False, "2026-03-12T09:05:00"),
        ("2026年3月12日", True, "2026-03-12"),
        ("2026-02-30", True, ""),
        ("2026-03-12T09:05:00+99:00", True, ""),
        ("昨天", True, ""),
    ],
)
def test_times(written: str, chinese: bool, iso: str) -> None:
    assert iso_time(written, chinese=chinese) == iso
