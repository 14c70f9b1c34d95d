"""Sentences of the body, as offsets into the text layer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from mingjian.core.model.article import BodyBlock, Sentence
from mingjian.core.model.span import Pair

# A sentence is a run and its end marks; closing quotes and brackets belong to the sentence that they close.
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)\"]*|\n+|\Z)")
_MARK = re.compile(r"[。！？!?；;\n]")
_JOINT = re.compile(r"[，,、]")
_BLANK = re.compile(r"\s")
# Pages whose text was flattened without reading it as HTML keep the tags. Those of blocks end a sentence; any at its
# ends are no part of it.
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|blockquote|br|center|d[dlt]|div|figure|h[1-6r]|li|ol|p|section|t[dhr]|table|ul)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_LONGEST_TAG = 420
_LONGEST = 1200
_START = attrgetter("start")


def split_sentences(text: str, body: Iterable[BodyBlock]) -> tuple[Sentence, ...]:
    """The sentences of every body block in order, trimmed of white space.

    >>> split_sentences("甲。乙！", [BodyBlock(0, 4, "paragraph")])
    (Sentence(start=0, end=2, block=0), Sentence(start=2, end=4, block=0))
    """
    found: list[Sentence] = []
    for index, block in enumerate(body):
        for start, end in _runs(text, block.start, block.end):
            if start < end and (text[start].isspace() or text[end - 1].isspace()):
                start, end = trim(text, start, end)
            if start < end:
                if end - start <= _LONGEST:
                    found.append(Sentence(start, end, index))
                else:
                    found += [Sentence(low, high, index) for low, high in _cut(text, start, end)]
    return tuple(found)


def _cut(text: str, start: int, end: int) -> Iterator[Pair]:
    """A run without end marks that is too long for a sentence, cut at its commas: it is a list or no prose at all.

    Where no comma comes it is cut at a blank, and where no blank comes anywhere: work on a sentence grows with it.
    """
    while end - start > _LONGEST:
        low = start + _LONGEST
        found = _JOINT.search(text, low, min(low + _LONGEST, end)) or _BLANK.search(text, low, min(low + _LONGEST, end))
        high = found.end() if found else low
        yield trim(text, start, high)
        start = trim(text, high, end)[0]
    if start < end:
        yield start, end


def _runs(text: str, start: int, end: int) -> Sequence[Pair]:
    """The sentences untrimmed; most blocks have no mark but their last, and are one."""
    if text.find("<", start, end) < 0:
        return _marked(text, start, end)
    return [
        _without_tags(text, *run) for low, high in _between_tags(text, start, end) for run in _marked(text, low, high)
    ]


def _between_tags(text: str, start: int, end: int) -> Iterator[Pair]:
    for match in _BLOCK_TAG.finditer(text, start, end):
        if start < match.start():
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _without_tags(text: str, start: int, end: int) -> Pair:
    """``start..end`` without the tags and the white space at its ends."""
    start, end = trim(text, start, end)
    while start < end and (tag := _TAG.match(text, start, end)):
        start = trim(text, tag.end(), end)[0]
    while start < end and text[end - 1] == ">":
        low = text.rfind("<", max(start, end - _LONGEST_TAG), end)
        if low < 0 or _TAG.fullmatch(text, low, end) is None:
            break
        end = trim(text, start, low)[1]
    return start, end


def _marked(text: str, start: int, end: int) -> Sequence[Pair]:
    if _MARK.search(text, start, end - 1) is None:
        return ((start, end),)
    return [match.span() for match in _SENTENCE.finditer(text, start, end)]


def trim(text: str, start: int, end: int) -> Pair:
    """``start..end`` without the white space at its ends.

    >>> trim(" 甲 ", 0, 3)
    (1, 2)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """The sentence that holds ``offset``, or ``None`` where no sentence does."""
    index = bisect_right(sentences, offset, key=_START) - 1
    if index >= 0 and sentences[index].end > offset:
        return sentences[index]
    return None
