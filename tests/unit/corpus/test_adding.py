"""Adding pages: known ones change nothing, changed ones are versions, and what is told is kept."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from tests.unit.corpus.pages import STORY, page_of, story_pages, text_of, web_page

from mingjian.core.model.failure import Failure
from mingjian.core.model.outcome import Missing
from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.versions import VersionDifference
from mingjian.core.rulebook import bundled_rulebook
from mingjian.corpus import Asked, Corpus
from mingjian.corpus.finding import Wanted
from mingjian.corpus.pages import DAMAGED
from mingjian.errors import BusyError, DamageError, StoreError
from mingjian.run import Extracted, extract_many

URL = "https://lanshan.example/n/1?utm_source=x"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "w", write=True, create=True) as opened:
        yield opened


def kinds(corpus: Corpus, *items: Page | Failure) -> list[str]:
    return [added.kind for added in corpus.add(items, extract_many)]


def counts(corpus: Corpus) -> dict[str, int]:
    return dict(corpus.status().counts)


def test_the_same_pages_twice_change_nothing(corpus: Corpus) -> None:
    assert kinds(corpus, *story_pages()) == ["added"] * 5
    before = counts(corpus)
    with corpus.store.reading() as reader:
        position = reader.position()
    assert kinds(corpus, *story_pages()) == ["known"] * 5
    assert counts(corpus) == before
    with corpus.store.reading() as reader:
        assert reader.position() == position
        assert len(reader.runs()) == 1


def test_the_same_bytes_in_a_file_of_another_name_are_the_same_page(corpus: Corpus) -> None:
    assert kinds(corpus, page_of("a.txt", text_of(STORY))) == ["added"]
    assert kinds(corpus, page_of("elsewhere/b.txt", text_of(STORY))) == ["known"]


def test_the_same_bytes_at_two_addresses_are_two_pages(corpus: Corpus) -> None:
    words = text_of(STORY)
    assert (
        kinds(corpus, web_page("https://a.example/1", words), web_page("https://b.example/1", words)) == ["added"] * 2
    )


def test_another_content_at_one_address_is_a_version_with_its_difference(corpus: Corpus) -> None:
    changed = text_of(STORY).replace("6300万元", "7300万元")
    assert kinds(corpus, web_page(URL, text_of(STORY))) == ["added"]
    assert kinds(corpus, web_page("http://lanshan.example/n/1", changed)) == ["version"]
    with corpus.store.reading() as reader:
        old, new = reader.versions("https://lanshan.example/n/1")
        assert (old.superseded, new.version, new.stands) == (new.number, 2, True)
        (change,) = reader.changes(new.number)
    difference = msgspec.json.decode(change.differences, type=VersionDifference)
    assert [(edit.was != edit.now, "7300万元" in edit.now) for edit in difference.edits] == [(True, True)]
    assert any(one.kind == "alters" and "7300" in str(one.now) for one in difference.facts)


def test_an_older_copy_added_later_does_not_stand(corpus: Corpus) -> None:
    new = web_page(URL, text_of(STORY), "2026-03-13T00:00:00Z")
    old = web_page(URL, text_of(STORY[:4]), "2026-03-12T00:00:00Z")
    assert kinds(corpus, new, old) == ["added", "version"]
    with corpus.store.reading() as reader:
        assert [page.stands for page in reader.pages()] == [True, False]


def test_one_id_for_two_pages_of_one_input_loses_neither(corpus: Corpus) -> None:
    twice = (page_of("feed#1", text_of(STORY)), page_of("feed#1", text_of(STORY[:4])))
    assert kinds(corpus, *twice) == ["added", "clash"]
    assert kinds(corpus, *twice) == ["known", "known"]
    with corpus.store.reading() as reader:
        assert [page.address for page in reader.pages()] == ["feed#1", "feed#1 (2)"]
        (failure,) = reader.failures()
    assert failure.stage == "identity"
    assert kinds(corpus, page_of("feed#1", text_of(STORY[:5]))) == ["version"]


def test_the_hundredth_page_under_one_id_costs_no_more_than_the_first(corpus: Corpus) -> None:
    pages = [page_of("feed#1", f"澜山市第{number}号公告。") for number in range(100)]
    began = time.process_time()
    assert kinds(corpus, *pages[:50]) == ["added"] + ["clash"] * 49
    first = time.process_time() - began
    began = time.process_time()
    assert kinds(corpus, *pages) == ["known"] * 50 + ["version"] + ["clash"] * 49
    assert time.process_time() - began < 5 * first


def test_known_pages_are_told_while_others_come(corpus: Corpus) -> None:
    pages = [page_of(f"{number}", f"第{number}号公告。") for number in range(3)]
    kinds(corpus, *pages)
    taken: list[Page] = []

    def given() -> Iterator[Page]:
        for page in pages * 400:
            taken.append(page)
            yield page

    told = corpus.add(given(), extract_many)
    assert next(told).kind == "known"
    assert len(taken) < 600
    assert sum(1 for _ in told) == 1_199


def test_a_copy_of_an_older_database_begins_its_indexes_anew(tmp_path: Path) -> None:
    folder, older = tmp_path / "w", tmp_path / "older.db"

    def add(*items: Page) -> None:
        with Corpus.open(folder, write=True, create=True) as corpus:
            kinds(corpus, *items)
            deque(corpus.follow(), maxlen=0)

    add(page_of("a", text_of(STORY)))
    shutil.copy(folder / "mingjian.db", older)
    add(*(page_of(f"{number}", f"栖云县第{number}号公告，算力券。") for number in range(9)))
    shutil.copy(older, folder / "mingjian.db")
    add(*(page_of(f"new {number}", f"望溪镇第{number}号消息。") for number in range(30)))
    with Corpus.open(folder) as corpus:
        assert corpus.search("望溪镇").total == 30
        assert corpus.search("栖云县").total == 0
        assert corpus.behind() == 0


def test_damaged_records_are_extracted_again(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, write=True, create=True) as corpus:
        kinds(corpus, *story_pages())
    with closing(sqlite3.connect(tmp_path / "mingjian.db")) as database:
        database.execute(
            "UPDATE packed SET bytes = x'28b52ffd' WHERE number = (SELECT blob FROM record WHERE page = 1)"
        )
        database.execute("DELETE FROM packed WHERE number = (SELECT blob FROM record WHERE page = 2)")
        database.commit()
    with Corpus.open(tmp_path, write=True) as corpus:
        with corpus.store.reading() as reader, pytest.raises(DamageError, match="page 2 is damaged"):
            reader.record(2)
        assert {page.doc_id for page in corpus.search("算力券").pages} == {"3.txt", "4.txt"}  # the others go on
        done = corpus.reextract(extract_many, bundled_rulebook())
        assert [one.page.number for one in done] == [1, 2]
        assert [len(group.copies) for group in corpus.groups(9)] == [3]
        with corpus.store.reading() as reader:
            assert all(reader.record(number) for number in (1, 2))


def test_what_is_damaged_later_is_left_out_of_answers_and_told(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, write=True, create=True) as corpus:
        kinds(corpus, *story_pages())
        sound = corpus.search(Asked(words="算力券", fold=False))
    with closing(sqlite3.connect(tmp_path / "mingjian.db")) as database:
        database.execute(
            "UPDATE packed SET bytes = x'28b52ffd' WHERE number = (SELECT blob FROM record WHERE page = 2)"
        )
        database.commit()
    with Corpus.open(tmp_path, write=True) as corpus:
        wanted: Wanted
        for wanted in ("pages", "facts"):
            answer = corpus.search(Asked(words="算力券", fold=False), wanted)
            assert answer.pages or answer.facts
            assert "2.txt" not in [page.doc_id for page in answer.pages] + [fact.doc_id for fact in answer.facts]
            (told,) = answer.damaged
            assert "the record of page 2 is damaged" in told
            assert "reextract" in told
        assert len(corpus.search(Asked(words="算力券", fold=False)).pages) == len(sound.pages) - 1
        (group,) = corpus.groups(9)
        assert [copy.page.doc_id for copy in group.copies if copy.page.title == Missing(DAMAGED)] == ["2.txt"]
        assert corpus.reprints_of(group.copies[1].page.id)[0] is not None


def test_damaged_links_are_left_out_and_made_anew(tmp_path: Path) -> None:
    def damage(table: str) -> None:
        with closing(sqlite3.connect(tmp_path / "mingjian.db")) as database:
            ((content,),) = database.execute(f"SELECT content FROM {table} WHERE page = 2")  # noqa: S608
            database.execute(f"UPDATE {table} SET content = ? WHERE page = 2", (content[:-2] + b"xy",))  # noqa: S608
            database.commit()

    with Corpus.open(tmp_path, write=True, create=True) as corpus:
        kinds(corpus, *story_pages())
        (sound,) = corpus.groups(9)
        for table in ("article", "placing"):
            damage(table)
            assert [line for line in corpus.check(thoroughly=True) if "what links know of page 2 is damaged" in line]
            kinds(corpus, page_of(table, f"望溪镇第{len(table)}号消息。"))
            deque(corpus.follow(), maxlen=0)
        with pytest.raises(DamageError, match="reindex"):
            corpus.groups(9)
        corpus.forget_indexes()
        assert corpus.groups(9) == [sound]
        damage("neighbour")
        (copy,) = (page for page in story_pages() if page.doc_id == "3.txt")
        kinds(corpus, page_of("copy", f"{copy.text}\n望溪镇另有消息。"))
        with pytest.raises(DamageError, match="what links know of page 2 is damaged; run `mingjian reindex`"):
            deque(corpus.follow(), maxlen=0)
        corpus.forget_indexes()
        assert len(corpus.groups(9)[0].copies) == len(sound.copies) + 1
        assert list(corpus.check(thoroughly=True)) == []


@pytest.mark.parametrize("suffix", ["term", "fast"])
@pytest.mark.parametrize("write", [True, False])
def test_a_search_index_that_turns_out_to_be_damaged_is_made_anew(tmp_path: Path, suffix: str, write: bool) -> None:
    with Corpus.open(tmp_path, write=True, create=True) as corpus:
        kinds(corpus, *story_pages())
        sound = corpus.search("算力券")
    for path in tmp_path.glob(f"indexes/search/pages/*.{suffix}"):
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(bytes(middle) + content[middle:])
    told: list[str] = []
    with Corpus.open(tmp_path, write=write, told=told.append) as corpus:
        assert corpus.search("算力券") == sound
        if write:
            kinds(corpus, page_of("new", "云岭港第7号消息。"))
            assert corpus.search("云岭港").total == 1
    assert all("made anew" in line for line in told)


def test_a_run_whose_time_was_lost_stops_nothing(corpus: Corpus) -> None:
    with corpus.store.writing() as writer:
        writer.begin_run("(lost)", "", "", "")
    assert kinds(corpus, page_of("a", text_of(STORY))) == ["added"]


def test_a_run_that_was_killed_is_gone_on_with(corpus: Corpus) -> None:
    twice = (page_of("feed#1", text_of(STORY)), page_of("feed#1", text_of(STORY[:4])))

    def killed(items: Iterator[Page | Failure]) -> Iterator[Extracted | Failure]:
        yield from extract_many(iter([next(items)]))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(corpus.add(twice, killed))
    assert counts(corpus)["pages"] == 0  # what was not told is not kept
    assert kinds(corpus, *twice) == ["added", "clash"]


def test_failures_are_kept_with_their_run(corpus: Corpus) -> None:
    failure = Failure("bad.html", "read", "empty-page: no words", "leave it out")
    assert kinds(corpus, failure, story_pages()[0]) == ["failed", "added"]
    with corpus.store.reading() as reader:
        (kept,) = reader.failures()
        (run,) = reader.runs()
    assert (kept.doc_id, kept.run) == ("bad.html", run.number)
    assert run.counts == {"added": 1, "failed": 1}


def test_a_removed_page_stays_out_when_it_is_added_again(corpus: Corpus) -> None:
    kinds(corpus, *story_pages())
    with corpus.store.reading() as reader:
        page_id = reader.pages()[0].id
    corpus.remove([page_id[:8]], "asked for")
    assert kinds(corpus, *story_pages()) == ["known"] * 5
    assert counts(corpus)["removed"] == 1
    corpus.bring_back([page_id])
    assert counts(corpus)["removed"] == 0


def test_erased_words_are_nowhere(corpus: Corpus) -> None:
    kinds(corpus, *story_pages())
    list(corpus.follow())
    with corpus.store.reading() as reader:
        source = reader.pages()[0]
    (group,) = corpus.groups(9)
    corpus.remove([source.id], "asked for", erase=True)
    list(corpus.follow())
    corpus.close()
    assert len(group.copies) == 3
    with Corpus.open(corpus.folder) as again:
        assert [len(group.copies) for group in again.groups(9)] == [2]
        assert source.id not in {page.id for page in again.search("算力券").pages}
        assert not list(again.check(thoroughly=True))


def test_what_was_decided_of_a_page_holds_for_its_next_version(corpus: Corpus) -> None:
    pages = [web_page(f"https://{host}.example/1", text_of(STORY, host)) for host in ("a", "b")]
    kinds(corpus, *pages)
    with corpus.store.reading() as reader:
        first, second = (page.id for page in reader.pages())
    assert [len(group.copies) for group in corpus.groups(9)] == [2]
    corpus.decisions.of_pages("split", (first, second), "周岚", "two texts")
    assert not corpus.groups(9)
    kinds(corpus, web_page("https://b.example/1", text_of(STORY, "b") + "\n责任编辑：章岚"))
    assert not corpus.groups(9)
    corpus.decisions.of_pages("merge", (first, second), "周岚", "one text after all")
    assert [len(group.copies) for group in corpus.groups(9)] == [2]
    corpus.decisions.undo(2, "周岚")
    assert not corpus.groups(9)


def test_new_rules_over_kept_pages_list_what_changed(corpus: Corpus) -> None:
    kinds(corpus, *story_pages()[:2])
    book = bundled_rulebook()
    assert list(corpus.reextract(extract_many, book)) == []

    def otherwise(items: Iterable[Page | Failure]) -> Iterator[Extracted | Failure]:
        for result in extract_many(items):
            assert isinstance(result, Extracted)
            record = msgspec.structs.replace(result.record, id="0" * 32, doc_type="rewrite")
            yield Extracted(result.page, encode_record(record))

    told = list(corpus.reextract(otherwise, book, everything=True))
    assert [[(one.field, one.kind) for one in each.differences] for each in told] == [[("doc_type", "alters")]] * 2
    again = list(corpus.reextract(extract_many, book))  # these records are not those that the rules make
    assert len(again) == 2
    with corpus.store.reading() as reader:
        assert len(reader.changes()) == 4


def test_a_clock_that_jumps_back_is_told_and_orders_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds(corpus, story_pages()[0])
    monkeypatch.setattr("mingjian.corpus.clock.time.time", lambda: 0.0)
    heard: list[str] = []
    corpus.close()
    with Corpus.open(corpus.folder, write=True, told=heard.append) as later:
        assert kinds(later, story_pages()[4]) == ["added"]
        with later.store.reading() as reader:
            first, second = reader.pages()
    assert first.number < second.number
    assert second.added_at < first.added_at
    assert "before the last run began" in heard[0]


def test_a_second_writer_is_told_who_writes(corpus: Corpus) -> None:
    heard: list[str] = []
    with pytest.raises(BusyError, match="writing to it since"):
        Corpus.open(corpus.folder, write=True, wait=0.2, told=heard.append)
    assert len(heard) == 1
    with Corpus.open(corpus.folder) as reading:
        assert reading.status().writer is not None


def test_what_is_no_id_of_one_page_is_refused(corpus: Corpus) -> None:
    kinds(corpus, *story_pages())
    for words in ("", "zz", "0000000000000000", "not-an-id"):
        with pytest.raises(StoreError, match="that a search shows"):
            corpus.page(words)
