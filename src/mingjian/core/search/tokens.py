"""What is searched in a text: its folded form, and the single characters, words, numbers and pairs in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import add

from mingjian.core.text.folding import fold

# Forms of writing. What may stand inside an expression and is not searched: blanks but for those between two words or
# two numbers in ASCII, invisible characters, commas between thousands, the hyphen of GPT-4.
# Every match begins with one of a few characters, which are searched at the speed of memory; what is around it decides.
_GAP = re.compile(
    r"[\s,\-\u2010-\u2013\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    r"(?:(?<=\s)(?:(?<![a-z0-9\s]\s)\s*|\s*(?![a-z0-9])|(?<=[0-9]\s)\s*(?=[a-z])|(?<=[a-z]\s)\s*(?=[0-9]))"
    r"|(?<=[0-9],)(?=[0-9]{3}(?![0-9]))|(?<=[a-z][-\u2010-\u2013])(?=[0-9])"
    r"|(?<=[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])"
    r"[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*)"
)
_UNITS = re.compile(r"[^\W_a-z0-9]+|[a-z]{1,64}|[0-9]{1,32}(?:\.[0-9]{1,16})?")  # single characters of a run at once
_WORDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_RUN = re.compile(r"[^\W_]{2,}")


def searchable(text: str) -> str:
    """The text in simplified script, half width and lower case, with as many characters as before.

    >>> searchable("算力達４０ＥＦＬＯＰＳ")
    '算力达40eflops'
    """
    folded = fold(text)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in folded)


def compact(folded: str) -> str:
    """The searchable text without what may stand inside an expression: ``40 eflops`` and ``3,000亿元`` close up."""
    return _GAP.sub("", folded)


def compact_with_places(folded: str) -> tuple[str, list[int]]:
    """The same, with the place in the searchable text of each of its characters.

    >>> compact_with_places("达 40 eflops")
    ('达40eflops', [0, 2, 3, 5, 6, 7, 8, 9, 10])
    """
    kept: list[str] = []
    places: list[int] = []
    reached = 0
    for match in _GAP.finditer(folded):
        kept.append(folded[reached : match.start()])
        places.extend(range(reached, match.start()))
        reached = match.end()
    kept.append(folded[reached:])
    places.extend(range(reached, len(folded)))
    return "".join(kept), places


def units(text: str) -> list[str]:
    """Every character of a script without blanks, every word in Latin letters, every number, in order.

    >>> units("gpt4达17.5万亿")
    ['gpt', '4', '达', '17.5', '万', '亿']
    """
    found: list[str] = []
    for run in _UNITS.findall(text):
        if run[0] in _WORDS:
            found.append(run)
        else:
            found += run
    return found


def pairs(text: str) -> list[str]:
    """Every two characters that stand side by side in a run of letters and digits, in order.

    >>> pairs("国资委，ai")
    ['国资', '资委', 'ai']
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        found += map(add, run, run[1:])
    return found


def grams(text: str) -> list[str]:
    """All that the rank of a document is made of: its units, then its pairs; longer units are marked, pairs are not.

    >>> grams("国资委ai")
    ['国', '资', '委', '=ai', '国资', '资委', '委a', 'ai']
    """
    return [*all_marked(units(text)), *pairs(text)]


def all_marked(found: Iterable[str]) -> list[str]:
    """Units as grams."""
    return [unit if len(unit) == 1 else f"={unit}" for unit in found]


def marked(unit: str) -> str:
    """The unit as a gram: ``=ai`` is the word, ``ai`` the pair in any word."""
    return unit if len(unit) == 1 else f"={unit}"
