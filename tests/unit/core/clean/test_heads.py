"""Heads of pages that glue, tear and hide what they say: labels without marks, dates in pieces, generic windows."""

# ruff: noqa: E501 (heads are easier to read in long lines)
from __future__ import annotations

import pytest
from tests.unit.core.clean.test_metadata import PROSE, TITLE, authors, flat, markup, value

from mingjian.core.model.outcome import Cited, Missing


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<span>来源：省数据局</span><span>浏览量：8841</span>", "省数据局"),
        ("<span>来源： 岚州大学新闻网</span><span>发稿时间：2022-05-16 17:05</span>", "岚州大学新闻网"),
        ("来源：<a>岚州日报</a><i>阅读 12万</i>", "岚州日报"),
        ("来源：岚州晚报责任编辑：王小岚", "岚州晚报"),
        ("来源：<!-- -->岚州网<!-- -->作者：李岚", "岚州网"),
        ("来源：未知日期：2017-09-17 13:54 浏览：", None),
        ("来源：岚州市统计局 岚州市数据局 【字体：大 中 小】", "岚州市统计局 岚州市数据局"),
        ("信息来源：市科技局字号：大 中 小", "市科技局"),
        ("<span>2024年05月06日 10:20</span><a>岚州之声</a><a>缩小字体</a><a>收藏</a>", "岚州之声"),
        ("2024-05-06 10:20 来源：综合岚州日报、岚州网", "综合岚州日报、岚州网"),
    ],
)
def test_a_source_ends_at_the_next_label(head: str, source: str | None) -> None:
    found = value(markup(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1><div>{head}</div>").source)
    assert found == source or (source is None and found in {None, "未知"})


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        ((TITLE, "2024年11月06日08:15 | 来源：", "", "岚江网－岚江日报", "小字号"), "岚江网－岚江日报"),
        ((TITLE, "2024-11-06 08:15", "来源：", "岚江之家", "分享到："), "岚江之家"),
        ((TITLE, "来源：", "未知", "日期：", "2017-09-17 13:54", "浏览："), None),
        ((TITLE, "2024-11-06 08:15"), None),
    ],
)
def test_a_source_below_its_label(lines: tuple[str, ...], source: str | None) -> None:
    assert value(flat(*lines, *PROSE).source) == source


def test_the_source_at_the_end_and_the_agency_that_is_only_quoted() -> None:
    closed = flat(TITLE, "原创 小岚 岚桥发布", *PROSE, "— END —", "来源 | 岚桥街道融媒体工作站", "编辑 | 陶岚")
    assert value(closed.source) == "岚桥街道融媒体工作站"
    quoted = "市长在接受法新社记者采访时表示，计划会带动中小企业，并且每季度公布进展。"
    assert isinstance(flat(TITLE, *PROSE, quoted).source, Missing)


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("24-12-03 21:17",), "2024-12-03T21:17:00+08:00"),
        (("2024", "08", "/", "15", "10:22:41"), "2024-08-15T10:22:41+08:00"),
        (("2024", "08/15", "10:22"), "2024-08-15T10:22:00+08:00"),
        (("2024-08-15", "10:22"), "2024-08-15T10:22:00+08:00"),
        (("十一月 6th, 2009",), "2009-11-06"),
        (("出版：", "12/06/2025 14:05", "更新：", "13/06/2025 09:10"), "2025-06-12T14:05:00+08:00"),
        (("发布时间：", "2025-06-12 14:05", "最后更新：", "2025-06-13 09:10"), "2025-06-12T14:05:00+08:00"),
        (("出版时间：2019年3月1日",), None),
    ],
)
def test_dates_in_pieces_and_of_two_kinds(lines: tuple[str, ...], published: str | None) -> None:
    assert value(flat("岚州新闻网", TITLE, *lines, *PROSE).published) == published


def test_a_script_gives_the_time_that_the_page_does_not_print() -> None:
    body = f"<h1>{TITLE}</h1><em id=publish_time></em><script>var createTime = '2025-04-11 20:36';</script>"
    published = markup(f"<title>{TITLE}</title>", body).published
    assert isinstance(published, Cited)
    assert (published.value, published.evidence.layer) == ("2025-04-11T20:36:00+08:00", "html")
    counted = markup(f"<title>{TITLE}</title>", f'<h1>{TITLE}</h1><script>var ct = "1744374960";</script>').published
    assert value(counted) == "2025-04-11T20:36:00+08:00"
    other = f"<h1>{TITLE}</h1><script>var direct = '2025-04-11 20:36'; var oct='1744374960'</script>"
    assert isinstance(markup(f"<title>{TITLE}</title>", other).published, Missing)


def test_a_video_says_when_it_was_uploaded() -> None:
    data = f'<script type="application/ld+json">{{"@type": "VideoObject", "name": "{TITLE}", "uploadDate": "2025-04-29T19:45:00+08:00"}}</script>'
    published = markup(f"<title>{TITLE}</title>{data}", f"<h1>{TITLE}</h1><div>12.4万次播放 4月29日</div>").published
    assert value(published) == "2025-04-29T19:45:00+08:00"


def test_the_date_with_which_an_essay_closes_and_the_year_of_another_event() -> None:
    assert value(flat(TITLE, "", *PROSE, "2020年12月25日").published) == "2020-12-25"
    told = "新华社岚州7月8日电 岚州市印发行动方案，提出到2027年建成三个公共智能计算中心。"
    assert isinstance(flat(TITLE, told, *PROSE, "2017年10月18日，前一个方案印发。").published, Missing)


