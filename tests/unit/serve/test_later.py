"""What takes too long for a request is made behind it, also where nobody asks again."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest

from mingjian.corpus import Corpus
from mingjian.corpus.indexes import Standing
from mingjian.serve.later import Later
from mingjian.serve.workspace import Workspace


def made(later: Later, times: int) -> bool:
    until = time.monotonic() + 10
    while later.made < times and time.monotonic() < until:
        time.sleep(0.01)
    return later.made == times


def slow() -> str:
    time.sleep(0.02)
    return "one"


def test_what_rests_is_made_when_the_rest_is_over_without_being_asked_for_again() -> None:
    later = Later()
    assert later.ask("list", 1, slow) == (None, False)
    assert made(later, 1)
    assert later.ask("list", 1, slow) == ("one", True)
    assert later.ask("list", 2, lambda: "two") == ("one", False)  # it rests, and a browser keeps what it was told
    assert made(later, 2)
    assert later.ask("list", 2, slow) == ("two", True)


def test_what_fails_is_tried_again_and_keeps_what_was_there() -> None:
    later = Later()
    later.keep("list", 1, "one")

    def fail() -> str:
        raise ValueError("not now")

    assert later.ask("list", 2, fail) == ("one", False)
    until = time.monotonic() + 10
    while not made_after_failure(later) and time.monotonic() < until:
        time.sleep(0.01)
    assert later.ask("list", 2, slow) == ("two", True)


def made_after_failure(later: Later) -> bool:
    return later.ask("list", 2, lambda: "two").fresh


def test_nothing_made_before_a_page_was_taken_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Corpus.open(tmp_path / "workspace", write=True, create=True).close()
    with Workspace(tmp_path / "workspace") as workspace:
        first = workspace.state()

        def at(books: int, journal: int, removed: int) -> None:
            standing = Standing(journal=journal, links=books, search=books, books=books)
            state = msgspec.structs.replace(first, standing=standing, removed=removed)
            monkeypatch.setattr(workspace, "state", lambda: state)

        at(1, 1, 0)
        assert workspace.lately("x", lambda: ["named"]) == ["named"]
        at(2, 3, 1)  # it was taken out, and the books have yet to follow
        assert workspace.lately("x", lambda: ["still behind"]) == ["still behind"]
        at(3, 3, 1)
        assert workspace.lately("x", lambda: ["without it"]) == ["without it"]
