from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read
from tests.unit.core.annotate.test_events import events_in

from mingjian.core.annotate.summary import summarise
from mingjian.core.model.article import Article
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of
from mingjian.core.text.standing import Contents, Standing

PAGE = (
    "各位读者，大家好：",
    "8月6日，江苏省召开全省算力建设推进会。与会者很多，天气也很好。",
    "会上，15家平台企业签署自律公约。风景如画，不必细说。",
)


def standing(article: Article) -> Standing:
    return Standing(article, group_of(bundled_rulebook(), "summary"))


def summary(*paragraphs: str, title: str = "", limit: int = 200) -> list[str]:
    article = read(*paragraphs).article
    spans = summarise(standing(article), Contents(events_in(*paragraphs), (), title=title), limit)
    assert all(article.text[span.start : span.end] == span.text for span in spans)
    assert sum(len(span.text) for span in spans) <= limit
    return [span.text for span in spans]


def test_the_summary_is_verbatim_in_page_order_and_without_what_joins_on() -> None:
    assert summary(*PAGE) == ["8月6日，江苏省召开全省算力建设推进会。", "15家平台企业签署自律公约。"]


def test_of_a_long_sentence_the_leading_clauses_are_taken() -> None:
    assert summary("甲" * 90 + "，" + "乙" * 150 + "。") == ["甲" * 90]


def test_sentences_that_only_bind_a_short_name_do_no_harm() -> None:
    assert summary("（以下简称“鹿鸣”）" * 30) is not None


def test_a_page_without_sentences_has_no_summary() -> None:
    assert summary("。") == []


def test_the_title_says_which_sentences_matter() -> None:
    page = (
        "秋天到了，岚州的田野里一片金黄。",
        "岚州市新建的三个数据标注基地已经开工。",
        "附近的路上车来车往，十分热闹。",
    )
    assert "岚州市新建的三个数据标注基地已经开工。" in summary(*page, title="岚州新建数据标注基地", limit=40)


@pytest.mark.parametrize("opening", ["其", "该公司", "对此，公司", "他", "为此，公司", "上述平台", "9月，该平台"])
def test_a_sentence_that_leans_on_the_one_before_stands_beside_it_or_not_at_all(opening: str) -> None:
    leaning = f"{opening}发布了岚光大模型，并开放了全部训练数据。"
    assert summary("介绍如下，请看：", leaning) == []
    first = "8月6日，岚州云枢科技有限公司在岚州市启动算力平台。"
    found = summary(first + leaning)
    assert "".join(found).find(leaning) <= "".join(found).find(first) + len(first)


@pytest.mark.parametrize(
    "shell", ["据岚州网消息，", "记者从市数据局获悉，", "此外，", "岚州讯（记者 周岚）", "【摘要】", "（一）"]
)
def test_shells_are_left_out(shell: str) -> None:
    assert summary(f"{shell}岚州市数据局8月6日发布公共数据清单。") == ["岚州市数据局8月6日发布公共数据清单。"]


def test_half_a_quotation_is_never_taken() -> None:
    page = ("局长说：“岚州市8月6日发布公共数据清单。各县可以查阅。”", "岚州市8月7日启动算力平台建设。")
    assert summary(*page) == ["岚州市8月7日启动算力平台建设。"]


def test_what_a_notice_asks_of_its_readers_is_left_out() -> None:
    page = "《岚州市算力券管理办法》已经市政府同意，现印发给你们，请认真贯彻执行。"
    assert summary(page) == ["《岚州市算力券管理办法》已经市政府同意，现印发给你们"]


def test_nothing_is_told_twice() -> None:
    told = "8月6日，江苏省召开全省算力建设推进会，发布了12项措施。"
    assert summary(told, told.replace("8月6日，", "8月6日上午，")) == [told]
