"""Lists are made once, and no more of them are kept than there is room for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mingjian.serve.remembering import Remembered


def test_a_list_is_made_once_however_many_ask() -> None:
    kept, made, all_there = Remembered(), [], threading.Barrier(8)

    def make() -> list[int]:
        made.append(1)
        return [1, 2]

    def ask(_: int) -> list[int]:
        all_there.wait()
        return kept.of("key", make, 10)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [[1, 2]] * 8
    assert made == [1]


def test_what_was_asked_for_last_is_kept() -> None:
    kept = Remembered(lists=2, together=100)
    for key in ("a", "b", "a", "c"):
        kept.of(key, lambda: [1], 10)
    assert kept.of("a", lambda: [2], 10) == [1]
    assert kept.of("b", lambda: [2], 10) == [2]


def test_long_lists_are_not_kept_and_make_room() -> None:
    kept = Remembered(lists=9, together=5)
    assert kept.of("long", lambda: [1] * 11, 10) == [1] * 11
    assert kept.of("long", lambda: [2], 10) == [2]
    kept.of("more", lambda: [1] * 5, 10)
    assert kept.of("long", lambda: [3], 10) == [3]


def test_an_error_is_told_and_the_next_may_try_again() -> None:
    kept = Remembered()

    def fail() -> list[int]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.of("key", fail, 10)
    assert kept.of("key", lambda: [1], 10) == [1]
