"""Clauses of a sentence, with titles, names in quotation marks and brackets kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import trim

# Forms of writing, not words: marks and numbers of items.
# What stands in the way of a mark is one thing: a title, a short name in quotation marks, a bracket, a number.
# The first character class lets the search skip everything else at once.
_MARK = re.compile(
    r"[《“「(（\d,，;；:：。！？!?\n…—](?:"
    r"(?<=《)[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,60}){0,2}》"
    r"|(?<=“)[^“”。！？\n]{1,30}(?<![,，…])”|(?<=「)[^「」。！？\n]{1,30}(?<![,，…])」"
    r"|(?<=[(（])[^()（）。\n]{1,40}[)）]|(?<=\d),(?=\d{3})"
    r"|(?P<mark>(?<=[,，;；:：。！？!?\n…])|(?<=—)—))"
)
_NUMBERED = re.compile(
    r"[(（][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.、](?![0-9])"
)


def clauses_between(text: str, start: int, end: int) -> tuple[Pair, ...]:
    """The clauses of ``text[start:end]`` in order; the number of a paragraph or item belongs to none.

    >>> clauses_between("今天,《甲,乙》发布。", 0, 11)
    ((0, 2), (3, 10))
    """
    found: list[Pair] = []
    numbered = _NUMBERED.match(text, start, end)
    low = numbered.end() if numbered and numbered.end() < end else start
    for match in _MARK.finditer(text, start, end):
        if match.lastgroup:
            high = match.start()
            if low < high:
                found.append((low, high))
            low = match.end()
    if low < end:
        found.append((low, end))
    if text.find(" ", start, end) < 0 and text.find("\u3000", start, end) < 0:
        return tuple(found)
    trimmed = (trim(text, *clause) for clause in found)
    return tuple(clause for clause in trimmed if clause[0] < clause[1])


def clause_number(clauses: Sequence[Pair], offset: int) -> int:
    """The number of the clause that holds ``offset``, or of the last one that begins before it; 0 where none does."""
    number = 0
    for index, (start, _) in enumerate(clauses):
        if start <= offset:
            number = index
    return number
