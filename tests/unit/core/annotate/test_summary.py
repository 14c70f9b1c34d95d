from __future__ import annotations

from tests.unit.core.annotate.reading import read
from tests.unit.core.annotate.test_events import events_in

from mingjian.core.annotate.summary import digest_events, summarise
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of

SUMMARY = group_of(bundled_rulebook(), "summary")

PAGE = (
    "各位读者，大家好：",
    "8月6日，江苏省召开全省算力建设推进会。与会者很多，天气也很好。",
    "会上，15家平台企业签署自律公约。风景如画，不必细说。",
)


def test_the_summary_is_verbatim_in_page_order_and_short() -> None:
    article = read(*PAGE).article
    spans = summarise(article, SUMMARY, events_in(*PAGE))
    assert [span.text for span in spans] == [
        "8月6日，江苏省召开全省算力建设推进会。",
        "会上，15家平台企业签署自律公约。",
    ]
    assert all(article.text[span.start : span.end] == span.text for span in spans)


def test_the_summary_keeps_its_limit() -> None:
    article = read("甲" * 90 + "，" + "乙" * 150 + "。").article
    (span,) = summarise(article, SUMMARY, ())
    assert span.text == "甲" * 90


def test_a_page_without_sentences_has_no_summary() -> None:
    assert summarise(read("。").article, SUMMARY, ()) == ()


def test_the_digest_is_built_from_cited_words() -> None:
    article = read(*PAGE).article
    sentences = digest_events(article, SUMMARY, events_in(*PAGE), ())
    assert [sentence.text for sentence in sentences] == [
        "8月6日，江苏省召开全省算力建设推进会。",
        "15家平台企业签署自律公约。",
    ]
    for sentence in sentences:
        assert sentence.support
        assert all(article.text[span.start : span.end] == span.text for span in sentence.support)


def test_the_digest_tells_whole_sentences_and_none_twice() -> None:
    page = (
        "8月6日，智能制造推进会在园区召开，会上发布了首批应用场景清单。",
        "按照今年7月印发的《数据行动方案》，到2027年建成智能工厂30家。",
    )
    digest = digest_events(read(*page).article, SUMMARY, events_in(*page), ())
    assert [sentence.text for sentence in digest] == list(page)
