"""The law of growth: a text four times as long is read with about four times the work, whatever it repeats.

What is counted is no time but the lines of Python that run, by function: a search through all that came before, asked
once a match, shows as sixteen times the lines.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page

UNITS: list[str] = tomllib.loads(Path(__file__).with_name("growth.toml").read_text("utf-8"))["units"]
SHORT, TIMES = 2400, 4
MOST = 5.0
MOST_OF_A_FUNCTION = 8.0
FEW = 0.02  # of all lines: below, a function tells nothing


def repeated(unit: str, length: int) -> str:
    """The unit again and again, each time with other words, numbers and days."""
    parts: list[str] = []
    size = number = 0
    while size < length:
        han = chr(0x4E00 + number * 37 % 9000) + chr(0x5000 + number * 11 % 7000)
        part = unit.replace("{han}", han).replace("{number}", str(100 + number)).replace("{day}", str(number % 28 + 1))
        parts.append(part)
        size += len(part)
        number += 1
    return "".join(parts)[:length]


def lines_run(text: str) -> Counter[CodeType]:
    """How many lines of each function run while the text is read."""
    counts: Counter[CodeType] = Counter()

    def entered(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code

        def ran(frame: FrameType, event: str, argument: Any) -> Any:
            counts[code] += 1
            return ran

        return ran

    page = text_page("odd", text.encode(), path="odd.txt")
    before = sys.gettrace()
    sys.settrace(entered)
    try:
        extract(page)
    finally:
        sys.settrace(before)
    return counts


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_grows_with_the_length(unit: str) -> None:
    extract(text_page("warm", repeated(unit, SHORT * TIMES).encode(), path="warm.txt"))  # what is kept between pages
    short, long = lines_run(repeated(unit, SHORT)), lines_run(repeated(unit, SHORT * TIMES))
    whole = long.total()
    grown = {
        f"{code.co_filename}:{code.co_firstlineno} {code.co_name}": (short[code], lines)
        for code, lines in long.items()
        if lines > FEW * whole and lines > MOST_OF_A_FUNCTION * max(short[code], 1)
    }
    assert not grown
    assert whole <= MOST * short.total()


def test_the_law_sees_a_search_through_all_that_came_before() -> None:
    def reads(words: str) -> int:
        return sum(words[:place].count(words[place]) for place in range(len(words)) for _ in range(place))

    counts: list[int] = []
    for length in (20, 80):
        seen = 0

        def ran(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal seen
            seen += 1
            return ran

        before = sys.gettrace()
        sys.settrace(ran)
        try:
            reads("甲" * length)
        finally:
            sys.settrace(before)
        counts.append(seen)
    assert counts[1] > MOST * counts[0]
