"""Sentences of rows made by hand: what is told, in which words, and what is left out."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.core.ledger.briefing.desks import (
    NONE,
    YEAR,
    brief,
    desk,
    event,
    members_of,
    policy,
    quote,
    statistic,
    target,
    texts_of,
)
from tests.unit.core.link.things.shelves import shelved

from mingjian.core.ledger.briefing.frames import fill, pieces_of
from mingjian.core.ledger.briefing.gathering import Found
from mingjian.core.ledger.briefing.material import Told, unfolded
from mingjian.core.ledger.briefing.parts import count_of, date_of, worded_bounds
from mingjian.core.ledger.briefing.topics import topic_of
from mingjian.core.model.brief import Part, Sentence
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import ConflictRow, Related, Side
from mingjian.errors import EvidenceError, RuleError

OPENING = "岚州日报2026年3月6日讯 3月5日，岚州云枢科技有限公司发布岚光大模型。"
RETOLD = "来源：岚讯网 2026-03-07 08:00\n3月5日，岚州云枢科技有限公司发布岚光大模型。该公司称，产品已上线。"
CITE = Cite("a", 0, 4, "岚州日报")


def test_a_sentence_without_cites_cannot_be_built() -> None:
    with pytest.raises(EvidenceError, match="must cite"):
        Sentence(parts=(Part("情况良好。", "fixed"),), frame="event", thing="x")


@pytest.mark.parametrize(
    ("text", "kind", "cites"),
    [("岚州晚报", "words", (CITE,)), ("岚州日报", "words", ()), ("2", "count", (CITE,)), ("2026年", "date", ())],
)
def test_a_part_that_does_not_stand_in_its_cites_cannot_be_built(text: str, kind: str, cites: tuple[Cite, ...]) -> None:
    with pytest.raises(EvidenceError):
        msgspec.convert({"text": text, "kind": kind, "cites": msgspec.to_builtins(cites)}, Part)
        Part(text, kind, cites)  # type: ignore[arg-type]


def test_groups_with_an_empty_slot_are_left_out_and_other_empty_slots_make_no_sentence() -> None:
    name = (Part("岚州日报", "words", (CITE,)),)
    assert fill("quote", {"speaker": name}) is None
    filled = fill("quote", {"speaker": name, "words": name}) or ()
    assert "".join(part.text for part in filled) == "岚州日报表示：“岚州日报”。"
    with pytest.raises(RuleError, match="odd bracket"):
        pieces_of("{words}[，{date}")


def test_dates_keep_how_exact_they_are() -> None:
    assert [part.text for part in date_of(Cell("2026-03", (CITE,)))] == ["2026年3月"]
    assert [part.text for part in date_of(Cell("2026-03-05/2026-04-04", (CITE,)))] == ["2026年3月5日至4月4日间"]
    assert date_of(NONE) == ()
    assert worded_bounds("2026-03-01", "2026-04-30") == "2026年3月1日至4月30日间"
    assert worded_bounds("2026-04-01", "2026-06-30") == "2026年第二季度"
    assert worded_bounds(None, "2026-04-30") == "不晚于2026年4月30日"
    assert worded_bounds("2025-12-30", "2026-01-02") == "2025年12月30日至2026年1月2日间"


def test_an_event_is_told_once_with_its_independent_sources_counted_and_the_first_named() -> None:
    pages = shelved({"a": OPENING, "b": RETOLD, "c": RETOLD}, {"c": "b"})
    members = [one for one in members_of(pages, "event") if "发布" in one.fact.evidence.text]
    assert len(members) >= 3
    row = event(*members)
    source = members_of(pages, "event")[0]
    first = Cell("岚州日报", (Cite(source.page.id, 0, 4, "岚州日报"),))
    row = msgspec.structs.replace(row, row=msgspec.structs.replace(row.row, first_source=first))
    (told,) = texts_of(brief(pages, found=Found(events=[row])))["events"]
    assert told == "2026年3月5日，岚州云枢科技有限公司发布岚光大模型（2个独立来源，首见于岚州日报）。"


def test_events_are_ranked_by_sources_then_by_day_and_undated_ones_are_not_told() -> None:
    early = "岚州日报2026年2月6日讯 2月5日，岚州云帆科技有限公司发布云帆大模型。"
    pages = shelved({"a": OPENING, "b": RETOLD, "d": early})
    members = [one for one in members_of(pages, "event") if "发布" in one.fact.evidence.text]
    single = [one for one in members if "云帆" in one.fact.evidence.text]
    both = [one for one in members if "云枢" in one.fact.evidence.text]
    alone = event(single[0])
    undated = msgspec.structs.replace(alone, row=msgspec.structs.replace(alone.row, id="x", start=NONE, end=NONE))
    told = texts_of(brief(pages, found=Found(events=[undated, alone, event(*both)])))["events"]
    assert [("云枢" in text, "云帆" in text) for text in told] == [(True, False), (False, True)]


def test_a_policy_names_who_issued_it_and_what_it_builds_on() -> None:
    text = (
        "岚州市数据局关于印发《岚州市算力券管理办法》的通知\n岚数规〔2026〕3号\n"
        "为落实《岚州市人工智能行动方案》，现将《岚州市算力券管理办法》印发给你们，自2026年4月1日起施行。\n"
        "岚州市数据局\n2026年3月9日\n"
    )
    pages = shelved({"a": text})
    (member,) = [one for one in members_of(pages, "policy") if "算力券" in one.fact.evidence.text][:1]
    cite = Cite("a", text.index("岚州市人工智能"), text.index("》，现将"), "岚州市人工智能行动方案")
    row = policy(member)
    linked = (
        Related(relation="implements", cell=Cell(cite.text, (cite,))),
        Related(relation="odd", cell=Cell("某", (cite,))),
    )
    day = Cell("2026-03-09", (Cite("a", text.index("2026年3月9日"), text.index("2026年3月9日") + 9, "2026年3月9日"),))
    row = msgspec.structs.replace(row, row=msgspec.structs.replace(row.row, lineage=linked, issued=day))
    told = texts_of(brief(pages, found=Found(policies=[row])))["policies"]
    assert told[0].startswith("岚州市数据局2026年3月9日印发《岚州市算力券管理办法》")
    assert told[1] == "《岚州市算力券管理办法》落实岚州市人工智能行动方案。"


def test_a_target_says_its_document_deadline_and_state_and_a_coming_one_is_watched() -> None:
    text = (
        "岚州日报2026年1月6日讯 《岚州市人工智能行动方案》提出，到2026年2月底建成智算中心3个，"
        "到2026年底全市算力规模超过40EFLOPS。"
    )
    pages = shelved({"a": text})
    members = [
        one for one in members_of(pages, "target") if any(word in one.fact.evidence.text for word in ("3个", "40"))
    ]
    found = Found(targets=[target(one, status="due") for one in members])
    scope = msgspec.structs.replace(YEAR, since="2026-02-01")
    told = texts_of(brief(pages, scope, found))
    assert len(told["targets"]) == 1
    assert "智算中心3个" in told["targets"][0]
    assert told["targets"][0].endswith("；已到期，未见结果。")
    assert "40EFLOPS" in told["watch"][0]
    assert "已到期" not in told["watch"][0]


def test_a_number_that_changed_is_told_with_the_one_before() -> None:
    pages = shelved(
        {
            "a": "岚州日报2026年2月2日讯 截至2026年1月底，岚州市智能算力规模达到5EFLOPS。",
            "b": "岚州日报2026年3月3日讯 截至2026年2月底，岚州市智能算力规模达到6EFLOPS。",
        }
    )
    members = members_of(pages, "statistic")
    (told,) = texts_of(brief(pages, found=Found(statistics=[statistic(*members)])))["numbers"]
    assert "6EFLOPS" in told
    assert "；此前达到5EFLOPS（截至2026年1月31日）。" in told
    assert "numbers" not in texts_of(brief(pages, found=Found(statistics=[statistic(members[1])])))


def test_values_that_disagree_are_told_with_who_says_which() -> None:
    pages = shelved(
        {
            "a": "来源：岚州日报 2026-03-02 08:00\n岚州市设立总规模30亿元的人工智能产业基金。",
            "b": "来源：岚讯网 2026-03-03 08:00\n岚州市设立总规模35亿元的人工智能产业基金。",
        }
    )
    members = [one for one in members_of(pages, "event") if "基金" in one.fact.evidence.text]
    sides = []
    for member, value in zip(members, ("30亿元", "35亿元"), strict=True):
        at = member.fact.evidence.start + member.fact.evidence.text.index(value)
        cell = Cell(value, (Cite(member.page.id, at, at + 4, value),))
        sides.append(Side(value=cell, sources=(), published=None, nearer=value == "30亿元", later=False))
    head = event(*members).row
    row = ConflictRow(
        id="c", name=head.name, mentions=2, pages=2, sources=2, first_published=None, last_published="2026-03-03",
        added=head.added, facets=head.facets, about=head.id, kind="event", field="amount@x", sides=tuple(sides),
    )  # fmt: skip
    found = Found(conflicts=[Told(row, tuple(members), 3)])
    (told,) = texts_of(brief(pages, found=found))["numbers"]
    assert told == (
        "金额说法不一：岚州日报称“岚州市设立总规模30亿元的人工智能产业基金”（出自原文件）；"
        "岚讯网称“岚州市设立总规模35亿元的人工智能产业基金”。"
    )


def test_who_speaks_is_named_with_the_post_and_courtesies_go() -> None:
    text = (
        "来源：岚州日报 2026-03-02 08:00\n岚州市数据局局长顾沛霖表示：“谢谢您的提问。全市算力已经接入统一的调度平台，"
        "企业可以在线申请使用。”\n"
    )
    pages = shelved({"a": text})
    (told,) = texts_of(brief(pages, found=Found(quotes=[quote(*members_of(pages, "quote"))])))["quotes"]
    assert told == (
        "岚州市数据局局长顾沛霖表示：“全市算力已经接入统一的调度平台，企业可以在线申请使用”（岚州日报，2026年3月2日）。"
    )


def test_topics_are_words_or_all_names_of_a_technology() -> None:
    pages = shelved({"a": OPENING})
    members = members_of(pages, "event")
    assert topic_of(("大模型",)).relevance("某事", members) == 2
    assert topic_of(("AI大模型",)).relevance("发布大模型", ()) == 3
    assert topic_of(("养老",)).relevance("某事", members) == 0
    assert topic_of(("AI",)).relevance("CHAIN公司", ()) == 0
    assert topic_of(()).relevance("某事", ()) == 3


def test_what_is_said_twice_is_kept_once_and_what_is_left_out_is_counted() -> None:
    assert unfolded([("一", "a"), ("一", "b"), ("二", "c"), ("三", "d")], 2) == (["a", "c"], 1)


def test_counts_cite_what_they_count_and_the_desk_knows_its_days() -> None:
    (part,) = count_of([CITE, Cite("b", 0, 1, "岚")])
    assert part.text == "2"
    here = desk(shelved({"a": OPENING}))
    assert here.is_coming("2026-12-31")
    assert not here.is_coming("2026-03-31")
    assert not here.surely_within("2020-01-01", "2026-03-01")
    assert here.surely_within("2026-03-01", "2026-03-31")
