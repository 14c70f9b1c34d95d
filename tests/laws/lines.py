"""Counts how many lines of each function run while texts are read: ``python -m tests.laws.lines``, by itself.

What measures coverage traces lines too, and two that do so keep one another from it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from types import CodeType, FrameType
from typing import Any

from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page


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
    sys.settrace(entered)
    try:
        extract(page)
    finally:
        sys.settrace(None)
    return counts


def counted(text: str) -> dict[str, int]:
    """The same by where each function stands; what is kept between pages is made before."""
    extract(text_page("warm", text.encode(), path="warm.txt"))
    return {
        f"{code.co_filename}:{code.co_firstlineno} {code.co_name}": lines for code, lines in lines_run(text).items()
    }


if __name__ == "__main__":
    json.dump([counted(text) for text in json.load(sys.stdin)], sys.stdout)
