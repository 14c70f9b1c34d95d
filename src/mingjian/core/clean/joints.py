"""Which gaps of a page in one line stand inside of a sentence, as many put them round Latin words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mingjian.core.model.span import Pair

_COMMAS = "，、；"
_MARK = re.compile(r"[，。；！？]")
_MOMENT_AHEAD = re.compile(r"(?:19|20)\d\d(?:[-/.年]\d|[ ]|$)|\d{1,2}(?::\d\d|月\d{1,2}日)")
_MOMENT_BEHIND = re.compile(r"(?:\d{1,2}:\d\d|\d[-/.]\d{1,2})$")
_REACH = 16
_CLAUSE = 60  # a clause is no longer: a gap without a mark so far behind it stands in a menu


def rejoin(text: str, spans: Iterable[Pair]) -> Iterator[Pair]:
    """The pieces between gaps with those joined again that one sentence holds.

    A piece that ends in a comma goes on behind the gap. A gap beside a Latin letter or a figure may be one of a
    sentence or of a menu: the pieces round it are joined where marks of a sentence stand among them.
    """
    chain: list[Pair] = []
    for span in spans:
        if chain and not _may_join(text, chain[-1][1], span[0]):
            yield from _resolved(text, chain)
            chain = []
        chain.append(span)
    yield from _resolved(text, chain)


def _may_join(text: str, end: int, start: int) -> bool:
    if start - end != 1:
        return False
    return text[end - 1] in _COMMAS or _is_open(text, end) or _is_mixed(text, end, start)


def _is_open(text: str, end: int) -> bool:
    """Whether a bracket stands open before the gap."""
    opened = text.rfind("（", max(0, end - _REACH), end)
    return opened >= 0 and text.rfind("）", opened, end) < 0


def _is_mixed(text: str, end: int, start: int) -> bool:
    """Whether a Latin letter or figure stands on one side only, and no time of day or date."""
    before, after = text[end - 1], text[start]
    if _is_latin(before) == _is_latin(after) or not (before.isalnum() or before in "%）)”》") or not after.isalnum():
        return False
    if _MOMENT_AHEAD.match(text, start, start + _REACH):
        return False
    return _MOMENT_BEHIND.search(text[max(0, end - _REACH) : end]) is None


def _is_latin(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "%")


def _resolved(text: str, chain: list[Pair]) -> Iterator[Pair]:
    """The pieces of a chain of gaps that may be those of a sentence: one, or several where no sentence is told."""
    if len(chain) < 2 or not _MARK.search(text, chain[0][0], chain[-1][1]):
        yield from chain
        return
    start, end = chain[0]
    for span in chain[1:]:
        reach = min(chain[-1][1], end + _CLAUSE)
        if text[end - 1] not in _COMMAS and not _MARK.search(text, span[0], reach):
            yield start, end
            start = span[0]
        end = span[1]
    yield start, end
