"""Where words that an engine quotes stand in a text: No span, no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjian.core.model.outcome import Missing
from mingjian.core.model.span import Span, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.offsets import Edit, apply

# What a copyist leaves out, adds or writes in another form, without another word being meant.
_UNSEEN = re.compile("[\\s\\xad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]+")
_MARKS = str.maketrans("“”‘’「」『』，。：；！？（）", "\"\"''\"\"''" + ",.:;!?()")


def align(quotation: str, text: str) -> Span | Missing:
    """Where the quotation stands first in the text: exactly, else but for blanks, script, width and marks.

    >>> align("智能 工厂（甲）", "建成智能工厂(甲)。").pair
    (2, 9)
    >>> align("智慧工厂", "建成智能工厂。")
    Missing(reason='unaligned', value=None, interval=None, support=())
    """
    words = quotation.strip()
    start = text.find(words) if words else -1
    if start >= 0:
        return cite(text, start, start + len(words))
    sought, _ = apply(_plain(words), _blanks(words))
    plain, offsets = apply(_plain(text), _blanks(text))
    start = plain.find(sought) if sought else -1
    if start < 0:
        return Missing("unaligned")
    return cite(text, offsets.to_page(start), offsets.end_to_page(start + len(sought)))


def _plain(text: str) -> str:
    """The text in one form of its characters, as long as it was."""
    return fold(text).translate(_MARKS)


def _blanks(text: str) -> Iterator[Edit]:
    return (Edit(match.start(), match.end()) for match in _UNSEEN.finditer(text))
