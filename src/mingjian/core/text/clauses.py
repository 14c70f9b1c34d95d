"""Clauses of a sentence, with titles, names in quotation marks and brackets kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import sentence_at, trim

# What stands in the way of a mark is one thing: a title, a short name in quotation marks, a bracket, a number.
_MARK = re.compile(
    r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,60}){0,2}》"
    r"|“[^“”。！？\n]{1,30}(?<![,，…])”|「[^「」。！？\n]{1,30}(?<![,，…])」"
    r"|[(（][^()（）。\n]{1,40}[)）]|\d,(?=\d{3})"
    r"|(?P<mark>[,，;；:：。！？!?\n…]|——)"
)


def clauses_of(article: Article, offset: int) -> tuple[Pair, ...]:
    """The clauses of the sentence at ``offset`` in order, without their marks; empty where no sentence stands.

    Marks inside 《》, inside a short name in quotation marks, or inside brackets part no clauses.
    """
    sentence = sentence_at(article.sentences, offset)
    return clauses_between(article.folded, sentence.start, sentence.end) if sentence else ()


def clauses_between(text: str, start: int, end: int) -> tuple[Pair, ...]:
    """The clauses of ``text[start:end]`` in order.

    >>> clauses_between("今天,《甲,乙》发布。", 0, 11)
    ((0, 2), (3, 10))
    """
    found: list[Pair] = []
    low = start
    for match in _MARK.finditer(text, start, end):
        if match.start("mark") >= 0:
            found.append(trim(text, low, match.start()))
            low = match.end()
    found.append(trim(text, low, end))
    return tuple(clause for clause in found if clause[0] < clause[1])


def clause_number(clauses: Sequence[Pair], offset: int) -> int:
    """The number of the clause that holds ``offset``, or of the last one that begins before it; 0 where none does."""
    number = 0
    for index, (start, _) in enumerate(clauses):
        if start <= offset:
            number = index
    return number
