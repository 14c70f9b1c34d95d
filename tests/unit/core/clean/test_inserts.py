# ruff: noqa: E501 (pages are easier to read in long lines)
"""What stands between, above and below the paragraphs of an article: links, cards, boxes, streams, tables, teasers."""

from __future__ import annotations

import pytest

from mingjian.core.clean.article import clean
from mingjian.core.model.page import Page
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

HEADLINE = "青澜市年内建成三个训练基地"
HEAD = f"{HEADLINE}\n2025-06-09 10:21 来源：青澜日报\n"
PROSE = (
    "青澜市智能制造推进办9日发布消息，该市将在年内建成三个行业级训练基地，总投资约18亿元。",
    "推进办负责人介绍，三个基地分别面向纺织、船舶和精细化工，企业可以按使用量付费。",
    "一家纺织企业的技术总监说，现在从提交申请到分配算力只要三天，迭代周期缩短了一半。",
    "业内人士认为，训练基地的成败取决于数据质量，该市计划同步建设工业数据标注中心。",
)
OTHERS = ("城区新增五条公交线路", "老街改造后首次迎客", "两家车企官宣合作", "非遗市集周末开市")


def body_of(page: Page) -> str:
    article, _ = clean(page, fold(page.text), bundled_rulebook())
    return "\n".join(page.text[block.start : block.end] for block in article.body)


def body(text: str) -> str:
    return body_of(text_page("page", text.encode()))


def kind(text: str) -> str:
    page = text_page("page", text.encode())
    return clean(page, fold(page.text), bundled_rulebook())[1].page_kind


@pytest.mark.parametrize(
    "between",
    [
        "相关阅读：\n城区新增五条公交线路",
        "相关阅读：城区新增五条公交线路，下月开通",
        "广告\n延伸阅读\n老街改造后首次迎客",
        "手术机器人的价格战开始了\n沈星遥 · 3天前 · 9821阅读",
        "喜欢这篇报道？注册免费账户，每月可阅读五篇文章。\n立即注册",
        "请继续往下阅读...",
    ],
)
def test_an_article_goes_on_behind_what_was_put_in(between: str) -> None:
    text = HEAD + "\n".join((*PROSE[:2], between, *PROSE[2:])) + "\n责任编辑：李晓红\n相关新闻\n" + "\n".join(OTHERS)
    assert body(text) == "\n".join(PROSE)
    assert body(text.replace("\n", " ")).replace("\n", " ") == " ".join(PROSE)


def test_teasers_and_second_articles_behind_a_heading_stay_outside() -> None:
    teasers = "\n".join(f"{head}\n记者获悉，{head}，有关部门将在近期公布具体的安排和进展。" for head in OTHERS)
    assert body(HEAD + "\n".join(PROSE) + "\n推荐阅读\n" + teasers) == "\n".join(PROSE)
    assert body(HEAD + "\n".join(PROSE[:2]) + "\n编辑精选\n" + teasers) == "\n".join(PROSE[:2])


def test_a_table_of_figures_does_not_part_the_article_in_two() -> None:
    rows = "\n".join(
        f"{name}\n{size}\n{share}"
        for name, size, share in (
            ("汇成区", "12.4", "8.1%"),
            ("滨湖区", "9.8", "-1.2%"),
            ("东港区", "15.0", "11.6%"),
            ("云岭县", "3.3", "4.0%"),
            ("海州县", "6.7", "7.7%"),
        )
    )
    text = HEAD + "\n".join((*PROSE[:2], rows, *PROSE[2:])) + "\n上一篇：六月物价\n"
    assert body(text) == "\n".join((*PROSE[:2], rows, *PROSE[2:]))


