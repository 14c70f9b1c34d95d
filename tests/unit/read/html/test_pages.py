from __future__ import annotations

import pytest

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.html import html_page


def page(markup: str) -> Page:
    return html_page("page.html", markup.encode())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div>一<br>二<br/><br>三</div>", "一\n二\n三"),
        ("<p>一<b>二</b>三</p>", "一二三"),
        ("<p> GPU \n and  <i> CPU </i> </p>", "GPU and CPU"),
        ("<p>人工\n   智能</p>", "人工智能"),
        ("<p>人工 智能\n2027</p>", "人工 智能 2027"),
        ("<p>　　首行缩进</p><p>&nbsp;</p><p>末行</p>", "首行缩进\n末行"),
        ("<p>A&amp;B&nbsp;&#20013;&ldquo;国&rdquo;</p>", "A&B\xa0中“国”"),
        (
            "<table><tr><td>文号</td><td>一号</td></tr><tr><th>日期</th><td>今日</td></tr></table>",
            "文号\t一号\n日期\t今日",
        ),
        ("<table><tr><td><p>左</p></td><td><p>右</p></td></tr></table>", "左\n右"),
        ("<ul><li>一<li>二</ul>三", "一\n二\n三"),
        ("<pre>一  二\n三</pre>", "一  二\n三"),
        ("<a>首页</a><a>新闻</a>，<a>一<b>二</b></a>", "首页 新闻，一二"),
        ("<span>10-08</span><span>12:00</span>", "10-08 12:00"),
        ("<span>20</span><span>25</span>年", "2025年"),
        ("<script>var a='一'</script><style>p{}</style><noscript>二</noscript><p>三<!-- 四 --></p>", "三"),
        ("<template><p>一</p></template><textarea>二</textarea><svg><text>三</text></svg><p>四</p>", "四"),
        ("<p hidden>一</p><p style='color:red; DISPLAY : none'>二</p><p style='display:block'>三</p>", "三"),
        ("<ruby>智<rp>(</rp><rt>zhì</rt><rp>)</rp></ruby>能", "智能"),
        ("<html><head><title>题</title><meta name=a content=b></head><body>文</body></html>", "文"),
        ("<p>甲<div>乙</p>丙<b>丁<p>戊</b>己", "甲\n乙\n丙丁\n戊己"),
        ("<![CDATA[一]]><p>二", "二"),
        ("<frameset><frame src=a></frameset>", ""),
        ("", ""),
        ("<p>a\x00b</p>", "ab"),
    ],
)
def test_the_text_layer_is_what_readers_see(markup: str, text: str) -> None:
    assert page(markup).text == text


def test_stretches_say_where_each_run_came_from() -> None:
    read = page('<div class="main x" id=zoom><p>甲<a href=/>乙</a></p></div><p>丙')
    assert [(read.text[s.start : s.end], s.path, s.marks, s.link) for s in read.stretches] == [
        ("甲", "html/body/div/p", "main x zoom", False),
        ("乙", "html/body/div/p/a", "main x zoom", True),
        ("丙", "html/body/p", "", False),
    ]


def test_the_nearest_four_marks_are_kept() -> None:
    read = page("<div class=a><div class=b><div class=c><div class=d><div class=e><p>甲")
    assert read.stretches[0].marks == "b c d e"


def declared(markup: str) -> dict[str, str]:
    read = page(markup)
    assert all(item.evidence.of(read.html) == item.evidence.text for item in read.declarations)
    assert all(item.evidence.layer == "html" for item in read.declarations)
    return {item.name: item.value for item in read.declarations}


def test_what_the_head_declares() -> None:
    assert declared(
        "<head><title> 甲&amp;乙\n丙 </title><META NAME='PubDate' CONTENT='2025-09-12 09:15'>"
        '<meta content="某&gt;社 > 要闻" property="og:site_name"/><meta itemprop=author content=李某>'
        "<meta charset=utf-8><meta name=keywords content=''><link rel='canonical' href='https://a.example/1'>"
        "<link rel=stylesheet href=/a.css></head><body>文"
    ) == {
        "title": "甲&乙 丙",
        "pubdate": "2025-09-12 09:15",
        "og:site_name": "某>社 > 要闻",
        "author": "李某",
        "link:canonical": "https://a.example/1",
    }


def test_the_evidence_is_the_words_of_the_markup() -> None:
    title = page("<title> 甲&amp;乙 </title>").declarations[0]
    assert (title.evidence.start, title.evidence.text) == (8, "甲&amp;乙")


def test_comments_and_scripts_declare_nothing() -> None:
    markup = "<head><!-- <meta name=a content=1> --><script>'<meta name=b content=2>'</script><SCRIPT></SCRIPT>"
    assert declared(markup + "<style></style><meta name=c content=3></head>") == {"c": "3"}


def test_metas_of_the_body_count_but_titles_of_drawings_do_not() -> None:
    markup = "<body><svg><title>图标</title></svg><div itemprop=x><meta itemprop=datePublished content=2025-09-12>"
    assert declared(markup) == {"datepublished": "2025-09-12"}


def test_linked_data_is_declared_with_its_words() -> None:
    data = (
        '{"@graph":[{"@type":"WebSite","name":"站"},{"@type":"NewsArticle","headline":"\\u7532 \\"乙\\"",'
        '"datePublished":"2025-09-12T09:15:00+08:00","author":[{"@type":"Person","name":"李某"}],"publisher":{"name":"某社"}}]}'
    )
    assert declared(f'<script type="application/ld+json">\n{data}\n</script>') == {
        "json-ld:headline": '甲 "乙"',
        "json-ld:datePublished": "2025-09-12T09:15:00+08:00",
        "json-ld:author.name": "李某",
        "json-ld:publisher.name": "某社",
    }


@pytest.mark.parametrize(
    "data", ["", "{", "[" * 50_000, '{"headline": 5}', '{"headline": "\\ud800"}', "null", '{"headline": ["a"]}', "\x00"]
)
def test_linked_data_that_is_none_is_passed_over(data: str) -> None:
    assert declared(f'<script type="application/ld+json">{data}</script>') == {}


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "深",
        "<div>" * 100_000 + "深" + "</div>" * 100_000,
        "<span><p>" * 50_000 + "深",
        "<b>" * 100_000 + "深",
        "<table><tr><td>" * 30_000 + "深",
        "<a><p>" * 30_000 + "深",
        "<meta " * 60_000 + ">深",
        '<meta "' * 60_000 + '">深',
        "<script " * 60_000 + "></script>深",
        "<!--" * 60_000 + "-->深",
        "<p " + 'a="b" ' * 50_000 + ">深",
        "<" * 300_000 + "深",
        "<title>" * 60_000 + "</title>深",
        "深" + " \n" * 300_000 + "深",
        "<p class='" + "x " * 300_000 + "'>" + "<b>深</b>" * 1_000,
    ],
)
def test_hostile_markup_is_read_to_its_end(markup: str) -> None:
    read = page(markup)  # what grows with the square of its length would not end
    assert read.html == markup
    assert read.text.count("深") <= markup.count("深")


def test_a_tag_of_thousands_of_attributes_loses_them() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(200_000))
    assert page(f"<p {attributes}>甲</p>乙").text == "甲\n乙"
    style = "x" * 9_000
    assert page(f'<p title="{style}" hidden>甲</p>乙').text == "乙"


def test_the_words_below_the_deepest_level_stay() -> None:
    assert page("<div>" * 20_000 + "<p>甲</p>乙").text == "甲\n乙"


def test_more_tags_than_pages_have_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(ReadError, match="too-large: more than 1000000 tags"):
        page("<td>1" * 1_100_000)
