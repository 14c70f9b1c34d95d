"""The books of a workspace on the disk: what becomes of them, and of what people decide."""

from __future__ import annotations

import shutil
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.corpus.pages import STORY, page_of, story_pages, text_of, web_page

from mingjian.core.ledger.asking import Question
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.page import Page
from mingjian.core.model.things import Thing
from mingjian.corpus import Corpus
from mingjian.corpus.books.deciding import resolved_decisions, standing_decisions
from mingjian.corpus.books.keeping import Entry, keep_pages, usual_ways
from mingjian.corpus.books.pages import shelf_of, shelved_page
from mingjian.errors import DamageError, QuestionError
from mingjian.store.books import FILE, BooksReader, BooksWriter, state_of_books
from mingjian.store.books.finding import Answer


def add(folder: Path, pages: Sequence[Page]) -> None:
    with Corpus.open(folder, write=True, create=True) as corpus:
        deque(corpus.add(pages), maxlen=0)
        deque(corpus.follow(), maxlen=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "workspace"
    add(place, story_pages())
    return place


def things(folder: Path, kind: str = "target") -> list[Thing]:
    with Corpus.open(folder) as corpus, corpus.books() as books:
        return [thing for card in books.pages() for thing in books.of_page(card.id) if thing.kind == kind]


def shelf(folder: Path) -> Shelf:
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        return shelf_of(reader, standing_decisions(reader))


def told_often(folder: Path) -> Thing:
    """A thing of which several pages tell."""
    return next(thing for thing in shelf(folder).things() if thing.pages > 1 and thing.kind == "organisation")


def test_books_are_kept_on_the_disk_and_made_anew_where_they_are_removed(folder: Path) -> None:
    before = things(folder)
    assert before
    shutil.rmtree(folder / "indexes" / "books")
    with Corpus.open(folder) as corpus:
        assert corpus.behind()
    assert things(folder) == before
    with Corpus.open(folder) as corpus, corpus.books() as books:
        assert isinstance(books, BooksReader)
        assert not corpus.behind()


def test_books_of_another_version_are_made_anew(folder: Path) -> None:
    before = things(folder)
    place = folder / "indexes" / "books"
    with closing(BooksWriter.open_or_make(place.with_name("other"), "another")):
        pass
    shutil.rmtree(place)
    place.with_name("other").rename(place)
    assert things(folder) == before


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_damaged_books_are_made_anew(folder: Path, damage: bytes) -> None:
    before = things(folder)
    (folder / "indexes" / "books" / FILE).write_bytes(damage)
    assert things(folder) == before


BROKEN = (
    "DROP TABLE thing", "DROP TABLE tag", "UPDATE thing SET filed = x'ff00ff'", "UPDATE mention SET content = x'c1'",
    "UPDATE page SET card = x'c1'", "UPDATE thing SET kind = 99",
)  # fmt: skip


def rows(folder: Path) -> list[Row]:
    """What two ledgers hold, as their files would."""
    with Corpus.open(folder) as corpus:
        every = Question(everything=True)
        return [*corpus.ledger("targets", every), *corpus.ledger("organisations", every)]


@pytest.mark.parametrize("statement", BROKEN)
def test_what_turns_out_to_be_damaged_is_said_and_made_anew_the_next_time(folder: Path, statement: str) -> None:
    before = rows(folder)
    change(folder, statement)
    with Corpus.open(folder) as corpus:
        assert any("reindex" in problem for problem in corpus.check(thoroughly=True))
    with pytest.raises(DamageError, match="again"):
        rows(folder)
    assert rows(folder) == before


@pytest.mark.parametrize("statement", [*BROKEN, "DROP TABLE about", "UPDATE about SET value = 'x'"])
def test_a_writer_makes_damaged_books_anew(folder: Path, statement: str) -> None:
    change(folder, statement)
    add(folder, [page_of("9.txt", text_of(STORY[:4], "百闻汇", "16:00"))])
    with suppress(DamageError):  # where nothing that was read before was damaged
        rows(folder)
    found = rows(folder)
    with Corpus.open(folder, write=True) as corpus:
        corpus.forget_indexes()
    assert found == rows(folder)


@pytest.mark.parametrize("place", ["books", "books/books.db"])
@pytest.mark.parametrize("stranger", ["file", "folder", "link"])
def test_what_stands_in_place_of_the_books_gives_way(folder: Path, place: str, stranger: str) -> None:
    before = things(folder)
    path = folder / "indexes" / place
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if stranger == "file":
        path.write_bytes(b"no books")
    elif stranger == "folder":
        (path / "inner").mkdir(parents=True)
    else:
        path.symlink_to(folder / "nowhere")
    assert things(folder) == before


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "indexes" / "books" / FILE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_pages_that_are_left_out_are_counted(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "mingjian.db")) as connection:
        connection.execute("UPDATE packed SET bytes = x'00' WHERE number = (SELECT blob FROM record LIMIT 1)")
        connection.commit()
    for indexed in (True, False):
        shutil.rmtree(folder / "indexes")
        if not indexed:
            (folder / "indexes").write_bytes(b"in the way")
        told: list[str] = []
        with Corpus.open(folder, told=told.append) as corpus, corpus.books() as books:
            assert len(list(books.pages())) == 4
        assert any("1 of 5 pages are left out" in line and "check --thoroughly" in line for line in told)