@pytest.mark.parametrize(
    ("window", "body", "title"),
    [
        ("<title>Newsroom | Lanzhou Tech</title><meta property='og:title' content='Lanzhou Tech – Plan Ahead'>", f"<div class=press-title>{TITLE}</div><div>Mar 27, 2025</div>", TITLE),
        ("<title>岚州热线--&gt;新闻中心--&gt;社会新闻</title>", f"<b>{TITLE}</b><p>更新时间：2005-4-7 9:32:00</p>", TITLE),
        ("<title>岚州科技有限公司</title><meta property='og:title' content='岚州科技有限公司'>", f"<h1>{TITLE}</h1><p>2024-05-06</p>", TITLE),
        ("<title>港湾集团</title>", f"<h1 class=logo>港湾集团</h1><h2>{TITLE}</h2><div>2024-05-06</div>", TITLE),
        ("<title>夜归人</title>", "<p>夜归人</p><p>2023.3.16</p>", "夜归人"),
        ("<title>岚州手记-lanzhou.example</title>", f"<p>岚州手记</p><h2>{TITLE}</h2>", TITLE),
        (f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1><h2>三年建成三个中心</h2><p>本报记者　秦岚远　通讯员　郑小禾</p><p>2024-05-06 10:00</p>", TITLE),
    ],
)  # fmt: skip
def test_the_headline_against_a_generic_window(window: str, body: str, title: str) -> None:
    assert value(markup(window, body).title) == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((f"{TITLE}（一线观察）", "让老师傅的手艺进模型", "本报记者　秦岚远　通讯员　郑小禾", "2024年11月06日08:15 | 来源：", "岚江日报"), f"{TITLE}（一线观察）"),
        (("岚客", "融合方案不是口号", "林未岚", "142篇文章", "总阅读 310万", "6月3日 09:20", "阅读 2.6万"), "融合方案不是口号"),
        (("标　题", f"题 {TITLE}", "发布时间：2024-05-06 10:00"), TITLE),
        ((f"{TITLE} [复制链接]", "发表于 2023-10-8 22:14"), TITLE),
    ],
)  # fmt: skip
def test_the_headline_of_flat_text(lines: tuple[str, ...], title: str) -> None:
    assert value(flat(*lines, *PROSE).title) == title


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("（记者赵士岚 王飞李永）",), ["赵士岚", "王飞", "李永"]),
        (("本报记者王飞李永发自北京",), ["王飞李永"]),
        (("撰文：\n赵士岚\n王小岚\n出版：2024-05-06",), ["赵士岚", "王小岚"]),
        (("报道：赵士岚",), ["赵士岚"]),
        (("作者：方塘主人分类：折腾",), ["方塘主人"]),
        (("发表于 2023-10-8 22:14|只看该作者|倒序浏览",), []),
        (("本报讯 记者赵士岚报道：岚州市召开大会，部署人工智能工作。",), ["赵士岚"]),
        (("主持人：阮星岚", "责任编辑：王小岚"), []),
    ],
)
def test_names_that_are_glued(lines: tuple[str, ...], names: list[str]) -> None:
    assert authors(flat(TITLE, *lines, *PROSE)) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文／沈岚　编辑／梅小初　实习生 宫羽对本文亦有贡献", ["沈岚"]),
        ("文字 | 顾岚　图片 | 贺满　审核 | 宋知秋", ["顾岚"]),
        ("（馮梓朗攝）", []),
        ("（王岚）", ["王岚"]),
    ],
)
def test_the_last_line_tells_who_wrote(line: str, names: list[str]) -> None:
    assert authors(flat(TITLE, "2024-05-06 10:00", *PROSE, line)) == names


def test_a_digital_newspaper_gives_its_headline_its_paper_and_the_day_of_its_edition() -> None:
    window = f"<title>岚江晚报数字报-{TITLE}</title>"
    paper = "<div>第A03版：民生</div><div>2024年11月06日 星期三</div><ul><li><a>第A01版：要闻</a></li><li><a>第A02版：城事</a></li></ul>"
    found = markup(window, f"{paper}<div>街区里的新办法</div><h2>{TITLE}</h2>")
    assert value(found.title) == TITLE
    assert value(found.publisher) == "岚江晚报"
    assert value(found.published) == "2024-11-06"


@pytest.mark.parametrize(
    "window", [f"{TITLE} - 岚江大小事 - 岚江热线论坛", f"{TITLE}-岚江热线论坛-岚江大小事", f"{TITLE}_岚江热线论坛"]
)
def test_the_columns_and_the_site_behind_the_title_of_a_thread_are_left_out(window: str) -> None:
    found = markup(f"<title>{window}</title>", f"<h1>{TITLE}</h1><div>发表于 2024-11-06 21:07</div>")
    assert value(found.title) == TITLE
    assert value(found.published) == "2024-11-06T21:07:00+08:00"


def test_the_account_names_the_publisher_of_its_page() -> None:
    head = f'<h1 class="rich_media_title">{TITLE}</h1><div class="rich_media_meta_nickname"><a>岚桥发布</a></div>'
    assert value(markup("", head).publisher) == "岚桥发布"