def test_a_report_as_it_happens_without_the_signs_of_its_entries() -> None:
    entries = list(zip(("11:40", "10:52", "10:20", "09:30"), PROSE, strict=True))
    text = f"直播｜{HEADLINE}\n2025年6月9日\n" + "\n".join(
        f"{time}\n主播小澜\n{words}\n赞 {len(words)}\n分享" for time, words in entries
    )
    found = body(text + "\n聊天室\n海边的卡夫：\n什么时候能参观\n")
    assert "主播小澜" not in found and "赞" not in found
    assert all(words in found for words in PROSE)


def test_a_box_between_the_lead_and_the_rest() -> None:
    lead = "训练基地是由青澜市与滨湖大学共建的公共设施，2023年6月启用。"
    text = (
        f"训练基地_澜百科\n训练基地概况\n播报\n编辑\n{lead}\n中文名\n训练基地\n地址\n青澜市东港区\n目录\n1 历史沿革\n历史沿革\n"
        + "\n".join(PROSE)
    )
    assert body(text) == f"{lead}\n历史沿革\n" + "\n".join(PROSE)


def test_a_company_says_who_it_is_below_its_news() -> None:
    about = "关于云岭集团\n云岭集团成立于1998年，总部位于云岭县，业务涵盖采矿、运输和装备制造。\n媒体联系\n电话：000-1234567"
    assert body(HEAD + "\n".join(PROSE) + "\n" + about) == "\n".join(PROSE)
    markup = f"<h1>{HEADLINE}</h1><p>2025.06.09</p>" + "".join(
        f"<p>{line}</p>" for line in (*PROSE, *about.split("\n"))
    )
    assert body_of(html_page("page", markup.encode())) == "\n".join(PROSE)


def test_an_error_page_with_teasers_and_news_about_error_pages() -> None:
    teasers = "\n猜你喜欢\n" + "\n".join(
        f"{head}\n{head}，本报记者连日走访多个部门，了解到工作目前的进展和下一步安排。" for head in OTHERS * 3
    )
    assert kind("首页\n抱歉，您访问的内容已删除或不存在\n可能的原因：文章已被编辑删除。\n" + teasers) == "error"
    told = "多名网友反映，昨日下午起，多个政务网站页面无法访问，打开后提示“您访问的页面不存在”。\n市数据局今天回应称，因机房搬迁，部分网站暂时关闭，预计明天中午前恢复。"
    text = f"多个政务网站页面无法访问？官方回应\n2025-08-02 09:10 来源：青澜晚报\n{told}\n{teasers}"
    assert kind(text) == "article"
    assert body(text) == told


def test_cards_with_dates_are_a_list_and_comments_with_dates_are_not() -> None:
    cards = "\n".join(
        f"{head}第{day}期\n{PROSE[day % 4]}详情见内页。\n2025-06-{29 - day}" for day, head in enumerate(OTHERS * 2)
    )
    assert kind("科技频道\n" + cards + "\n加载更多") == "list"
    comments = "\n".join(f"网友{day}号\n2025-06-{29 - day} 11:20\n{PROSE[day % 4]}" for day in range(8))
    assert kind(HEAD + "\n".join(PROSE) + "\n最新评论\n" + comments) == "article"


def test_a_page_in_one_line_with_indented_paragraphs_and_glued_menus() -> None:
    menu = "首页 上证指数 3301.22 +0.51% 深证成指 10122.87 -0.12% 创业板指 2017.40 +0.33% "
    text = (
        menu + HEAD.replace("\n", " ") + "　　" + "　　".join(PROSE) + " 责任编辑：李晓红 热门推荐 " + " ".join(OTHERS)
    )
    assert body(text) == "\n".join(PROSE)


def test_broken_off_headlines_are_no_sentences() -> None:
    notice = "欢迎您来信，本信箱受理对数据工作的意见和建议。\n来信请写明姓名，我们将在五个工作日内答复。"
    heads = "\n".join(f"{head}的通知公告以及..." for head in OTHERS * 3)
    assert body(f"局长信箱\n{notice}\n通知公告\n{heads}\n") == notice
