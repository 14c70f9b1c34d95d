"""Which character is folded to which before matching, and patterns folded as the texts are that they meet."""

from __future__ import annotations

import re
from collections.abc import Mapping

FILE = "folding.tsv"
_PART = re.compile(r"\\?[^\x00-\x7f]")


def read_foldings(text: str) -> dict[str, str]:
    """Each character of the table and what it becomes."""
    rows = (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))
    return {source: target for source, target, _ in rows}


def folded_pattern(pattern: str, foldings: Mapping[str, str]) -> str:
    """The pattern that finds in folded text what the given one says of the page's: ``昇`` or ``％`` may be written."""

    def folded(part: re.Match[str]) -> str:
        character = part.group()[-1]
        return re.escape(foldings[character]) if character in foldings else part.group()

    return _PART.sub(folded, pattern)
