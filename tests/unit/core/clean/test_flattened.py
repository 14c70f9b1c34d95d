"""Flattened pages in the styles of many kinds of sites: what is article, what is not, and what the pages are called.

Each page of ``flattened.txt`` opens with ``===``, its kind and what is right of title, source and publisher (several
where more than one is). Lines with ``+`` are the article's, lines with ``-`` are not. All is invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract


class Case(NamedTuple):
    """One page and what is right of it."""

    kind: str
    right: dict[str, str]
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The page as it is read."""
        return "".join(f"{words}\n" for _, words in self.lines)


def _cases() -> list[Case]:
    cases = []
    for chunk in Path(__file__).with_name("flattened.txt").read_text("utf-8").split("=== ")[1:]:
        head, *lines = chunk.rstrip("\n").split("\n")
        kind, *fields = (part.strip() for part in head.split(" | "))
        right = dict(field.split(": ", 1) for field in fields)
        cases.append(Case(kind, right, tuple((line[0], line[2:]) for line in lines if line)))
    return cases


def _page(text: str) -> Page:
    return Page(doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text)


def _value(outcome: Outcome[str]) -> str:
    return outcome.value if isinstance(outcome, Cited) else "None"


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.kind)
def test_page(case: Case) -> None:
    record = extract(_page(case.text))
    kept = {place for block in record.body for place in range(block.start, block.end)}
    place = 0
    for mark, words in case.lines:
        places = [place + offset for offset, letter in enumerate(words) if not letter.isspace()]
        held = [offset in kept for offset in places]
        assert all(held) if mark == "+" else not any(held), words
        place += len(words) + 1
    for field in ("title", "source", "publisher"):
        assert _value(getattr(record, field)) in case.right[field].split("|"), field
    if case.right.get("ai") != "either":
        assert record.ai_relevant == (case.right.get("ai") != "false")