def test_a_check_tells_of_damage_that_nobody_met(folder: Path) -> None:
    path = folder / "indexes" / "books" / FILE
    content = bytearray(path.read_bytes())
    content[-4_096 * 3 : -4_096] = bytes(4_096 * 2)
    path.write_bytes(content)
    with Corpus.open(folder) as corpus:
        assert any(FILE in problem and "reindex" in problem for problem in corpus.check(thoroughly=True))


def test_an_erased_page_leaves_no_words_in_the_books(folder: Path) -> None:
    with Corpus.open(folder, write=True) as corpus:
        page = corpus.page(story_id(corpus, "5.txt"))
        corpus.remove([page.id], "asked for", erase=True)
        assert not (folder / "indexes" / "books").exists()
        deque(corpus.follow(), maxlen=0)
    held = b"".join(path.read_bytes() for path in (folder / "indexes" / "books").iterdir())
    assert "农业农村局".encode() not in held
    assert "工业和信息化局".encode() in held


def story_id(corpus: Corpus, name: str) -> str:
    with corpus.store.reading() as reader:
        return next(page.id for page in reader.pages() if page.doc_id == name)


def test_books_ahead_of_the_journal_go(folder: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copy(folder / "mingjian.db", older)
    add(folder, [page_of("9.txt", text_of(STORY[:4], "百闻汇", "16:00"))])
    shutil.copy(older, folder / "mingjian.db")
    with Corpus.open(folder, write=True):
        assert not (folder / "indexes" / "books").exists()


def test_what_fails_in_the_midst_changes_nothing(tmp_path: Path, folder: Path) -> None:
    entries = [Entry(number, page) for number, page in enumerate(pages_of(folder), start=1)]

    def failing() -> Iterator[Entry]:
        yield from entries[2:]
        raise KeyboardInterrupt

    with closing(BooksWriter.open_or_make(tmp_path / "books", "test")) as index:
        keep_pages(index, entries[:2], (), 2, usual_ways())
        before = [(thing, index.members(thing.id)) for thing in index.things()]
        with pytest.raises(KeyboardInterrupt):
            keep_pages(index, failing(), (), 5, usual_ways())
        assert [(thing, index.members(thing.id)) for thing in index.things()] == before
    assert state_of_books(tmp_path / "books", "test").position == 2


def pages_of(folder: Path) -> list[Shelved | None]:
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        return [shelved_page(reader, page.number) for page in reader.pages()]


def test_a_split_holds_through_another_version_where_its_words_stand(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    first, second = (web_page(f"https://{name}.invalid/", text_of(STORY, name)) for name in ("澜山日报", "岚讯网"))
    add(folder, [first, second])
    thing = told_often(folder)
    with Corpus.open(folder, write=True) as corpus:
        with corpus.books() as books:
            one, other = (member.ref for member in books.members(thing.id)[:2])
        decision = corpus.decisions.of_things("split", (one, other), "周岚", "两回事")
        deque(corpus.follow(), maxlen=0)
        assert corpus.decisions.on_things() == [decision]
    assert thing_of(folder, one.page, thing.name) != thing_of(folder, other.page, thing.name)
    longer = "更新\n" + text_of(STORY, "澜山日报") if one.page == page_id(folder, "澜山日报") else None
    name = "澜山日报" if longer else "岚讯网"
    add(folder, [web_page(f"https://{name}.invalid/", longer or "更新\n" + text_of(STORY, "岚讯网"))])
    assert thing_of(folder, page_id(folder, name), thing.name) != thing_of(folder, other.page, thing.name)
    with Corpus.open(folder, write=True) as corpus:
        corpus.decisions.undo(decision.number, "周岚")
    assert thing_of(folder, page_id(folder, name), thing.name) == thing_of(folder, other.page, thing.name)


def thing_of(folder: Path, page: str, name: str) -> str:
    """The id of the organisation of this name of which a page tells."""
    with Corpus.open(folder) as corpus, corpus.books() as books:
        (held,) = (thing for thing in books.of_page(page) if (thing.kind, thing.name) == ("organisation", name))
        return held.id


def page_id(folder: Path, name: str) -> str:
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        return next(page.id for page in reader.pages() if page.stands and name in (page.url or ""))


def test_a_decision_sleeps_while_its_page_is_out(folder: Path) -> None:
    thing = told_often(folder)
    with Corpus.open(folder, write=True) as corpus:
        with corpus.books() as books:
            one, other = (member.ref for member in books.members(thing.id)[:2])
        corpus.decisions.of_things("split", (one, other), "周岚", "")
        corpus.remove([one.page], "for a while")
        with corpus.store.reading() as reader:
            assert not standing_decisions(reader)
        corpus.bring_back([one.page])
        with corpus.store.reading() as reader:
            assert [(said.kind, {said.first, said.second}) for said in standing_decisions(reader)] == [
                ("split", {one, other})
            ]
        changed = replace(one, fact="0" * 16, start=one.start + 1)
        corpus.decisions.of_things("merge", (changed, other), "周岚", "the last word on the same two")
        with corpus.store.reading() as reader:
            assert [said.kind for said in standing_decisions(reader)] == ["merge"]


def test_a_decision_is_looked_for_again_only_where_its_pages_changed(folder: Path) -> None:
    thing = told_often(folder)
    with Corpus.open(folder, write=True) as corpus:
        with corpus.books() as books:
            one, other = (member.ref for member in books.members(thing.id)[:2])
        corpus.decisions.of_things("split", (one, other), "周岚", "")
        with corpus.store.reading() as reader:
            (found,) = resolved_decisions(reader)
            known = {found.number: replace(found, said=None)}
            assert resolved_decisions(reader, known, {"elsewhere"}) == [*known.values()]
            assert resolved_decisions(reader, known, {found.addresses[1]}) == [found]
            assert resolved_decisions(reader, {found.number: replace(found, addresses=())}) == [found]
        corpus.decisions.undo(found.number, "周岚")
        with corpus.store.reading() as reader:
            assert not resolved_decisions(reader, known)


def test_nobody_decides_of_one_mention_with_itself(folder: Path) -> None:
    with Corpus.open(folder, write=True) as corpus, corpus.books() as books:
        ref = books.members(told_often(folder).id)[0].ref
        with pytest.raises(QuestionError, match="named twice"):
            corpus.decisions.of_things("merge", (ref, ref), "周岚", "")


def test_an_answer_is_read_as_far_as_it_is_asked() -> None:
    read: list[int] = []

    def found() -> Iterator[Thing]:
        for number in range(5):
            read.append(number)
            yield Thing(id=str(number), kind="event", name="", mentions=1, pages=1, sources=1)

    answer = Answer(found())
    assert [thing.id for thing in answer[:2]] == ["0", "1"]
    assert answer[1].id == "1"
    assert read[:3] == [0, 1, 2] and len(read) == 3
    assert answer[-1].id == "4"
    assert len(answer) == len(list(answer)) == 5
    with pytest.raises(IndexError):
        answer[5]
