"""HTML pages as content systems make them: the article is what the views of the page agree on."""

from __future__ import annotations

import pytest

from mingjian.core.clean.article import clean
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.html import html_page

_STORY = (
    "青河县农业农村局今天上午召开会议，部署春季田间管理工作，要求各镇在本月底前完成排查。",
    "会议指出，今年的气温比往年偏高，病虫害发生的时间可能提前，各地要做好监测预报。",
    "记者在现场看到，技术员正在用无人机巡查麦田，系统会自动标出长势较弱的地块。",
    "合作社负责人说，过去一个人一天只能看三十亩，现在半个小时就能看完整个村子。",
)
_OTHER = (
    "东山市地铁三号线昨日开始试运行，全长二十八公里，共设二十一座车站，预计年底载客。",
    "建设单位介绍，线路采用全自动运行系统，列车可以自行唤醒、自检和出库。",
    "沿线居民表示，通车以后到市中心的时间将从一个小时缩短到三十五分钟。",
)
_REMARKS = (
    "楼主说得太对了，我们村也应该早点用上这样的设备，不然人手根本不够用。",
    "去年我家的麦子就是发现得晚，损失了不少，希望今年能好起来吧！",
    "这种设备一台多少钱？补贴政策有没有人知道，麻烦说一下，谢谢。",
)
_BOX = "<div class=xg><b>相关报道：</b><br><a href=/>某地发布暴雨预警信号</a><br><a href=/>多部门联合检查</a></div>"
_VERSES = (
    "锣鼓一敲响当当，",
    "我把春耕讲一讲。",
    "青河两岸麦苗绿，",
    "无人机儿上了岗。",
    "三十亩地看个光。",
    "粮食堆满小粮仓。",
)
_TITLE = "青河县部署春季田间管理工作"
_HEAD = f"<h1>{_TITLE}</h1><div><span>2024-03-18 09:21</span> <span>来源：青河日报</span></div>"


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _body(markup: str, head: str = "") -> str:
    content = f"<html><head><meta charset=utf-8><title>{_TITLE}</title>{head}</head><body>{markup}</body></html>"
    page = html_page("page", content.encode())
    article, _ = clean(page, fold(page.text), bundled_rulebook())
    return "\n".join(page.text[block.start : block.end] for block in article.body)


def _remarks(count: int) -> str:
    return "".join(f"<div class=item><p>网友{index}</p><p>{_REMARKS[index % 3]}</p></div>" for index in range(count))


def _wrapped(lines: tuple[str, ...], title: str) -> str:
    head = f"<h1>{title}</h1><p>2024-03-18 09:21</p>"
    return f"<div class=wrap>{head}<div class=article-content>{_paragraphs(lines)}</div></div>"


@pytest.mark.parametrize(
    ("markup", "other"),
    [
        (
            f"{_HEAD}<div class=comment-detail>{_paragraphs(_STORY)}</div><div>{_paragraphs(_OTHER[:1])}</div>",
            _OTHER[:1],
        ),
        (f"{_HEAD}<div>{_paragraphs(_STORY[:2])}{_BOX}{_paragraphs(_STORY[2:])}</div>", ("某地发布暴雨预警信号",)),
        (_wrapped(_STORY, _TITLE) + _wrapped(_OTHER * 3, "地铁试运行"), _OTHER),
        (f"{_HEAD}<div id=artibody>{_paragraphs(_STORY)}</div><div class=comment-list>{_remarks(20)}</div>", _REMARKS),
        (f"{_HEAD}<div>{_paragraphs(_STORY)}</div><div><h3>网友评论</h3>{_remarks(20)}</div>", _REMARKS),
        (f"<article>{_HEAD}{_paragraphs(_STORY)}</article><aside>{_paragraphs(_OTHER)}</aside>", _OTHER),
        (
            f"<table><tr><td>{_HEAD}{_paragraphs(_STORY)}</td><td>{_paragraphs(_OTHER[:1])}</td></tr></table>",
            _OTHER[:1],
        ),
        (
            f"{_HEAD}<div>{_paragraphs(_STORY)}</div><div class=x><h4>相关阅读</h4>{_paragraphs(_OTHER[:1])}</div>",
            _OTHER[:1],
        ),
    ],
    ids=[
        "commentary",
        "box inside",
        "infinite scroll",
        "comments",
        "comments without names",
        "aside",
        "table layout",
        "related",
    ],
)
def test_the_article_is_kept_and_its_neighbours_are_not(markup: str, other: tuple[str, ...]) -> None:
    body = _body(markup)
    assert [line for line in _STORY if line not in body] == []
    assert [line for line in other if line in body] == []


