# ruff: noqa: E501 (pages are easier to read in long lines)
"""Pages that are a record themselves, in every form in which people paste them."""

from __future__ import annotations

import pytest

import mingjian
from mingjian.core.clean.article import clean
from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.outcome import Cited
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.plain import text_page

TITLE = "某省发布人工智能三年行动 提出建设十个算力枢纽"
ADDRESS = "https://www.example.com/a/20240301.html?id=5&x=1"
FIRST = "某省工业和信息化厅3月1日发布行动计划，提出到2026年建成十个算力枢纽。"
SECOND = "该省将设立专项资金，支持企业应用大模型，业内的关键词：开放。"
WORDS = "算力枢纽, 行动计划"

FORMS = {
    "lines": f"标题: {TITLE}\n链接: {ADDRESS}\n总结: {FIRST}\n{SECOND}\n关键词: {WORDS}\nAI技术: 大模型\n行业: 制造业\n重大事件摘要: 该文报道了计划。\n\n文章还提到资金。\n",
    "full-width": f"标题：{TITLE}\n链接：{ADDRESS}\n总结：{FIRST}\n{SECOND}\n关键词：{WORDS}\n行业：制造业",
    "glued": f"标题:{TITLE}链接:{ADDRESS} 总结:{FIRST}{SECOND}关键词:{WORDS}AI技术:大模型行业:制造业重大事件摘要:该文报道了计划。",
    "spaces": f"标题: {TITLE} 链接: {ADDRESS} 总结: {FIRST} {SECOND} 关键词: {WORDS} 行业: 制造业",
    "brackets": f"【标题】{TITLE}\n【链接】{ADDRESS}\n【总结】{FIRST}\n{SECOND}\n【关键词】{WORDS}\n【行业】制造业",
    "json": f'{{\n  "标题": "{TITLE}",\n  "链接": "{ADDRESS}",\n  "总结": "{FIRST}\\n{SECOND}",\n  "关键词": "{WORDS}"\n}}',
    "table": f"| 标题 | {TITLE} |\n|---|---|\n| 链接 | {ADDRESS} |\n| 总结 | {FIRST}{SECOND} |\n| 关键词 | {WORDS} |",
    "tabs": f"标题\t{TITLE}\n链接\t{ADDRESS}\n总结\t{FIRST}{SECOND}\n关键词\t{WORDS}\n",
    "line breaks": f"标题:\n{TITLE}\n\n链接:\n{ADDRESS}\n\n总结:\n{FIRST}\n\n{SECOND}\n\n关键词:\n{WORDS}",
    "headings": f"## 标题\n{TITLE}\n## 链接\n{ADDRESS}\n## 总结\n{FIRST}\n{SECOND}\n## 关键词\n{WORDS}\n",
    "bold": f"- **标题**：{TITLE}\n- **链接**：{ADDRESS}\n- **总结**：{FIRST}{SECOND}\n- **关键词：** {WORDS}\n",
    "bare labels": f"标题\n{TITLE}\n链接\n{ADDRESS}\n总结\n{FIRST}\n{SECOND}\n关键词\n{WORDS}\n",
    "several": f"1. 标题: {TITLE}\n链接: {ADDRESS}\n总结: {FIRST}\n{SECOND}\n关键词: {WORDS}\n\n----------\n\n2. 标题: 另一篇\n链接: http://b.example.com/2\n总结: 另一座城市投资20亿元。\n关键词: 丁\n",
    "several in a line": f"标题: {TITLE} 链接: {ADDRESS} 总结: {FIRST}{SECOND} 关键词: {WORDS} 标题: 另一篇 链接: http://b.example.com/2 总结: 另一座城市投资20亿元。 关键词: 丁",
}


def cleaned(text: str) -> tuple[Article, Metadata]:
    return clean(text_page("page", text.encode()), fold(text), bundled_rulebook())


def body_of(text: str) -> str:
    return "".join(text[block.start : block.end] for block in cleaned(text)[0].body)


def value(outcome: object) -> str | None:
    return outcome.value if isinstance(outcome, Cited) else None


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_title_address_article_and_fields(form: str) -> None:
    text = FORMS[form]
    _, metadata = cleaned(text)
    assert value(metadata.title) == TITLE
    assert value(metadata.url) == ADDRESS
    assert body_of(text) == FIRST + SECOND
    carried = {field.label: field.evidence.text for field in metadata.carried}
    assert carried["关键词"] == WORDS
    assert "标题" not in carried
    assert "链接" not in carried
    assert "总结" not in carried


