"""The values of a field that is a list: parted at marks, and where two known names were glued together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import trim

_BETWEEN = re.compile(r"[、,，;；/|\n]+")
_LEAST_GLUED = 10
_LEAST_NAME, _LONGEST_NAME = 3, 16


def values_of(folded: str, field: Pair, names: frozenset[str]) -> tuple[Pair, ...]:
    """Where each value stands, in order.

    >>> names = frozenset(["智能平台", "数据挖掘"])
    >>> text = "大模型, 智能平台解决方案数据挖掘"
    >>> [text[start:end] for start, end in values_of(text, (0, len(text)), names)]
    ['大模型', '智能平台', '解决方案', '数据挖掘']
    """
    parts: list[Pair] = []
    start = field[0]
    for mark in (*_BETWEEN.finditer(folded, *field), None):
        part = trim(folded, start, mark.start() if mark else field[1])
        if part[0] < part[1]:
            parts += _unglued(folded, part, names)
        start = mark.end() if mark else field[1]
    return tuple(parts)


def _unglued(folded: str, part: Pair, names: frozenset[str]) -> Iterator[Pair]:
    """The part itself, or its pieces where it is long, is no name, and begins and ends with another name each."""
    start, end = part
    words = folded[start:end]
    if len(words) < _LEAST_GLUED or words in names:
        yield part
        return
    longest = min(_LONGEST_NAME, len(words) - _LEAST_NAME)
    head = next((size for size in range(longest, _LEAST_NAME - 1, -1) if words[:size] in names), 0)
    tail = next((size for size in range(longest, _LEAST_NAME - 1, -1) if words[-size:] in names), 0)
    between = len(words) - head - tail
    if not head or not tail or between < 0 or between == 1:
        yield part
        return
    yield start, start + head
    if between:
        yield start + head, end - tail
    yield end - tail, end


@lru_cache(maxsize=4)
def known_names(book: Rulebook) -> frozenset[str]:
    """The folded names of the lexicons from which such fields are filled."""
    lexicons = book.tables["cleaning"]["record"]["lexicons"]
    entries = (entry for name in lexicons for entry in book.lexicon(name).entries)
    return frozenset(fold(words) for entry in entries for words in entry.surfaces)
