"""Mojibake: stretches that were decoded in the wrong encoding. They are found and named, never rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mingjian.core.model.span import Pair

# Forms of bytes, not words. What the continuation bytes of UTF-8 look like in Latin-1 and in Windows-1252:
_TRAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_UTF8_AS_LATIN = re.compile(
    f"(?:[\xc2-\xdf]{_TRAIL}|[\xe0-\xef]{_TRAIL}{{2}}|[\xf0-\xf4]{_TRAIL}{{3}}){{2,}}|â€{_TRAIL}?|ï(?:¿½|»¿)|[ÂÃ]{_TRAIL}"
)
_GB_AS_LATIN = re.compile("[\xa1-\xfe]{6,}")
# The mark for a lost character, twice, read as GBK; memory that was never written; a byte-order mark read as GBK.
_FILLER = re.compile("锟斤[锟斤拷]*|烫{3,}|屯{3,}|锘[匡挎縺]")
_LATIN_LEADS = frozenset(map(chr, range(0x80, 0x100))) - frozenset("\xad\xa0§°±·×²³«»®©")
_FILLERS = frozenset("锟烫屯锘")
_FEWEST_HAN = 2
_SHARE = 0.6  # of the bytes, that must make sense the other way
_NEAR = 2
_COMMON_ROWS = range(0xB0, 0xD8)  # of GB 2312: the 3,755 characters in daily use
_HAN = re.compile("[\u4e00-\u9fff]")


@cache
def suspects() -> frozenset[str]:
    """Characters without which no text is mojibake."""
    return _LATIN_LEADS | _FILLERS | frozenset(_characters(range(0xE4, 0xF0), range(0x80, 0xC0)))


def find_mojibake(text: str, found: frozenset[str]) -> list[Pair]:
    r"""The stretches in order; ``found`` are the suspect characters that the text holds.

    >>> find_mojibake("他说â€œ好â€\x9d。", suspects())
    [(2, 5), (6, 9)]
    >>> find_mojibake("café，ANDRÉ·张，张骞的骊山", suspects())
    []
    """
    places: list[Pair] = []
    if found & _LATIN_LEADS:
        places += [match.span() for match in _UTF8_AS_LATIN.finditer(text)]
        places += [match.span() for match in _GB_AS_LATIN.finditer(text) if _is_gb(match[0])]
    if found & _FILLERS:
        places += [match.span() for match in _FILLER.finditer(text)]
    if found - _LATIN_LEADS - _FILLERS:
        places += _utf8_as_gbk(text)
    return _merged(sorted(places), text)


def _merged(places: list[Pair], text: str) -> list[Pair]:
    """The places with those joined that overlap, or between which a character or two of the same kind stand."""
    merged: list[Pair] = []
    for start, end in places:
        if merged and start <= merged[-1][1] + _NEAR and not text[merged[-1][1] : start].strip("".join(_LATIN_LEADS)):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_gb(run: str) -> bool:
    """Whether the Latin letters are Chinese in daily use when their bytes are read as GB 2312."""
    common = sum(ord(lead) in _COMMON_ROWS for lead in run[::2])
    return common > _SHARE * len(run) / 2 and len(_HAN.findall(run.encode("latin-1").decode("gbk", "ignore"))) >= common


def _utf8_as_gbk(text: str) -> Iterator[Pair]:
    pair, run = _gbk_patterns()
    if pair.search(text) is None:
        return
    for match in run.finditer(text):
        if pair.search(match[0]) is not None:
            content = match[0].encode("gb18030")
            han = _HAN.findall(content.decode("utf-8", "ignore"))
            if len(han) >= _FEWEST_HAN and len(han) * 3 > _SHARE * len(content):
                yield match.start(), match.end() - _overrun(match[0])


def _overrun(run: str) -> int:
    """How many characters at the end, sound ones behind the stretch, keep the rest from being UTF-8."""
    for extra in range(_NEAR + 1):
        try:
            run[: len(run) - extra].encode("gb18030").decode("utf-8")
        except UnicodeDecodeError:
            continue
        return extra
    return 0


@cache
def _gbk_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two characters that hold the first four bytes of Chinese in UTF-8, and a run of characters of such bytes."""
    leads, trails = range(0xE2, 0xF0), range(0x80, 0xC0)
    first, second = "".join(_characters(leads, trails)), "".join(_characters(trails, leads))
    begin = "".join(_characters(leads, [*leads, *trails]))
    every = begin + "".join(_characters(trails, [*leads, *trails]))
    return re.compile(f"[{first}][{second}]"), re.compile(f"[{begin}][{every}]+")


def _characters(leads: range | list[int], trails: range | list[int]) -> Iterator[str]:
    """What pairs of bytes write in GBK."""
    for lead in leads:
        for trail in trails:
            character = bytes((lead, trail)).decode("gbk", "ignore")
            if len(character) == 1 and not character.isascii():
                yield character
