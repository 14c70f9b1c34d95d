from __future__ import annotations

from tests.laws.digests import is_built_of
from tests.unit.core.annotate.reading import read
from tests.unit.core.annotate.test_events import events_in
from tests.unit.core.annotate.test_summary import PAGE, standing

from mingjian.core.annotate.digest import digest_events
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.mentions import mentions_of_names
from mingjian.core.text.standing import Contents

GLUE = bundled_rulebook().tables["summary"]["digest"]["glue"]


def digest(*paragraphs: str, title: str = "") -> list[str]:
    reading = read(*paragraphs)
    contents = Contents(events_in(*paragraphs), (), mentions_of_names(reading.names), title)
    sentences = digest_events(standing(reading.article), contents)
    for sentence in sentences:
        assert is_built_of(sentence, GLUE)
        assert all(reading.article.text[span.start : span.end] == span.text for span in sentence.support)
    return [sentence.text for sentence in sentences]


def test_the_digest_is_built_from_cited_words() -> None:
    assert digest(*PAGE) == ["8月6日，江苏省召开全省算力建设推进会。", "15家平台企业签署自律公约。"]


def test_the_digest_tells_none_twice() -> None:
    page = (
        "8月6日，智能制造推进会在园区召开，会上发布了首批应用场景清单。",
        "按照今年7月印发的《数据行动方案》，到2027年建成智能工厂30家。",
    )
    assert digest(*page) == list(page)


def test_who_is_named_in_full_and_brackets_with_short_names_are_left_out() -> None:
    told = digest("8月6日，岚州云枢科技有限公司（以下简称“云枢科技”）与岚州大学签署合作协议。")
    assert told == ["8月6日，岚州云枢科技有限公司与岚州大学签署合作协议。"]


def test_the_same_day_is_said_once() -> None:
    told = digest("8月6日，江苏省召开全省算力建设推进会。", "8月6日，岚州大学发布岚光大模型。")
    assert told == ["8月6日，江苏省召开全省算力建设推进会。", "同日，岚州大学发布岚光大模型。"]


def test_a_page_that_tells_no_event_is_told_by_its_leading_sentence_if_the_title_names_it() -> None:
    page = ("岚州的梯田里秋粮快要收完，红米卖出了好价钱。", "大家都很高兴。")
    assert digest(*page, title="岚州秋粮快要收完 红米卖出好价钱") == [page[0]]
    assert digest(*page, title="一周天气") == []


def test_what_is_not_built_of_its_support_is_seen() -> None:
    reading = read("8月6日，江苏省召开全省算力建设推进会。")
    contents = Contents(events_in("8月6日，江苏省召开全省算力建设推进会。"), ())
    (sentence,) = digest_events(standing(reading.article), contents)
    assert is_built_of(sentence, GLUE)
    assert not is_built_of(type(sentence)("8月7日" + sentence.text[4:], sentence.support), GLUE)
    assert not is_built_of(type(sentence)("但是，" + sentence.text, sentence.support), GLUE)
