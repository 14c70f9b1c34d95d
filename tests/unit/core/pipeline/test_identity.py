"""Identity: ids are hashes of content and place, and words that stand again are listed."""

from __future__ import annotations

import msgspec
import pytest

from mingjian.core.model.page import Page
from mingjian.core.pipeline import identity
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds, record_id, refer
from mingjian.core.rulebook import bundled_rulebook
from mingjian.read.plain import text_page

LINE = "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》。"
TEXT = f"{LINE}到2027年，全市算力规模超过20EFLOPS。\n泊川市也将跟进。\n{LINE}"


def page_of(text: str) -> Page:
    return text_page("page.txt", text.encode(), path="folder/page.txt")


def test_the_record_is_named_by_its_bytes_and_the_rules() -> None:
    book = bundled_rulebook()
    page = page_of(TEXT)
    assert extract(page).id == record_id(page, book)
    assert record_id(page, book) != record_id(page_of(TEXT + "。"), book)
    assert record_id(page, book) != record_id(page, msgspec.structs.replace(book, version="0" * 16))


def test_the_page_is_referred_to_by_what_names_it() -> None:
    page = page_of(TEXT)
    reference = refer(page)
    assert (reference.n_chars, reference.path, reference.text) == (len(TEXT), "folder/page.txt", None)
    assert (reference.sha256, reference.text_sha256) == (page.sha256, page.text_sha256)


def test_every_fact_has_an_id_of_its_own_that_stays() -> None:
    facts = [fact for kind in fact_kinds(extract(page_of(TEXT))).values() for fact in kind]
    again = [fact for kind in fact_kinds(extract(page_of(TEXT))).values() for fact in kind]
    assert len({fact.id for fact in facts}) == len(facts) > 3
    assert all(fact.id for fact in facts)
    assert [fact.id for fact in facts] == [fact.id for fact in again]


def test_the_same_fact_of_another_page_has_another_id() -> None:
    here, there = extract(page_of(TEXT)), extract(page_of(TEXT + "完。"))
    assert here.targets[0].value == there.targets[0].value
    assert here.targets[0].id != there.targets[0].id


def test_words_that_stand_again_in_the_body_are_listed_and_are_the_same_words() -> None:
    record = extract(page_of(TEXT))
    spans = [fact.evidence for kind in fact_kinds(record).values() for fact in kind]
    assert any(span.also for span in spans)
    assert all(TEXT[start:end] == span.text for span in spans for start, end in span.also)
    assert all(span.pair not in span.also for span in spans)


def test_words_that_stand_again_are_found_in_a_long_page_as_in_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    each = extract(page_of(TEXT))
    monkeypatch.setattr(identity, "_ONE_PASS_FROM", 0)
    assert extract(page_of(TEXT)) == each
    facts = [fact for kind in fact_kinds(each).values() for fact in kind]
    assert any(fact.evidence.also for fact in facts)


def test_a_fact_holds_the_words_of_all_its_parts() -> None:
    text = "岚州市数据局局长岑望舒在会上表示，“要把算力用到工厂里去，让人工智能帮得上忙。”"
    (quote,) = extract(page_of(text)).quotes
    assert {text[start:end] for pairs in quote.parts.values() for start, end in pairs} >= {"局长", "岚州市数据局"}
    held = [quote.evidence, quote.cue_span, *quote.support]
    for pairs in quote.parts.values():
        assert all(any(span.start <= start and end <= span.end for span in held) for start, end in pairs)
    assert all(text[span.start : span.end] == span.text for span in quote.support)
