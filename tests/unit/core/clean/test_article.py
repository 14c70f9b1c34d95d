# ruff: noqa: E501 (pages are easier to read in long lines)
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian.core.clean.article import clean, find_anchor
from mingjian.core.model.article import Article, BodyBlock, DroppedBlock, Metadata
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page, Stretch
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

PROSE = (
    "某市发展改革委日前召开推进会，部署人工智能与制造业融合发展的重点任务。",
    "会议要求，各区要加快建设智能算力中心，推动数据要素流通，培育一批骨干企业。",
    "下一步，该市将统筹资金、人才和场景，力争三年内建成十个示范园区，带动上下游企业协同发展。",
)
HEADLINE = "某市部署人工智能与制造业融合发展"


def cleaned(text: str) -> tuple[Article, Metadata]:
    page = Page(doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text)
    return clean(page, fold(text), bundled_rulebook())


def body_of(text: str) -> list[str]:
    article, _ = cleaned(text)
    return [text[block.start : block.end] for block in article.body]


def kinds_of(text: str) -> dict[str, str]:
    article, _ = cleaned(text)
    return {text[block.start : block.end]: block.kind for block in article.boilerplate}


def assert_covered(text: str, article: Article) -> None:
    """Body and boilerplate cover every non-space character once; every block is trimmed."""
    count = [0] * len(text)
    blocks: list[BodyBlock | DroppedBlock] = [*article.body, *article.boilerplate]
    for block in blocks:
        assert block.start < block.end
        assert not text[block.start].isspace()
        assert not text[block.end - 1].isspace()
        for place in range(block.start, block.end):
            count[place] += 1
    assert all(times <= 1 for times in count)
    assert all(times == 1 for times, letter in zip(count, text, strict=True) if not letter.isspace())


def test_news_page_with_menu_and_footer() -> None:
    text = "\n".join(
        (
            "首页", "新闻", "财经", "当前位置：首页 > 新闻 > 正文", HEADLINE, "2024-03-05 09:10:11 来源：某某日报", "分享到：",
            *PROSE, "责任编辑：王小明", "相关阅读", "另一座城市也在行动", "第三座城市的故事", "版权所有 某某网 京ICP备00000000号",
        )
    )  # fmt: skip
    article, metadata = cleaned(text)
    assert body_of(text) == list(PROSE)
    assert_covered(text, article)
    assert metadata.title.value == HEADLINE  # type: ignore[attr-defined]
    assert metadata.source.value == "某某日报"  # type: ignore[attr-defined]
    assert metadata.published.value == "2024-03-05T09:10:11+08:00"  # type: ignore[attr-defined]
    assert [editor.value for editor in metadata.editors] == ["王小明"]
    assert find_anchor(article, metadata).day == "2024-03-05"


def test_dateline_is_cut_off_and_names_agency_and_reporter() -> None:
    text = f"{HEADLINE}\n2024-03-06 08:00:00\n晨光社北京3月5日电（记者 王小明）{PROSE[0]}\n{PROSE[1]}"
    assert body_of(text) == list(PROSE[:2])
    assert kinds_of(text)["晨光社北京3月5日电（记者 王小明）"] == "dateline"
    _, metadata = cleaned(text)
    assert metadata.source.value == "晨光社"  # type: ignore[attr-defined]
    assert [author.value for author in metadata.authors] == ["王小明"]
    assert metadata.published.value[:10] == "2024-03-06"  # type: ignore[attr-defined]


def test_dateline_beats_the_header_of_a_mirror() -> None:
    text = f"{HEADLINE}\n发布时间：2024-11-12 06:05:04\n晨光社北京2月22日电 {PROSE[0]}\n{PROSE[1]}"
    _, metadata = cleaned(text)
    assert metadata.published.value == "2024-02-22"  # type: ignore[attr-defined]
    assert metadata.published.by == "metadata.dateline"  # type: ignore[attr-defined]


def test_year_of_dateline_goes_back_over_new_year() -> None:
    text = f"{HEADLINE}\n发布时间：2024-01-20 18:37:31\n晨光社北京12月30日电 {PROSE[0]}\n{PROSE[1]}"
    _, metadata = cleaned(text)
    assert metadata.published.value == "2023-12-30"  # type: ignore[attr-defined]


def test_promotion_and_credit_glued_to_the_last_paragraph() -> None:
    text = f"{HEADLINE}\n2024-03-05 09:10\n{PROSE[0]}\n{PROSE[1]}更多产业资讯，请关注某某网！"
    assert body_of(text) == list(PROSE[:2])
    text = f"{HEADLINE}\n2024-03-05 09:10\n{PROSE[0]}\n{PROSE[1]}（责任编辑：王小明）"
    assert body_of(text) == list(PROSE[:2])


