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


def test_more_short_stretches_rather_than_few_long_sentences() -> None:
    found = summary(
        "8月6日，岚州市工业和信息化局、岚州市数据局、岚州市财政局联合印发《岚州市智算办法》，从要素供给、技术攻关、场景牵引、生态培育四个方面作出安排，引导企业用好用足人工智能。",
        "8月7日，15家平台企业在岚州市签署自律公约，与会者很多，天气也很好，大家十分高兴，纷纷合影留念。",
        limit=80,
    )
    assert found[0].endswith("联合印发《岚州市智算办法》")
    assert found[1].startswith("8月7日，15家平台企业在岚州市签署自律公约")


def test_a_heading_without_a_full_stop_is_no_sentence() -> None:
    found = summary(
        "用得起：每年发放算力券",
        "8月6日，江苏省召开全省算力建设推进会。",
        "用得好：启动算力平台",
        "8月7日，15家平台企业签署自律公约。",
    )
    assert found == ["8月6日，江苏省召开全省算力建设推进会。", "8月7日，15家平台企业签署自律公约。"]


def test_the_day_from_which_on_something_holds_is_told() -> None:
    page = (
        "8月6日，岚州市印发《岚州市智算办法》。",
        "岚州的田野里一片金黄。",
        "本办法自2025年12月1日起施行，有效期至2027年12月31日。",
    )
    assert summary(*page, limit=60)[-1].startswith("本办法自2025年12月1日起施行")


@pytest.mark.parametrize("opening", ["答：", "岚州日观12月3日讯 "])
def test_what_only_says_who_speaks_or_where_from_is_left_out(opening: str) -> None:
    assert summary(f"{opening}8月6日，江苏省召开全省算力建设推进会。") == ["8月6日，江苏省召开全省算力建设推进会。"]


def test_no_cut_behind_a_clause_that_only_leads_to_the_next() -> None:
    found = summary("岚州市启动算力平台，到2028年，" + "建成智慧商店" * 6 + "。", limit=30)
    assert found == ["岚州市启动算力平台"]
