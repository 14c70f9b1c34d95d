"""What is kept of answers that cost much."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from mingjian.serve.workspace import Workspace


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


def test_lists_that_were_not_asked_for_longest_go_first_and_long_ones_are_not_kept(open_workspace: Workspace) -> None:
    def never() -> list[int]:
        raise AssertionError("it was kept")

    for name in range(5):
        open_workspace.remembered(name, lambda: [0] * 5_000)
        open_workspace.remembered(0, lambda: [0] * 5_000)
    assert len(open_workspace.remembered(4, never)) == len(open_workspace.remembered(0, never)) == 5_000
    assert open_workspace.remembered(1, lambda: [7]) == [7]
    open_workspace.remembered("long", lambda: [0] * 5_001)
    assert open_workspace.remembered("long", lambda: [8]) == [8]


def test_what_fails_is_tried_again(open_workspace: Workspace) -> None:
    def fail() -> list[int]:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        open_workspace.remembered("failing", fail)
    assert open_workspace.remembered("failing", lambda: [1]) == [1]