def test_page_in_one_line_with_ideographic_gaps() -> None:
    text = f"{HEADLINE}　　2024-03-05 09:10:00 来源：某某日报　　" + "　　".join(PROSE)
    assert body_of(text) == list(PROSE)


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE} 来源：某某日报 时间：2024-03-05 09:10",
        f"云岭网首页 > 产业 > 正文 {HEADLINE} 2024年03月05日 09:10 | 来源：某某日报",
        f"{HEADLINE} 发布时间：2024-03-05 09:10",
    ],
)
def test_headline_before_the_date_in_one_line(head: str) -> None:
    _, metadata = cleaned("　　".join((head, *PROSE)))
    assert isinstance(metadata.title, Cited)
    assert metadata.title.value == HEADLINE


def test_no_headline_is_made_of_the_sites_name_before_the_date() -> None:
    _, metadata = cleaned("　　".join(("某某新闻网 2024-03-05 09:10", *PROSE)))
    assert isinstance(metadata.title, Missing)


def test_headline_in_a_row_of_an_official_table() -> None:
    heading = "某省人民政府办公厅关于加快人工智能与制造业融合发展的通知"
    _, metadata = cleaned(
        f"标    题： {heading} 发文字号： 某政办发〔2025〕5号\n各市人民政府，省有关单位：\n{PROSE[0]}\n{PROSE[1]}"
    )
    assert metadata.title.value == heading  # type: ignore[attr-defined]


def test_programme_and_day_are_the_headline_of_its_items() -> None:
    items = "1.全市人工智能产业推进会召开\n2.某市发展改革委部署重点任务"
    text = f"《云岭新闻联播》2025年6月11日\n云岭台 2025-06-11 19:30\n本期提要：\n{items}\n{PROSE[0]}\n{PROSE[1]}"
    _, metadata = cleaned(text)
    assert metadata.title.value == "《云岭新闻联播》2025年6月11日"  # type: ignore[attr-defined]


def test_caption_at_the_head_of_the_first_paragraph() -> None:
    text = f"{HEADLINE}\n2024-03-05 09:10 来源：某某日报\n3月5日，观众（右）参观展台。（图源：某社） {PROSE[0]}\n{PROSE[1]}"
    assert body_of(text) == list(PROSE[:2])


def test_record_page() -> None:
    text = (
        f"标题: {HEADLINE}\n链接: https://example.com/a?id=1\n总结: 本报记者 王小明　　" + "　　".join(PROSE)
        + "　　打造骨干企业 打造骨干企业　　" + PROSE[0] + "\n关键词: 人工智能, 制造业\n行业: 制造业\n重大事件摘要: 本文说的是一次会议。"
    )  # fmt: skip
    article, metadata = cleaned(text)
    assert_covered(text, article)
    roles = [block.role for block in article.body]
    assert roles == ["byline", "paragraph", "paragraph", "paragraph", "heading", "duplicate_heading", "paragraph"]
    assert metadata.title.value == HEADLINE  # type: ignore[attr-defined]
    assert metadata.url.value == "https://example.com/a?id=1"  # type: ignore[attr-defined]
    assert kinds_of(text)["关键词: 人工智能, 制造业"] == "record_field"


def test_policy_text_keeps_signature_and_finds_its_heading() -> None:
    heading = "某省推动人工智能产业发展行动计划（2024—2026年）"
    text = "\n".join(
        (
            "各市人民政府，省有关部门：", f"《{heading}》已经省政府同意，现印发给你们，请认真贯彻落实。", "某省人民政府办公厅",
            "2024年10月23日", heading, "为贯彻落实国家部署，加快产业发展，制定本行动计划。", "一、总体要求", PROSE[1],
        )
    )  # fmt: skip
    article, metadata = cleaned(text)
    assert body_of(text) == text.split("\n")
    assert metadata.title.value == heading  # type: ignore[attr-defined]
    assert isinstance(metadata.published, Missing)
    assert metadata.published.interval is not None
    assert metadata.published.interval.start == "2024-10-23"
    assert find_anchor(article, metadata).earliest == "2024-10-23"