def test_verses_and_tables_are_body_where_names_say_so() -> None:
    rows = "<table><tr><td>城关镇</td><td>12000</td></tr><tr><td>河湾镇</td><td>8600</td></tr></table>"
    body = _body(
        f"{_HEAD}<div class=article-body>{_paragraphs(_VERSES)}{rows}</div><div>热点新闻<p>{_OTHER[0]}</p></div>"
    )
    assert [line for line in (*_VERSES, "城关镇", "8600") if line not in body] == []
    assert _OTHER[0] not in body


def test_captions_are_the_article_of_a_story_in_pictures() -> None:
    captions = "".join(
        f"<p><img src={index}.jpg></p><p>{line}（某报记者 王某 摄）</p>" for index, line in enumerate(_STORY)
    )
    body = _body(f"{_HEAD}<div id=content>{captions}</div>")
    assert all(line[:20] in body for line in _STORY)


def test_what_script_will_show_is_read_where_nothing_else_is() -> None:
    hidden = f"<div id=content style='display:none'>{_paragraphs(_STORY)}</div>"
    assert _STORY[0] in _body(f"{_HEAD}{hidden}")
    shown = _body(f"{_HEAD}<div>{_paragraphs(_STORY)}</div><div style='display:none'>{_paragraphs(_OTHER)}</div>")
    assert _STORY[0] in shown
    assert _OTHER[0] not in shown


def test_the_description_tells_which_of_two_articles_is_meant() -> None:
    head = f'<meta name="description" content="{_STORY[0]}">'
    between = "<div>更多</div><div>其他</div>"
    pair = f"<div class=a>{_paragraphs(_STORY[:2])}</div>{between}<div class=b>{_paragraphs(_OTHER[:2])}</div>"
    assert _STORY[0] in _body(pair, head)


@pytest.mark.parametrize(
    "markup",
    [
        "<div><a href=/>某某汽车</a></div>".join(
            f"<div class=part>{_paragraphs(part)}</div>" for part in (_STORY[:3], _STORY[3:])
        ),
        "".join(f"<section><h2>第{index}节</h2><p>{line}</p></section>" for index, line in enumerate(_STORY)),
        "".join(f"<div><div><div><p>{line}</p></div></div></div>" for line in _STORY),
    ],
    ids=["parted by an advertisement", "sections", "an element for every paragraph"],
)
def test_an_article_in_several_elements_is_one(markup: str) -> None:
    cards = "".join(f"<div><h4><a href=/>地铁三号线开始试运行</a></h4><p>{line}</p></div>" for line in _OTHER * 3)
    body = _body(f"<div>{_HEAD}{markup}</div><div class=more>{cards}</div>")
    assert [line for line in _STORY if line not in body] == []
    assert [line for line in _OTHER if line in body] == []


def test_the_declared_text_of_the_article_is_read() -> None:
    own = [f"第{place}项新规明确了数据流通的责任，企业应当在三个月内完成登记。" for place in range(3)]
    other = [f"第{place}位读者来信讲述了往事，外界众说纷纭，当事人至今不愿多谈。" for place in range(4)]
    markup = (
        '<html><head><script type="application/ld+json">{"headline": "数据流通新规发布", "articleBody": "'
        + "".join(own)
        + '"}</script></head><body><div class="x1">'
        + "".join(f"<p>{words}</p>" for words in own)
        + '</div><h3>往事</h3><ul><li>甲</li><li>乙</li></ul><div class="x2">'
        + "".join(f"<p>{words}</p>" for words in other)
        + "</div></body></html>"
    )
    page = html_page("page", markup.encode())
    assert [item.value for item in page.declarations if item.name == "json-ld:articleBody"] == ["".join(own)]
