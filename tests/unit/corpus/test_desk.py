"""The desk of a workspace: what people say is told at once on the page, then by ledgers and search, and never lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from tests.unit.core.ledger.invented import RESULT
from tests.unit.corpus.pages import STORY, page_of, story_pages, text_of, web_page

from mingjian.core.model.facts import Statistic, Target
from mingjian.core.model.page import Page
from mingjian.core.model.review import PartChange, QueueAsked, QueuedFact
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.corpus import Corpus
from mingjian.corpus.adding import Item
from mingjian.corpus.desk import Desk
from mingjian.errors import MeanwhileError, ReviewError, SearchIndexError, StoreError
from mingjian.run import Extracted
from mingjian.store.backups import backup, restore
from mingjian.store.desk import DESK
from mingjian.store.salvaging import salvage

URL = "https://desk.example/1.html"


def add(folder: Path, pages: Sequence[Page]) -> None:
    with Corpus.open(folder, write=True, create=True) as corpus:
        deque(corpus.add(pages), maxlen=0)
        deque(corpus.follow(), maxlen=0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "workspace"
    add(place, [web_page(URL, text_of(STORY)), *story_pages()[3:]])
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "workspace")


def page_at(corpus: Corpus, address: str = URL) -> str:
    with corpus.store.reading() as reader:
        return next(page.id for page in reader.versions(address) if page.stands)


def figure(corpus: Corpus, words: str, page: str | None = None) -> Target | Statistic:
    record = corpus.desk.page(page or page_at(corpus)).reviewed.record
    figures: list[Target | Statistic] = [*record.targets, *record.statistics]
    return next(fact for fact in figures if words in fact.evidence.text)


def spans(corpus: Corpus, part: str, words: str) -> PartChange:
    at = corpus.desk.page(page_at(corpus)).text.index(words)
    return PartChange(part, ((at, at + len(words)),))


def ledger_words(folder: Path) -> str:
    with Corpus.open(folder) as corpus:
        rows = [*corpus.ledger("targets"), *corpus.ledger("statistics")]
    return msgspec.json.encode(rows).decode()


def waiting(corpus: Corpus, asked: QueueAsked | None = None) -> list[QueuedFact]:
    return list(corpus.desk.queue(msgspec.structs.replace(asked or QueueAsked(), limit=1_000)).facts)


def test_without_a_desk_nothing_is_different(folder: Path) -> None:
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        for page in reader.pages():
            assert reader.told(page.number) == reader.record(page.number)
        assert not corpus.behind()
        assert (corpus.desk.all(), corpus.desk.agreement(), corpus.desk.rules(), corpus.desk.position()) == (
            [],
            [],
            [],
            "",
        )
    assert not (folder / DESK).exists() and not (folder / "indexes" / "queue").exists()


def test_a_rejected_fact_is_told_no_more_until_that_is_taken_back(folder: Path) -> None:
    assert "6300万元" in ledger_words(folder)
    with Corpus.open(folder) as corpus:
        fact = figure(corpus, "6300万元")
        review = corpus.desk.review(page_at(corpus), fact.id, "reject", who="甲", why="样例")
        assert corpus.desk.page(page_at(corpus)).reviewed.of(fact.id) is None
        assert corpus.behind()
    assert "6300万元" not in ledger_words(folder)
    with Corpus.open(folder) as corpus:
        assert not corpus.behind()
        found = [one.fact for one in corpus.search("6300万元", "facts").facts]
        assert not any(isinstance(one, Target | Statistic) and "6300万元" in one.evidence.text for one in found)
        corpus.desk.undo(review.number, who="乙")
    assert "6300万元" in ledger_words(folder)


def test_a_corrected_fact_is_told_by_ledgers_with_its_words(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        fact = figure(corpus, "6300万元")
        review = corpus.desk.review(
            page_at(corpus), fact.id, "correct", who="甲", changes=[spans(corpus, "value", "4200P")]
        )
        told = figure(corpus, "6300万元")
        assert (told.by, told.unit) == ("review", "P")
        state = corpus.desk.page(page_at(corpus)).reviewed.of(told.id)
        assert state is not None and (state.standing, state.review) == ("corrected", review.number)
        with corpus.store.reading() as reader:  # what the rules made stays as it is
            (page,) = reader.versions(URL)
            record = reader.record(page.number)
            assert record is not None
            verify(record, reader.original(page.number))
    words = ledger_words(folder)
    assert "4200P" in words


def test_reviewing_does_not_wait_for_whoever_adds(folder: Path) -> None:
    with Corpus.open(folder, write=True), Corpus.open(folder) as corpus:
        fact = figure(corpus, "6300万元")
        assert corpus.desk.review(page_at(corpus), fact.id, "accept", who="甲").number == 1
        corpus.desk.undo(1, who="甲")


def test_a_read_only_desk_keeps_nothing(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        fact, page = figure(corpus, "6300万元"), page_at(corpus)
    with Desk.open(folder) as desk, pytest.raises(StoreError):
        desk.review(page, fact.id, "accept", who="甲")
    assert not (folder / DESK).exists()


def test_what_cannot_be_said_is_refused(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        desk, page, fact = corpus.desk, page_at(corpus), figure(corpus, "6300万元")
        for verb, of, more in (
            ("reject", fact.id, {}), ("accept", "no-such-fact", {}), ("accept", fact.id, {"who": " "}),
            ("accept", fact.id, {"changes": [PartChange("metric")]}), ("correct", fact.id, {}),
            ("reject", fact.id, {"why": "长" * 2_001}), ("applaud", fact.id, {}),
        ):  # fmt: skip
            with pytest.raises(ReviewError):
                desk.review(page, of, verb, **{"who": "甲", **more})  # type: ignore[arg-type]
        with pytest.raises(ReviewError):
            desk.undo(1, who="甲")
        with pytest.raises(ReviewError):
            list(desk.export("xml"))
        assert desk.all() == []


def test_whoever_was_faster_is_named(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page, fact = page_at(corpus), figure(corpus, "6300万元")
        corpus.desk.review(page, fact.id, "accept", who="甲", seen=0)
        with pytest.raises(ReviewError, match="甲 said accept of it meanwhile"):
            corpus.desk.review(page, fact.id, "reject", who="乙", why="样例", seen=0)
        corpus.desk.review(page, fact.id, "reject", who="乙", why="样例", seen=1)
        assert [one.verb for one in corpus.desk.reviews_of(page)] == ["accept", "reject"]


def test_who_answers_a_correction_speaks_of_the_same_claim(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page, fact = page_at(corpus), figure(corpus, "6300万元")
        first = corpus.desk.review(page, fact.id, "correct", who="甲", changes=[spans(corpus, "metric", "安排资金")])
        second = corpus.desk.review(page, figure(corpus, "6300万元").id, "accept", who="乙")
        assert (second.claim, second.answers, second.rule) == (first.claim, 1, fact.by)
        (overall, _) = corpus.desk.agreement()
        assert (overall.n, overall.agreed, overall.why) == (1, 1, "one-label")
        corpus.desk.review(page, figure(corpus, "6300万元").id, "reject", who="丙", why="样例")
        facts = corpus.desk.page(page).reviewed.record
        assert not any("6300万元" in one.evidence.text for one in (*facts.targets, *facts.statistics))
        (asked,) = [one for one in waiting(corpus) if one.reviews]
        assert (asked.reasons[0].slug, asked.reviews) == ("reviewers-disagree", (1, 2, 3))


def test_the_id_of_a_fact_that_was_corrected_leads_to_what_it_is_now(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page, fact = page_at(corpus), figure(corpus, "6300万元")
        corpus.desk.review(page, fact.id, "correct", who="甲", changes=[spans(corpus, "metric", "安排资金")])
        now = figure(corpus, "6300万元")
        assert now.id != fact.id
        assert corpus.desk.fact(page, fact.id).fact == now
        with pytest.raises(MeanwhileError, match=now.id):
            corpus.desk.review(page, fact.id, "accept", who="乙")
        corpus.desk.review(
            page, fact.id, "accept", who="乙", seen=1
        )  # who knows of it may say that the rules were right
        assert figure(corpus, "6300万元") == fact


def test_a_fact_that_was_missed_is_added(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page = page_at(corpus)
        changes = [spans(corpus, "evidence", "列入名录的十二家服务商"), spans(corpus, "name", "名录")]
        corpus.desk.add(page, "datasets", changes, who="甲")
        (added,) = [one for one in corpus.desk.page(page).reviewed.record.datasets if one.by == "review"]
        assert added.name == "名录"
        with pytest.raises(ReviewError, match="was added before"):
            corpus.desk.add(page, "datasets", changes, who="乙")
        assert [one.missed for one in corpus.desk.rules()] == [1]


def test_other_rules_read_the_page_and_the_review_holds(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page, accepted, rejected = page_at(corpus), figure(corpus, "6300万元"), figure(corpus, "150万元")
        corpus.desk.review(page, accepted.id, "accept", who="甲")
        corpus.desk.review(page, rejected.id, "reject", who="甲", why="样例")
    with Corpus.open(folder, write=True) as corpus:
        before = figure(corpus, "420家").id
        deque(corpus.reextract(_read_otherwise, _other_rules(), everything=True), maxlen=0)
        assert figure(corpus, "420家").id != before  # ids depend on the rules
        told = corpus.desk.page(page)
    states = [(state.standing, state.reason) for state in told.reviewed.states]
    assert states == [("accepted", None), ("rejected", None)]
    assert not any(
        "150万元" in one.evidence.text for one in (*told.reviewed.record.targets, *told.reviewed.record.statistics)
    )


def _read_otherwise(items: Iterator[Item]) -> Iterator[Extracted]:
    for page in items:
        assert isinstance(page, Page)
        yield Extracted(page, encode_record(extract(page, _other_rules())))


def _other_rules() -> Rulebook:
    """The bundled rules under another name, as if some other rule had changed."""
    return msgspec.structs.replace(bundled_rulebook(), version="0" * 12)


@pytest.mark.parametrize(
    ("old", "new", "standing", "reason"),
    [
        ("细则规定", "编者按：补充一句。细则规定", "corrected", None),
        ("6300万元", "6500万元", "returned", "words-gone"),
    ],
)
def test_another_version_of_the_page(folder: Path, old: str, new: str, standing: str, reason: str | None) -> None:
    with Corpus.open(folder) as corpus:
        page, fact = page_at(corpus), figure(corpus, "6300万元")
        corpus.desk.review(page, fact.id, "correct", who="甲", changes=[spans(corpus, "metric", "安排资金")])
    add(folder, [web_page(URL, text_of(STORY).replace(old, new))])
    with Corpus.open(folder) as corpus:
        told = corpus.desk.page(page_at(corpus))
        assert told.kept.id != page
        (state,) = told.reviewed.states
        assert (state.standing, state.reason) == (standing, reason)
        if standing == "corrected":
            assert figure(corpus, "6300万元").by == "review"
        back = [one for one in waiting(corpus) if one.reviews]
        assert [one.reasons[0].slug for one in back] == ([] if reason is None else [reason])


def test_what_came_back_is_found_by_place_and_source(tmp_path: Path) -> None:
    place, story = tmp_path / "workspace", text_of(STORY).replace("澜山市", "深圳市")
    add(place, [web_page(URL, story)])
    with Corpus.open(place) as corpus:
        fact = figure(corpus, "6300万元")
        corpus.desk.review(page_at(corpus), fact.id, "correct", who="甲", changes=[spans(corpus, "metric", "安排资金")])
    add(place, [web_page(URL, story.replace("6300万元", "6500万元"))])
    with Corpus.open(place) as corpus:
        (back,) = (one for one in waiting(corpus) if one.reviews)
        assert back.regions == ("440300",) and back.sources
        for asked in (QueueAsked(regions=("440000",)), *(QueueAsked(sources=(name,)) for name in back.sources)):
            assert back in waiting(corpus, asked)
        assert back not in waiting(corpus, QueueAsked(regions=("710000",)))


def test_words_of_an_erased_page_are_gone_from_the_desk(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page = page_at(corpus)
        corpus.desk.review(page, figure(corpus, "6300万元").id, "accept", who="甲", why="样例")
    with Corpus.open(folder, write=True) as corpus:
        corpus.remove([page], "样例", erase=True)
        (left,) = corpus.desk.all()
        assert (left.anchor.exact, left.why, left.who) == ("", "", "甲")
        assert list(corpus.desk.export("jsonl")) == []


def test_backups_and_salvage_take_the_desk_along(folder: Path, tmp_path: Path) -> None:
    with Corpus.open(folder) as corpus:
        corpus.desk.review(page_at(corpus), figure(corpus, "6300万元").id, "reject", who="甲", why="样例")
        corpus.desk.undo(1, who="甲")
        corpus.desk.review(page_at(corpus), figure(corpus, "6300万元").id, "reject", who="乙", why="样例")
        said = corpus.desk.all()
    backup(folder, tmp_path / "backup.db")
    restore(tmp_path / "backup.db", tmp_path / "restored")
    lost = list(salvage(folder, tmp_path / "salvaged"))
    assert lost == []
    for place in (tmp_path / "restored", tmp_path / "salvaged"):
        with Corpus.open(place, write=True) as corpus:
            deque(corpus.follow(), maxlen=0)
            assert corpus.desk.all() == said
            assert list(corpus.check(thoroughly=True)) == []
        assert "6300万元" not in ledger_words(place)


def test_a_desk_that_was_taken_away_is_told_no_more(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        corpus.desk.review(page_at(corpus), figure(corpus, "6300万元").id, "reject", who="甲", why="样例")
    assert "6300万元" not in ledger_words(folder)
    for file in folder.glob(f"{DESK}*"):
        file.unlink()
    assert "6300万元" in ledger_words(folder)


def test_a_damaged_desk_is_no_silence(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        corpus.desk.review(page_at(corpus), figure(corpus, "6300万元").id, "reject", who="甲", why="样例")
    for file in folder.glob(f"{DESK}-*"):
        file.unlink()
    (folder / DESK).write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    with Corpus.open(folder) as corpus:
        assert any(DESK in problem for problem in corpus.check())
        with corpus.store.reading() as reader, pytest.raises(StoreError):
            reader.told(1)


def test_the_queue_tells_why_and_follows(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        with pytest.raises(SearchIndexError):
            corpus.desk.queue(follow=False)
        found = waiting(corpus)
        assert found and all(one.reasons and one.score > 0 for one in found)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert len({(one.page, one.fact) for one in found}) == len(found) == corpus.desk.queue().total
        paged = [
            one for at in range(0, len(found), 3) for one in corpus.desk.queue(QueueAsked(limit=3, offset=at)).facts
        ]
        assert paged == found
        first = found[0]
        corpus.desk.review(first.page, first.fact, "accept", who="甲")
        assert [one for one in waiting(corpus) if one.fact == first.fact] == []
        assert first.fact in {one.fact for one in waiting(corpus, QueueAsked(seen="others", who="乙"))}
        assert first.fact not in {one.fact for one in waiting(corpus, QueueAsked(seen="others", who="甲"))}
        assert waiting(corpus, QueueAsked(seen="all")) == found
    changed = text_of(STORY).replace("6300万元", "8800万元")
    add(folder, [web_page(URL, changed)])
    with Corpus.open(folder) as corpus:
        assert not any("6300万元" in one.words for one in waiting(corpus, QueueAsked(seen="all", page=page_at(corpus))))


def test_the_queue_is_filtered(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        every = waiting(corpus)
        for asked, holds in (
            (QueueAsked(kinds=("targets",)), lambda one: one.kind == "targets"),
            (
                QueueAsked(reasons=("parts-missing",)),
                lambda one: any(why.slug == "parts-missing" for why in one.reasons),
            ),
            (QueueAsked(rules=("figure.target",)), lambda one: one.rule == "figure.target"),
            (QueueAsked(page=page_at(corpus)), lambda one: one.page == page_at(corpus)),
            (QueueAsked(sources=("澜山日报",)), lambda one: one.source == "澜山日报"),
            (QueueAsked(regions=("440000",)), lambda one: any(code.startswith("44") for code in one.regions)),
            (QueueAsked(regions=("156",)), lambda one: "156" in one.regions),
            (QueueAsked(regions=("150000",)), lambda one: any(code.startswith("150") for code in one.regions)),
        ):
            assert waiting(corpus, asked) == [one for one in every if holds(one)]
            assert corpus.desk.queue(asked).total == len(waiting(corpus, asked))


def test_pages_that_disagree_wait_with_what_the_other_says(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    told = [
        page_of("a.txt", RESULT),
        page_of("b.txt", RESULT.replace("泊川日报", "澜山日报").replace("2800亿元", "3100亿元")),
    ]
    add(place, told)
    with Corpus.open(place) as corpus:
        (row,) = corpus.ledger("conflicts")
        found = waiting(corpus, QueueAsked(reasons=("pages-disagree",)))
        abouts = {why.about for one in found for why in one.reasons if why.slug == "pages-disagree"}
    assert {one.page for one in found} == {cite.page for side in row.sides for cite in side.value.cites}  # type: ignore[attr-defined]
    assert abouts == {f"{row.field} 2800亿元", f"{row.field} 3100亿元"}  # type: ignore[attr-defined]


def test_what_rules_that_err_made_waits_too(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        made = corpus.desk.page(page_at(corpus)).reviewed.record.statistics
        with corpus.store.reading() as reader:
            pages = [page.id for page in reader.pages()]
        facts = [(page, fact) for page in pages for fact in corpus.desk.page(page).reviewed.record.statistics]
        rule = made[0].by
        wrong = [(page, fact) for page, fact in facts if fact.by == rule]
        assert len(wrong) > 5
        for page, fact in wrong[:5]:
            corpus.desk.review(page, fact.id, "reject", who="甲", why="样例")
        found = waiting(corpus, QueueAsked(reasons=("rule-errs",)))
        assert {one.fact for one in found} == {fact.id for _, fact in wrong[5:]}
        assert all(why.about == f"{rule} 5/5" for one in found for why in one.reasons if why.slug == "rule-errs")


def test_labelled_data_comes_out_and_rules_are_held_against_it(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page = page_at(corpus)
        corpus.desk.review(page, figure(corpus, "6300万元").id, "accept", who="甲")
        corpus.desk.review(page, figure(corpus, "150万元").id, "reject", who="甲", why="样例")
        for form in ("jsonl", "conll", "w3c"):
            lines = list(corpus.desk.export(form))
            assert lines and lines == list(corpus.desk.export(form))
        held = list(corpus.desk.held())
        assert [(one.verdict, one.right) for one in held] == [("reject", False), ("accept", True)]
        assert all(one.words in text_of(STORY) for one in held)


def test_damage_to_the_queue_makes_it_anew(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        found = waiting(corpus)
    (place,) = (folder / "indexes" / "queue").glob("queue.db")
    for beside in place.parent.glob("queue.db-*"):
        beside.unlink()
    place.write_bytes(b"no database at all")
    with Corpus.open(folder) as corpus:
        assert waiting(corpus) == found
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM fact").fetchone()[0] > 0
    connection.close()


def test_a_fact_that_one_took_and_another_rejected_is_found_from_the_queue(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        page = page_at(corpus)
        target = figure(corpus, "6300万元", page)
        corpus.desk.review(page, target.id, "accept", who="甲")
        corpus.desk.review(page, target.id, "reject", who="乙", why="样例")
        (back,) = (one for one in waiting(corpus) if "reviewers-disagree" in {why.slug for why in one.reasons})
        assert (back.fact, back.standing) == (target.id, "rejected")
        held = corpus.desk.facts(page, [back.fact])[back.fact]
        assert held.fact == target
        corpus.desk.review(page, back.fact, "accept", who="甲", seen=held.seen)
        assert figure(corpus, "6300万元", page) == target
