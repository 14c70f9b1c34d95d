"""Words as they are compared: in one script, one width and one case, without what only sets them off."""

from __future__ import annotations

import re
from functools import lru_cache

from mingjian.core.text.folding import fold

_KEPT_SIGNS = "+.%"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"[^\w+.%]+|_+")


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Letters, figures and the signs + . % of the words, simplified, in half width and lower case.

    >>> plain("“ＡＩ＋”專項行動 ")
    'ai+专项行动'
    """
    return "".join(sign for sign in fold(words).casefold() if sign.isalnum() or sign in _KEPT_SIGNS).strip(".")


@lru_cache(maxsize=65536)
def clauses(words: str) -> tuple[str, ...]:
    """The words between marks, each plain.

    >>> clauses("加快建设,用好“算力”。")
    ('加快建设', '用好', '算力')
    """
    return tuple(plain(part) for part in _BETWEEN.split(fold(words)) if part)


def masked(words: str) -> str:
    """The plain words with one mark for each number: the same statement of another value.

    >>> masked("已有10.5万家企业")
    '已有#万家企业'
    """
    return _NUMBER.sub("#", plain(words))


def tail(words: str, length: int = 10) -> str:
    """The last characters: of the same statement, what stands before it often differs."""
    return words[-length:]


def one_ends_with_other(first: str, second: str, least: int) -> bool:
    """Whether the shorter words end the longer, and are no fewer than so many characters."""
    shorter, longer = sorted((first, second), key=lambda each: (len(each), each))
    return len(shorter) >= least and longer.endswith(shorter)
