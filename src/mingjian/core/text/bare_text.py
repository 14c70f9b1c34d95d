"""A text without a page round it, as annotators read it."""

from __future__ import annotations

import re

from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import split_sentences

_LINE = re.compile(r"[^\n]+")


def article_of(text: str) -> Article:
    """The text as an article whose every line is a paragraph."""
    body = tuple(BodyBlock(line.start(), line.end(), "paragraph") for line in _LINE.finditer(text))
    return Article(text=text, folded=fold(text), body=body, boilerplate=(), sentences=split_sentences(text, body))
