"""What is searched in a text: its folded form, and the single characters, words, numbers and pairs in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from operator import add, sub

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
_PARTED = re.compile(f"({_GAP.pattern})")
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


class Compacted:
    """The same, which knows where in the searchable text each of its characters stands.

    >>> compacted = Compacted("达 40 eflops")
    >>> compacted.text, compacted.place(3), compacted.before(5)
    ('达40eflops', 5, 3)
    """

    def __init__(self, folded: str) -> None:
        parts = _PARTED.split(folded)  # runs and the gaps between them in turn
        runs, gaps = parts[::2], parts[1::2]
        self.text = "".join(runs)
        self._begins = list(accumulate(map(add, map(len, runs), map(len, gaps)), initial=0))  # of the runs
        self._lost = list(accumulate(map(len, gaps), initial=0))  # signs left out before each run
        self._own = list(map(sub, self._begins, self._lost))  # where each run begins in this text

    def place(self, index: int) -> int:
        """Where the character of this text stands in the searchable text."""
        return index + self._lost[bisect_right(self._own, index) - 1]

    def before(self, place: int) -> int:
        """How many characters of this text stand before a place of the searchable text."""
        run = bisect_right(self._begins, place) - 1
        after = self._own[run + 1] if run + 1 < len(self._own) else len(self.text)
        return min(place - self._lost[run], after)


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
