"""What is kept of answers that cost much."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import msgspec
import pytest
import tantivy

from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, rows_answering
from mingjian.core.model.ledger.cells import Row
from mingjian.corpus import Asked
from mingjian.errors import SearchIndexError
from mingjian.serve.workspace import Workspace
from mingjian.store.search import stamps
from mingjian.store.search.engine import open_index


@pytest.fixture
def open_workspace(workspace: Path) -> Iterator[Workspace]:
    with Workspace(workspace) as opened:
        yield opened


def test_a_list_is_made_once_however_many_ask_for_it_at_a_time(open_workspace: Workspace) -> None:
    made: list[int] = []
    begun = Event()

    def make() -> list[int]:
        begun.set()
        made.append(1)
        Event().wait(0.05)
        return [1, 2, 3]

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(open_workspace.remembered, "numbers", make) for _ in range(8)]
        assert begun.wait(5)
        assert [one.result() for one in asked] == [[1, 2, 3]] * 8
    assert made == [1]


def test_what_everybody_asks_for_is_told_as_it_was_while_it_is_made_anew(
    open_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_workspace.lately("list", lambda: [1]) == [1]
    state = open_workspace.state()
    standing = msgspec.structs.replace(state.standing, books=state.standing.books + 1)
    monkeypatch.setattr(open_workspace, "state", lambda: msgspec.structs.replace(state, standing=standing))
    may_end, made = threading.Event(), open_workspace.later.made

    def make() -> list[int]:
        assert may_end.wait(10)
        return [2]

    assert open_workspace.lately("list", make) == [1]
    may_end.set()
    until = time.monotonic() + 10
    while open_workspace.later.made == made and time.monotonic() < until:
        time.sleep(0.01)
    assert open_workspace.later.made == made + 1  # so that no browser takes the list that was for the one that is
    assert open_workspace.lately("list", lambda: [3]) == [2]


def test_what_fails_is_tried_again(open_workspace: Workspace) -> None:
    def fail() -> list[int]:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        open_workspace.remembered("failing", fail)
    assert open_workspace.remembered("failing", lambda: [1]) == [1]


@pytest.fixture
def own(workspace: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the workspace, which a test may harm; it is looked at each time."""
    shutil.copytree(workspace, tmp_path / "w")
    with Workspace(tmp_path / "w") as opened:
        yield opened


def test_a_search_index_that_was_mended_is_found_again(own: Workspace, workspace: Path) -> None:
    asked = Asked(words="算力")
    hits = own.search(asked, "facts").facts
    for path in own.corpus.indexes.folder("search").rglob("*.*"):
        if path.suffix == ".fast":
            with path.open("r+b") as within:  # in its place: the index maps it
                within.write(b"\xff" * path.stat().st_size)
    with pytest.raises(SearchIndexError):
        own.search(asked, "facts")
    shutil.rmtree(own.folder / "indexes")
    shutil.copytree(workspace / "indexes", own.folder / "indexes")
    own.look_again()
    assert own.search(asked, "facts").facts == hits
    assert hits


def test_another_workspace_in_its_place_is_told_as_another(own: Workspace, workspace: Path) -> None:
    before, made = own.state(), own.remembered("what", lambda: ["of the first"])
    assert made == ["of the first"]
    own.folder.rename(own.folder.with_name("old"))
    shutil.copytree(workspace, own.folder)
    own.look_again()
    assert own.state().standing == before.standing
    assert own.state() != before
    assert own.remembered("what", lambda: ["of the second"]) == ["of the second"]
    with own.books() as books:
        assert books.pages()


def test_the_search_index_is_opened_anew_only_where_its_files_changed(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def opening(folder: Path) -> tantivy.Index:
        opened.append(folder)
        return open_index(folder)

    monkeypatch.setattr(stamps, "open_index", opening)
    for _ in range(3):
        own.look_again()
        assert own.state().standing.search > 0
    assert sorted(folder.name for folder in opened) == ["entities", "facts", "pages"]
    file = next(own.corpus.indexes.folder("search").glob("facts/*.fast"))
    with file.open("r+b") as within:
        within.truncate(file.stat().st_size - 1)
    own.look_again()
    assert own.state().standing.search == 0
    assert opened[3:] == [file.parent]


def test_a_row_is_built_once_for_all_who_ask_while_the_books_stand(
    open_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(books: Books) -> Row:
        return next(rows_answering(books, "events", Question(everything=True), open_workspace.today()))

    with open_workspace.books() as books, open_workspace.books() as others, open_workspace.books_apart() as apart:
        assert first(books) is first(others)
        assert first(apart) == first(books)
        assert first(apart) is not first(books)
        built = first(books)
    state = open_workspace.state()
    standing = msgspec.structs.replace(state.standing, books=state.standing.books + 1)
    monkeypatch.setattr(open_workspace, "state", lambda: msgspec.structs.replace(state, standing=standing))
    with open_workspace.books() as later:
        assert first(later) == built
        assert first(later) is not built