def test_table_over_an_official_document() -> None:
    heading = "某省人民政府办公厅关于加快算力基础设施建设的实施意见"
    text = "\n".join(
        (
            "索引号：000000000/2025-00012", "发文机关：某省人民政府办公厅", "成文日期：2025年03月01日", "发布日期：2025年03月09日",
            heading, "某政办发〔2025〕5号", "各市人民政府，省有关单位：", PROSE[1], "一、总体要求", PROSE[2], "某省人民政府办公厅", "2025年3月1日",
        )
    )  # fmt: skip
    article, metadata = cleaned(text)
    assert_covered(text, article)
    assert body_of(text)[0] == "各市人民政府，省有关单位："
    assert body_of(text)[-1] == "2025年3月1日"
    assert metadata.title.value == heading  # type: ignore[attr-defined]
    assert metadata.published.value == "2025-03-09"  # type: ignore[attr-defined]


def test_no_headline_is_missing_and_account_name_is_no_author() -> None:
    text = "晓梦\n" + "\n".join(PROSE) + "\n- 某地下雪了\n- 某人唱歌了\n- 某队赢球了\n- 某店开张了"
    article, metadata = cleaned(text)
    assert body_of(text) == list(PROSE)
    assert isinstance(metadata.title, Missing)
    assert metadata.title.reason == "no-title-in-page"
    assert metadata.account_name.value == "晓梦"  # type: ignore[attr-defined]
    assert metadata.authors == ()
    assert_covered(text, article)


def test_teasers_of_other_articles_are_not_body() -> None:
    teasers = [
        line
        for number in range(4)
        for line in (f"第{number}件与此无关的新鲜事引起关注", "这是另一篇文章的开头，讲的是完全不同的事情，写到这里就被截断了，后面的话没有印出来，只留下前半")
    ]  # fmt: skip
    text = "\n\n".join((HEADLINE, "2024-03-05 09:10:11", *PROSE, *teasers))
    assert body_of(text) == list(PROSE)


def test_day_first_dates_of_hong_kong() -> None:
    text = f"{HEADLINE}\n28/07/2025 12:30\n{PROSE[0]}\n{PROSE[1]}"
    _, metadata = cleaned(text)
    assert metadata.published.value == "2025-07-28T12:30:00+08:00"  # type: ignore[attr-defined]


def test_company_notice_keeps_its_own_warnings() -> None:
    notice = (
        "证券代码：300999 证券简称：滨江智能 公告编号：2025-031", "滨江智能股份有限公司", "关于签署战略合作协议的公告",
        "本公司及董事会全体成员保证信息披露的内容真实、准确、完整，没有虚假记载、误导性陈述或重大遗漏。", "特别提示：",
        "1、本协议为框架性协议，具体实施尚存在不确定性。", "一、协议签署概况", "近日，公司与某大学签署了协议，共建联合实验室。",
        "特此公告。", "滨江智能股份有限公司董事会", "2025年5月26日",
    )  # fmt: skip
    text = "\n".join(("滨江智能:关于签署战略合作协议的公告", "股市网  2025-05-27  滨江智能(300999)公司公告", *notice))
    assert body_of(text) == list(notice)
    _, metadata = cleaned(text)
    assert metadata.publisher.value == "股市网"  # type: ignore[attr-defined]
    assert metadata.published.value == "2025-05-27"  # type: ignore[attr-defined]


def test_line_of_date_glued_to_the_first_paragraph() -> None:
    text = f"{HEADLINE}_滨江新闻网\n{HEADLINE}\n滨江新闻网 2025-05-26 10:00:01 {PROSE[0]}\n{PROSE[1]}"
    assert body_of(text) == list(PROSE[:2])
    _, metadata = cleaned(text)
    assert metadata.published.value == "2025-05-26T10:00:01+08:00"  # type: ignore[attr-defined]
    assert metadata.publisher.value == "滨江新闻网"  # type: ignore[attr-defined]
    assert metadata.title.value == HEADLINE  # type: ignore[attr-defined]


def test_bracketed_dateline_without_month() -> None:
    text = f"{HEADLINE}\n2025-05-26 HKT 14:30\n【晨光社26日訊】{PROSE[0]}\n{PROSE[1]}"
    assert body_of(text) == list(PROSE[:2])
    _, metadata = cleaned(text)
    assert metadata.published.value == "2025-05-26T14:30:00+08:00"  # type: ignore[attr-defined]


def test_captions_between_paragraphs() -> None:
    text = "\n".join(
        (
            HEADLINE,
            "2025-05-26 10:00 来源：晨光社",
            "图为一家工厂。晨光社记者 王小明 摄",
            PROSE[0],
            "（图片由企业提供）",
            PROSE[1],
        )
    )
    assert body_of(text) == list(PROSE[:2])


