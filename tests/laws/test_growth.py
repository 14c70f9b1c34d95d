"""The law of growth: a text four times as long is read with about four times the work, whatever it repeats.

What is counted is no time but the lines of Python that run, by function: a search through all that came before, asked
once a match, shows as sixteen times the lines.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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


@pytest.fixture(scope="module")
def counts() -> list[dict[str, int]]:
    """How many lines of each function run for each unit, in a short text and in one that is longer."""
    texts = [repeated(unit, length) for unit in UNITS for length in (SHORT, SHORT * TIMES)]
    command = [sys.executable, "-m", "tests.laws.lines"]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT)
    counted: list[dict[str, int]] = json.loads(done.stdout)
    return counted


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_grows_with_the_length(counts: list[dict[str, int]], unit: str) -> None:
    place = 2 * UNITS.index(unit)
    short, long = counts[place], counts[place + 1]
    assert not outgrown(short, long)
    assert sum(long.values()) <= MOST * sum(short.values())


def outgrown(short: Mapping[str, int], long: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The functions of which far more lines run for the longer text than its length explains."""
    few = FEW * sum(long.values())
    return {
        name: (short.get(name, 0), lines)
        for name, lines in long.items()
        if lines > few and lines > MOST_OF_A_FUNCTION * max(short.get(name, 0), 1)
    }


def test_the_law_sees_a_search_through_all_that_came_before() -> None:
    short, long = {"reads": 2_000, "looks": 40}, {"reads": 8_000, "looks": 640}
    assert outgrown(short, long) == {"looks": (40, 640)}
    assert not outgrown(short, {"reads": 8_000, "looks": 160})
