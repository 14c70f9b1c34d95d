"""What takes too long for a request is made behind it, also where nobody asks again."""

from __future__ import annotations

import time

from mingjian.serve.later import Later


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