def test_comments_of_readers_are_not_body() -> None:
    text = "\n".join(
        (
            HEADLINE,
            "2025-05-26 10:00:01",
            *PROSE,
            "最新评论",
            "网友甲",
            "2025-05-26 11:00",
            "写得很好，希望我们这里也能这样发展。",
            "回复",
        )
    )
    assert body_of(text) == list(PROSE)


def test_marks_of_markup_tell_menus_from_the_article() -> None:
    aside = "这一段在侧栏里，讲的是别的事情，也有完整的句子，但它不是正文的一部分。"
    pieces = [(HEADLINE, "title"), *((words, "article content") for words in PROSE), (aside, "wrap sidebar recommend")]
    text, stretches = "", []
    for words, marks in pieces:
        stretches.append(Stretch(len(text), len(text) + len(words), "html/body/div/p", marks))
        text += words + "\n"
    page = Page(
        doc_id="page", content=b"", media_type="text/html", encoding="utf-8", text=text, stretches=tuple(stretches)
    )
    article, _ = clean(page, fold(text), bundled_rulebook())
    assert [text[block.start : block.end] for block in article.body][:3] == list(PROSE)
    assert_covered(text, article)


@pytest.mark.parametrize("text", ["", " \n\t　", "\n\n", "a", "。", "Just an English page, with no Chinese at all."])
def test_poor_pages(text: str) -> None:
    article, metadata = cleaned(text)
    assert_covered(text, article)
    find_anchor(article, metadata)


HOSTILE = [
    *(
        PROSE[0],
        " ",
        "来源：",
        "某报2024-01-02 10:00 ",
        "a",
        "\n　",
        "（图源：",
        "[",
        "(",
        "《",
        "“",
        "首页\n",
        "\n",
        "7",
        "_",
        "甲　　",
    ),
    *(
        "一、某市发布方案\n",
        f"{PROSE[0]}\n首页\n",
        "摄",
        "©",
        "（图源：甲）",
        "\t甲",
        "[a](http://a.cn)",
        "本报记者 王小明\n",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_huge_pages_are_read_to_their_end(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert_covered(text, cleaned(text)[0])  # what grows with the square of its length would not end


def test_a_long_list_of_contents_is_read_to_its_end() -> None:
    text = "".join(f"{number}. 某市发布第{number}号方案\n" for number in range(30_000))
    assert_covered(text, cleaned(text)[0])


FRAGMENTS = st.sampled_from(
    [
        *PROSE, HEADLINE, "\n", "\n\n", "　　", " ", "首页", "2024-03-05 09:10", "来源：某某日报", "责任编辑：王小明", "相关阅读", "标题: ", "链接: http://a.cn/b",
        "总结: ", "晨光社北京3月5日电（记者 王小明）", "（图源：某社）", "date 2024-01-02 ", "[查看](http://a.cn)", "# ", "更多资讯，关注某某网！", "發(fā)布", "動(dòng)", "體(tǐ)", "𠮷", "\u200b",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40))
def test_every_character_is_covered_once(pieces: list[str]) -> None:
    text = "".join(pieces).encode("utf-8", "replace").decode()
    article, metadata = cleaned(text)
    assert_covered(text, article)
    for name in metadata.__struct_fields__:
        value = getattr(metadata, name)
        for outcome in value if isinstance(value, tuple) else (value,):
            if isinstance(outcome, Cited) and outcome.evidence.layer == "text":
                assert outcome.evidence.of(text) == outcome.evidence.text


def test_nothing_outside_the_body_can_be_read_by_rules() -> None:
    text = "\n".join(
        ("首页 新闻 财经", HEADLINE, "2025-09-16 10:32 来源：澜山日报", *PROSE, "责任编辑：某甲 记者", "相关阅读")
    )
    article, _ = cleaned(text)
    inside = {place for block in article.body for place in range(block.start, block.end)}
    assert inside
    assert all(article.folded[place].isspace() for place in range(len(text)) if place not in inside)
    assert "".join(article.folded.split()) == "".join(fold(line) for line in PROSE)


@pytest.mark.parametrize("text", ["。" * 60_000, "“《（" * 30_000, " " * 300_000 + PROSE[0]])
def test_runs_of_one_mark_are_read_to_their_end(text: str) -> None:
    assert_covered(text, cleaned(text)[0])


@pytest.mark.parametrize("mark", ["\r", "\u2028", "\x0b", "\x85"])
def test_whatever_ends_a_line_ends_a_value(mark: str) -> None:
    _, metadata = cleaned(mark.join((HEADLINE, "2025-09-16 10:32", "来源：澜山网", *PROSE)))
    assert isinstance(metadata.source, Cited)
    assert metadata.source.value == "澜山网"
