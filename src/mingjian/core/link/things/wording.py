"""Words as they are compared: in one script, one width and one case, without what only sets them off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

_KEPT_SIGNS = "+.%"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"[^\w+.%]+|_+")


def half_width(words: str) -> str:
    """The words simplified, with half-width signs for full-width ones: brackets, figures, letters.

    >>> half_width("《辦法》（試行）")
    '《办法》(试行)'
    """
    return fold(unicodedata.normalize("NFKC", words))


def both(first: str | None, second: str | None) -> tuple[str, ...]:
    """Two values on which a verdict rests, in one order whichever comes first."""
    return tuple(sorted((first or "", second or "")))


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Letters, figures and the signs + . % of the words, simplified, in half width and lower case.

    >>> plain("“ＡＩ＋”專項行動 ")
    'ai+专项行动'
    """
    kept = "".join(sign for sign in half_width(words).casefold() if sign.isalnum() or sign in _KEPT_SIGNS)
    for variant, usual in _variants().items():
        kept = kept.replace(variant, usual)
    return kept.strip(".")


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Words of other places, and the usual ones."""
    return dict(bundled_rulebook().tables["corpus/identities"]["variants"])


@lru_cache(maxsize=65536)
def clauses(words: str) -> tuple[str, ...]:
    """The words between marks, each plain.

    >>> clauses("加快建设,用好“算力”。")
    ('加快建设', '用好', '算力')
    """
    return tuple(plain(part) for part in _BETWEEN.split(half_width(words)) if part)


def masked(words: str) -> str:
    """The plain words with one mark for each number: the same statement of another value.

    >>> masked("已有10.5万家企业")
    '已有#万家企业'
    """
    return _NUMBER.sub("#", plain(words))


def without_numbers(words: str) -> str:
    """The words with a mark for each number, to be shown to people.

    >>> without_numbers("已有10.5万家企业")
    '已有…万家企业'
    """
    return _NUMBER.sub("…", half_width(words))


def shorter_of(first: str, second: str) -> str:
    """The shorter of two words, whichever comes first."""
    return min(first, second, key=lambda each: (len(each), each))


def tail(words: str, length: int = 10) -> str:
    """The last characters: of the same statement, what stands before it often differs."""
    return words[-length:]


def one_ends_with_other(first: str, second: str, least: int) -> bool:
    """Whether the shorter words end the longer, and are no fewer than so many characters."""
    shorter = shorter_of(first, second)
    return len(shorter) >= least and first.endswith(shorter) and second.endswith(shorter)


def likeness(first: str, second: str) -> float:
    """The share of the pairs of characters of the shorter words that the longer have too.

    >>> likeness("签订倡议书", "10家企业签订倡议书"), likeness("签约", "")
    (1.0, 0.0)
    """
    one, other = set(pairwise(first)), set(pairwise(second))
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0
