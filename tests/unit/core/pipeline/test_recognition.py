"""Names that engines find, in records and in bare texts: behind the rules, tidied, and only where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from tests.contract.fake_engines import FixedAnswer, FixedNames, ListedNames

from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.naming import names, names_of_each
from mingjian.core.pipeline.verify import find_breaches, verify
from mingjian.core.ports import Engines, Name
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import EngineError
from mingjian.read.plain import text_page

TEXT = (
    "岚州市加快建设智能工厂\n2025年3月1日 09:30 来源：岚州日报\n"
    "3月1日，岚州市科技局局长周岚会见了研究员禾川及同事。禾川在桥头镇谈到与远山制造合作，北京市也有先例。\n"
    "远山制造的禾川说，桥头镇条件很好，此前曾任云岭机械厂厂长。\n"
)
PAGE = text_page("page.txt", TEXT.encode())
FOUND = Engines(recognizer=ListedNames(周岚="ORG", 禾川="PER", 桥头镇="LOC", 远山制造="ORG", 曾任云岭机械厂="ORG"))


def found(text: str, engines: Engines) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.label) for name in names(text, engines=engines)]


def listed(**labels: str) -> Engines:
    return Engines(recognizer=ListedNames(**labels))


def test_new_names_become_facts_by_the_engine() -> None:
    record = extract(PAGE, engines=FOUND)
    by_name = {fact.name: fact for fact in _named(record)}
    assert {name for name, fact in by_name.items() if fact.by == "engine.listed@1"} == {
        "禾川", "桥头镇", "远山制造", "云岭机械厂",
    }  # fmt: skip
    assert (by_name["远山制造"].type, by_name["云岭机械厂"].type) == ("organisation", "company")
    assert by_name["桥头镇"].code is None
    assert [len(by_name[name].mentions) for name in ("禾川", "远山制造", "桥头镇")] == [3, 2, 2]
    verify(record, PAGE, engines=FOUND)


def test_a_person_has_the_post_that_stands_beside_the_name() -> None:
    people = {person.name: person for person in extract(PAGE, engines=FOUND).people}
    assert (people["禾川"].title, people["禾川"].evidence.text) == ("研究员", "研究员禾川")
    other = extract(
        text_page("a.txt", "岚州市见闻\n2025年3月1日\n昨天禾川来到岚州，大家都来看他。\n".encode()),
        engines=listed(禾川="PER"),
    )
    assert [(person.name, person.title) for person in other.people] == [("禾川", None)]


def test_the_name_of_a_rule_stands() -> None:
    without, record = extract(PAGE), extract(PAGE, engines=FOUND)
    assert [person.by for person in without.people if person.name == "周岚"] == ["person.titled"]
    assert [person.by for person in record.people if person.name == "周岚"] == ["person.titled"]
    assert not [body for body in record.organisations if "周岚" in body.name]


def test_a_record_without_engines_is_as_before() -> None:
    assert extract(PAGE, engines=Engines()) == extract(PAGE)
    assert extract(PAGE, engines=FOUND).id != extract(PAGE).id


@pytest.mark.parametrize(
    ("engines", "problem"),
    [(Engines(), "names by the engine listed@1, which was not given"), (listed(禾川="PER"), "do not give")],
)
def test_verify_asks_the_same_engine(engines: Engines, problem: str) -> None:
    record = extract(PAGE, engines=FOUND)
    assert problem in "; ".join(find_breaches(record, PAGE, bundled_rulebook(), engines))


@pytest.mark.parametrize("name", [(-1, 2, "PER"), (2, 2, "PER"), (0, 10_000, "ORG"), (0, 2, "DATE"), (0, 1, "")])
def test_names_that_do_not_stand_in_the_text_are_dropped(name: Name) -> None:
    engines = Engines(recognizer=FixedNames(name))
    assert _facts(extract(PAGE, engines=engines)) == _facts(extract(PAGE))


def _facts(record: Record) -> list[tuple[str, tuple[Any, ...]]]:
    return [(fact.name, fact.mentions) for fact in _named(record)]


def test_an_engine_that_answers_other_texts_is_an_error() -> None:
    class Short(FixedNames):
        def recognize(self, texts: object) -> list[list[Name]]:
            return []

    with pytest.raises(EngineError, match="0 texts where"):
        extract(PAGE, engines=Engines(recognizer=Short()))


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("禾川先生来了", {"禾川先生": "PER"}, [("禾川", "PER")]),
        ("任云岭机械厂厂长", {"任云岭机械厂": "ORG"}, [("云岭机械厂", "ORG")]),
        ("云岭机械厂技术科科长", {"云岭机械厂技术科": "ORG"}, [("云岭机械厂", "ORG")]),
        ("汉族，来自桥头", {"汉族": "ORG"}, []),
        ("男，桥头国籍", {"桥头": "LOC"}, []),
        ("桥头警方说", {"桥头": "LOC"}, [("桥头警方", "ORG")]),
        ("远山vs长河", {"远山": "LOC", "长河": "PER"}, [("远山", "ORG"), ("长河", "ORG")]),
        ("桥头镇长河小学", {"桥头镇": "LOC", "长河小学": "ORG"}, [("桥头镇长河小学", "ORG")]),
        ("沐·长河说", {"沐": "PER", "长河": "PER"}, [("沐·长河", "PER")]),
        ("看《远山》一书", {"远山": "LOC"}, []),
        ("转自@远山@长河", {"远山@长河": "PER"}, []),
        ("北京市桥头路5号", {"桥头路5号": "LOC"}, [("北京市桥头路5号", "LOC")]),
        ("北京市海淀区", {"北京市海淀区": "LOC"}, [("北京市", "LOC"), ("海淀区", "LOC")]),
        ("北京市", {"京市": "LOC"}, [("北京市", "LOC")]),
    ],
)  # fmt: skip
def test_names_are_brought_to_one_convention(text: str, labels: dict[str, str], names: list[tuple[str, str]]) -> None:
    assert found(text, listed(**labels)) == names


def test_the_country_that_all_is_about_is_no_place_of_a_record() -> None:
    assert found("禾川爱中国", listed(中国="LOC")) == [("中国", "LOC")]
    page = text_page("a.txt", "岚州市见闻\n2025年3月1日\n昨天禾川来到岚州，他说中国很大，大家都来看他。\n".encode())
    assert extract(page, engines=listed(中国="LOC")).regions == extract(page).regions


def test_many_texts_have_the_names_that_each_has() -> None:
    texts = ["禾川在桥头镇", "", "北京市", *(f"禾川第{number}次说" for number in range(300))]
    engines = listed(禾川="PER", 桥头镇="LOC")
    assert list(names_of_each(texts, engines=engines)) == [names(text, engines=engines) for text in texts]


def answer(*rows: tuple[str, str, str]) -> str:
    keys = ("name", "label", "quotation")
    return f"好的：{json.dumps({'names': [dict(zip(keys, row, strict=True)) for row in rows]})}"


def test_a_model_counts_where_its_quotation_stands() -> None:
    model = FixedAnswer(
        answer(
            ("禾川", "PER", "周岚会见了研究员 禾川及同事"),
            ("远山制造", "ORG", "与远山制造合作"),
            ("远山集团", "ORG", "与远山制造合作"),
            ("桥头镇", "LOC", "桥头镇是个好地方"),
            ("桥头镇", "TOWN", "禾川在桥头镇谈到"),
        )
    )
    engines = Engines(model=model)
    record = extract(PAGE, engines=engines)
    found = {fact.name: len(fact.mentions) for fact in _named(record) if fact.by == "engine.fixed-model@1"}
    assert found == {"禾川": 3, "远山制造": 2}
    assert "桥头镇条件很好" in model.prompts[0]
    verify(record, PAGE, engines=engines)


def _named(record: Record) -> list[Any]:
    return [*record.organisations, *record.people, *record.regions]


@pytest.mark.parametrize("words", ["", "没有", "{", '{"names": 3}', '{"names": [{"name": "禾川"}]}', "\ud800{}"])
def test_an_answer_that_is_no_json_says_nothing(words: str) -> None:
    engines = Engines(model=FixedAnswer(words))
    assert _facts(extract(PAGE, engines=engines)) == _facts(extract(PAGE))


def test_a_long_body_is_asked_in_portions() -> None:
    model = FixedAnswer("{}")
    names("禾川在桥头镇谈合作，大家都同意。\n" * 400, engines=Engines(model=model))
    assert len(model.prompts) == 3


@pytest.mark.parametrize(
    "answer", [None, [None] * 9, [[(0, 2)]] * 9, [[(0.0, 2.0, "PER")]] * 9, [[("0", "2", "PER")]] * 9]
)
def test_an_answer_of_another_form_is_the_engines_error(answer: Any) -> None:
    class Odd:
        name = "odd@1"

        def recognize(self, texts: Sequence[str]) -> Any:
            return answer if answer is None else answer[: len(texts)]

    with pytest.raises(EngineError, match="odd@1: gave an answer of another form"):
        names("周岚来了。", engines=Engines(recognizer=Odd()))