@pytest.mark.parametrize("form", FORMS)
def test_every_character_is_covered_once(form: str) -> None:
    text = FORMS[form]
    article, _ = cleaned(text)
    count = [0] * len(text)
    pairs = [(block.start, block.end) for block in article.body]
    for start, end in (*pairs, *((block.start, block.end) for block in article.boilerplate)):
        for place in range(start, end):
            count[place] += 1
    assert all(times == 1 for times, letter in zip(count, text, strict=True) if not letter.isspace())


def test_source_time_and_authors_come_from_their_fields() -> None:
    text = (
        f"标题：{TITLE}\n来源：经济日报\n时间：2024-03-01 08:30\n作者：王小明、李晓红\n总结：{FIRST}\n关键词：{WORDS}"
    )
    _, metadata = cleaned(text)
    assert value(metadata.source) == "经济日报"
    assert value(metadata.published) == "2024-03-01T08:30:00+08:00"
    assert [author.value for author in metadata.authors] == ["王小明", "李晓红"]
    assert [field.label for field in metadata.carried] == ["来源", "时间", "作者", "关键词"]
    assert {field.by for field in metadata.carried} == {"carried.record-field"}


def test_lines_of_the_article_that_look_like_fields_stay_in_it() -> None:
    text = f"标题：{TITLE}\n链接：{ADDRESS}\n总结：{FIRST}\n时间：3月5日\n地点：某地\n会议还讨论了其他内容，与会者发了言。\n关键词：{WORDS}"
    assert body_of(text) == f"{FIRST}时间：3月5日地点：某地会议还讨论了其他内容，与会者发了言。"


def test_the_longer_of_two_articles_is_the_article() -> None:
    text = f"标题：{TITLE}\n链接：{ADDRESS}\n正文：{FIRST}\n{SECOND}\n总结：一句话。\n关键词：{WORDS}"
    assert body_of(text) == FIRST + SECOND
    assert "总结" in {field.label for field in cleaned(text)[1].carried}


@pytest.mark.parametrize(
    "text",
    [
        f"标题：\n作者：\n内容：\n搜索\n某市召开会议\n2024-03-01 来源：某报\n{FIRST}\n{SECOND}",
        f"标题\n正文\n作者\n来源\n搜索\n{TITLE}\n{FIRST}\n{SECOND}",
        f"关于举办培训班的通知\n各有关单位：\n{FIRST}\n一、时间：5月1日\n二、内容：大模型应用\n三、链接：无",
        f"{TITLE}\n来源：某报 时间：2024-03-01\n{FIRST}\n{SECOND}",
    ],
)
def test_other_pages_are_no_records(text: str) -> None:
    assert cleaned(text)[1].carried == ()


def test_nothing_of_another_field_or_record_is_evidence() -> None:
    text = f"标题: {TITLE}\n链接: {ADDRESS}\n总结: {FIRST}\n重大事件摘要: 某公司5月7日完成10亿元融资。\n\n标题: 另一条\n链接: http://b.example.com/2\n总结: 某厂2025年投资99亿元。\n"
    record = mingjian.extract(text_page("page", text.encode()))
    assert record.doc_type == "structured_record"
    assert record.events
    places = (*record.events, *record.statistics, *record.targets, *record.company_actions, *record.measures)
    assert all(text.index(FIRST) <= fact.evidence.start < text.index("重大事件摘要") for fact in places)


def test_labels_by_the_thousand_are_read_to_their_end() -> None:
    text = "标题: 甲\n链接: http://a.example.com\n总结: 乙乙\n" + "来源: 丙 关键词: 丁\n" * 20_000
    article, metadata = cleaned(text)  # what grows with the square of its length would not end
    assert [text[block.start : block.end] for block in article.body] == ["乙乙"]
    assert len(metadata.carried) > 1


def test_lists_are_parted_at_marks_and_between_glued_names() -> None:
    text = (
        "标题: 甲市建成算力中心\n链接: http://a.example.com/1\n总结: 甲市5月6日建成算力中心，投资20亿元。\n"
        "AI技术: 工业大模型, 自然语言处理计算机视觉；智能平台应用服务数据挖掘\n行业: 制造业、人工智能基础软件\n重大事件摘要: 甲市建成中心，投资20亿元。\n"
    )
    values = {field.label: [value.text for value in field.values] for field in cleaned(text)[1].carried}
    assert values["AI技术"] == ["工业大模型", "自然语言处理", "计算机视觉", "智能平台", "应用服务", "数据挖掘"]
    assert values["行业"] == ["制造业", "人工智能基础软件"]
    assert values["重大事件摘要"] == ["甲市建成中心，投资20亿元。"]
