"""Needs on the desk of a workspace: matched, kept, looked at again, and what became of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.corpus.pages import STORY, page_of, text_of

from mingjian.core.model.needs import NeedLook, Sought
from mingjian.corpus import Corpus
from mingjian.corpus.matching import PageWords
from mingjian.errors import AmbiguousError, QuestionError, UnknownError

NEED = "澜山市企业需要算力券"
MORE = (
    "澜山市发放模型券",
    "来源：栖云融媒  2026-03-20 09:00",
    "3月19日，澜山市数据局印发模型券办法，按实际支出的20%给予补助，单家企业每年最高补助80万元。",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "w", write=True, create=True) as opened:
        list(opened.add([page_of("story.txt", text_of(STORY))]))
        yield opened


def look(corpus: Corpus, need: str) -> NeedLook:
    with corpus.searching() as (index, behind), corpus.books() as books, corpus.store.reading() as reader:
        return corpus.desk.needs.look(books, PageWords(reader, index), need, behind)


def asked(words: str = NEED) -> Sought:
    return Sought(words=words, everything=True)


def test_the_facade_finds_what_words_alone_tell(corpus: Corpus) -> None:
    matching = corpus.match(asked("按季度兑付的算力券"))
    assert any("兑付" in cite.text for hit in matching.hits for one in hit.reasons for cite in one.cites)
    assert matching.behind == 0
    page = next(iter(corpus.match(asked()).hits)).reasons[0].cites[0]
    with corpus.store.reading() as reader:
        (kept,) = reader.find(page.page)
        assert reader.text(kept.number)[page.start : page.end] == page.text


def test_what_comes_later_is_new_until_it_was_seen(corpus: Corpus) -> None:
    need = corpus.desk.needs.keep(asked(), who="甲")
    first = look(corpus, need.id)
    assert first.new == tuple(hit.thing for hit in first.matching.hits) != ()
    assert look(corpus, need.id).new == first.new
    corpus.desk.needs.seen(need.id, first.mentions)
    assert look(corpus, need.id).new == ()
    list(corpus.add([page_of("more.txt", text_of(MORE))]))
    later = look(corpus, need.id)
    assert later.new
    assert not set(later.new) & set(first.mentions)
    assert later.kept.looked is not None


SEEN = ("澜山桥梁养护记", "来源：澜山日报  2026-03-18 09:00", "澜山养护队用爬索机器拍摄拉索，图像算法标出裂缝位置。")
AGAIN = ("岚桥隧道巡查记", "来源：澜山日报  2026-03-19 09:00", "桥梁拉索裂缝由热像仪与模型一同识别，夜间也能检测。")


def test_a_passage_is_new_until_it_was_seen(corpus: Corpus) -> None:
    list(corpus.add([page_of("seen.txt", text_of(SEEN))]))
    need = corpus.desk.needs.keep(Sought(words="桥梁拉索裂缝检测"), who="甲")
    first = look(corpus, need.id)
    (passage,) = first.matching.passages
    assert passage.words.text == SEEN[2]
    assert first.new_passages == (passage.id,)
    corpus.desk.needs.seen(need.id, first.mentions)
    assert look(corpus, need.id).new_passages == ()
    list(corpus.add([page_of("again.txt", text_of(AGAIN))]))
    later = look(corpus, need.id)
    assert [one.words.text for one in later.matching.passages if one.id in later.new_passages] == [AGAIN[2]]


def test_what_is_said_stays_and_the_last_holds(corpus: Corpus) -> None:
    needs = corpus.desk.needs
    need = needs.keep(asked(), who="甲", name="算力")
    hit = look(corpus, need.id).matching.hits[0].thing
    with corpus.books() as books:
        needs.say(need.id, who="甲", state="asked", contact="=乙", hit=hit, books=books)
    needs.say(need.id, who="丙", state="running", contact="丁", note="两次通话")
    needs.say(need.id, who="丙", note="再等一周")
    kept = needs.called(need.id[:6])
    assert (kept.name, kept.state, kept.contact, kept.note) == ("算力", "running", "丁", "再等一周")
    assert look(corpus, need.id).states[hit].state == "asked"
    assert [(entry.who, entry.state, bool(entry.hit)) for entry in needs.log(need.id)] == [
        ("甲", "asked", True),
        ("丙", "running", False),
        ("丙", "running", False),
    ]
    assert [one.id for one in needs.all(("running",))] == [need.id]
    assert needs.all(("closed",)) == []


def test_a_position_names_each_state(corpus: Corpus) -> None:
    needs, seen = corpus.desk.needs, []
    seen.append(needs.position())
    need = needs.keep(asked(), who="甲")
    seen.append(needs.position())
    needs.say(need.id, who="甲", state="closed")
    seen.append(needs.position())
    needs.seen(need.id, {"a": ("p:f",)})
    seen.append(needs.position())
    assert len(set(seen)) == len(seen)


def test_a_scenario_of_the_ledger_is_a_need(corpus: Corpus) -> None:
    text = "澜山市应用场景\n来源：岚讯网 2026-03-12\n3月11日，澜山市公布首批82个人工智能场景，澜山港启用缺陷检测场景。"
    list(corpus.add([page_of("scenario.txt", text)]))
    with corpus.books() as books:
        scenario = next(iter(corpus.ledger("scenarios")))
        (member, *_) = books.members(scenario.id)
    matching = corpus.match(Sought(thing=scenario.id[:10], everything=True))
    assert matching.need.thing == scenario.id
    assert matching.need.cites[0].text == member.fact.evidence.text
    assert matching.need.text.splitlines()[0] == member.fact.evidence.text


def test_what_cannot_be_kept_is_told(corpus: Corpus) -> None:
    needs = corpus.desk.needs
    with pytest.raises(UnknownError):
        needs.called("abc")
    for _ in range(40):
        needs.keep(asked(), who="甲")
    first = next(one.id[0] for one in needs.all() if sum(two.id[0] == one.id[0] for two in needs.all()) > 1)
    with pytest.raises(AmbiguousError):
        needs.called(first)
    with pytest.raises(QuestionError):
        needs.keep(asked(), who=" ")
    with pytest.raises(QuestionError):
        needs.say(needs.all()[0].id, who="甲", state="done")


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM need_entry", "UPDATE need_entry SET who = 'x'", "DELETE FROM need", "UPDATE need SET who = 'x'"],
)
def test_the_log_cannot_be_rewritten(corpus: Corpus, statement: str) -> None:
    need = corpus.desk.needs.keep(asked(), who="甲")
    corpus.desk.needs.say(need.id, who="甲", state="asked")
    with sqlite3.connect(corpus.folder / "desk.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert len(corpus.desk.needs.log(need.id)) == 1


def test_needs_go_with_a_backup(corpus: Corpus, tmp_path: Path) -> None:
    need = corpus.desk.needs.keep(asked(), who="甲")
    with corpus.desk.needs._file.reading() as desk:
        assert desk.execute("SELECT version FROM part WHERE name = 'needs'").fetchone() == (1,)
    with Corpus.open(corpus.folder) as other:
        assert other.desk.needs.called(need.id).sought == asked()
