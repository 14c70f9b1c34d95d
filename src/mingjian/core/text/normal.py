"""The normal form of a page: what annotators see in place of damaged words, beside the page, with the way back.

Left out are inserted readings (``聯(lián)通``), invisible characters and the breaks of hard-wrapped lines; entities
that were escaped twice are the one character that they name. What cannot be repaired is masked in the folded form.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from mingjian.core.model.page import Page
from mingjian.core.model.record import Damage
from mingjian.core.model.span import Pair
from mingjian.core.text.damage import find_lost, find_private, mask
from mingjian.core.text.folding import fold
from mingjian.core.text.mojibake import find_mojibake, suspects
from mingjian.core.text.offsets import Edit, OffsetMap, apply, pair_to_page
from mingjian.core.text.unwrapping import find_joins, joint

_SHOWN = 20
# Forms of writing, not words. Invisible: soft hyphen, zero-width characters, marks of direction, the byte-order mark.
_INVISIBLE = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
# The full-width space of GBK, which Unicode lacks and decoders make a private-use character.
_BLANK = "\ue5e5"
# One syllable of pinyin, or zhuyin, in brackets right behind a Han character. Bare letters, as in 人工智能(ai), are
# taken for a reading only on a page that has several with tone marks.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
_ZHUYIN = "\u3105-\u312fˉˊˇˋ˙"
_TONED = re.compile(rf"(?<=[\u3400-\u9fff])[(（](?:[a-zü]{{0,6}}[{_TONES}]|[{_ZHUYIN}])")
_FEWEST_READINGS = 3
_EDITED = {
    "reading": rf"[\u3400-\u9fff][(（](?:[a-züɡ{_TONES}]{{1,7}}|[{_ZHUYIN}]{{1,4}})[)）]",
    "invisible": rf"[{_INVISIBLE}{_BLANK}]+",
    "entity": r"&(?:amp;)*(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});",
}
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_SQUARES_AND_LOST = frozenset("\ufffd□▯〓")
_SIGNS = _SQUARES_AND_LOST | {"?", "&"}
_MARKS = re.compile(r"\?[?0-9%‰万亿元年月日]")
_BREAK = re.compile(r"(?<=(\S))\s*\n\s*(?=(\S))")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_READ_ALOUD = frozenset(_TONES) | frozenset(map(chr, range(0x3105, 0x3130))) | frozenset("ˉˊˇˋ˙")


class Normal(msgspec.Struct, frozen=True):
    """The normal text, its folded form, the maps back to the page (the last made first) and what was found wrong.

    ``lost`` are the places of the normal text where words cannot be known.
    """

    text: str
    folded: str
    maps: tuple[OffsetMap, ...] = ()
    damage: tuple[Damage, ...] = ()
    lost: tuple[Pair, ...] = ()

    def from_page(self, offset: int) -> int:
        """The place in the normal text of a place in the page."""
        for offsets in reversed(self.maps):
            offset = offsets.from_page(offset)
        return offset

    def to_page(self, pair: Pair) -> Pair:
        """The stretch of the page that the stretch of the normal text stands for."""
        return pair_to_page(self.maps, pair)


def normalise(page: Page) -> Normal:
    """The normal form of the page: of most pages, their own text."""
    text = page.text
    found = frozenset(_suspects().findall(text))
    mojibake = find_mojibake(text, found & suspects()) if found else []
    repairs = _repairs(text, found, mojibake) if found else []
    places = {"mojibake": mojibake}
    for kind, edit in repairs:
        places.setdefault(kind, []).append((edit.start, edit.end))
    maps: tuple[OffsetMap, ...] = ()
    if repairs:
        text, offsets = apply(text, [edit for _, edit in repairs])
        maps = (offsets,)
    joins = find_joins(text)
    if joins:
        places["wrapped"] = [pair_to_page(maps, (edit.start, edit.end)) for edit in joins[:_SHOWN]]
        text, offsets = apply(text, joins)
        maps = (offsets, *maps)
    normal = Normal(text, fold(text), maps)
    shown = found.union(edit.shown for _, edit in repairs)
    counts = {kind: len(pairs) for kind, pairs in places.items()} | {"wrapped": len(joins)}
    lost = [(normal.from_page(start), normal.from_page(end)) for start, end in mojibake]
    return _masked(page, normal, shown, _Found(places, counts, lost))


def on_one_line(words: str) -> str:
    r"""The words of a page as people read them: without invisible characters, broken lines joined.

    >>> on_one_line("人工\u200b智能\n  产业 of\nAI")
    '人工智能产业 of AI'
    """
    shown = _UNSEEN.sub("", words)
    return _BREAK.sub(lambda match: joint(match[1], match[2]), shown) if "\n" in shown else shown


class _Found(msgspec.Struct, frozen=True):
    """What is known of the damage: places in the page, how many there are, and stretches of the normal text."""

    places: dict[str, list[Pair]]
    counts: dict[str, int]
    lost: list[Pair]


def _masked(page: Page, normal: Normal, shown: frozenset[str], known: _Found) -> Normal:
    """The normal form with its damage, and figures masked that touch what was lost."""
    folded, lost, icons = normal.folded, known.lost, list[Pair]()
    places, counts = dict(known.places), dict(known.counts)
    if shown & _SIGNS and (shown & _SQUARES_AND_LOST or _MARKS.search(folded)):
        found = find_lost(folded)
        lost = lost + found
        places["lost"], counts["lost"] = [normal.to_page(pair) for pair in found[:_SHOWN]], len(found)
    if any(_is_private(character) for character in shown):
        moved = ((normal.from_page(one.start), normal.from_page(one.end), one) for one in page.stretches)
        found, icons = find_private(normal.text, moved)
        lost = lost + found
        places["private"], counts["private"] = [normal.to_page(pair) for pair in found[:_SHOWN]], len(found)
    read = [(box.start, box.end) for box in page.boxes if box.confidence is not None]
    places["recognised"], counts["recognised"] = read, len(read)
    damage = tuple(Damage(kind, counts[kind], tuple(places[kind][:_SHOWN])) for kind in sorted(places) if places[kind])
    if icons:
        folded, _ = apply(folded, [Edit(start, end, " " * (end - start)) for start, end in icons])
    if lost:
        lost = _merged(sorted(lost))
        folded = mask(folded, lost)
    return msgspec.structs.replace(normal, folded=folded, damage=damage, lost=tuple(lost))


def _merged(places: Sequence[Pair]) -> list[Pair]:
    merged: list[Pair] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _suspects() -> re.Pattern[str]:
    """One class of every character without which a page has no damage but hard-wrapped lines."""
    listed = "".join(map(re.escape, sorted(suspects() | _SIGNS)))
    return re.compile(f"[{listed}{_INVISIBLE}{_TONES}{_ZHUYIN}{_PRIVATE}]")


def _is_private(character: str) -> bool:
    return ("\ue000" <= character <= "\uf8ff" and character != _BLANK) or character >= "\U000f0000"


def _repairs(text: str, found: frozenset[str], mojibake: Sequence[Pair]) -> list[tuple[str, Edit]]:
    """What one pass over the text repairs, in order, each with its kind; mojibake is left as it stands."""
    kinds = [
        kind
        for kind, present in (
            ("reading", len(_TONED.findall(text)) >= _FEWEST_READINGS if found & _READ_ALOUD else False),
            ("invisible", any(_UNSEEN.match(character) for character in found) or _BLANK in found),
            ("entity", "&" in found),
        )
        if present
    ]
    if not kinds:
        return []
    pattern = re.compile("|".join(f"(?P<{kind}>{_EDITED[kind]})" for kind in kinds))
    repairs = [
        (str(match.lastgroup), Edit(match.start(), match.end(), shown))
        for match in pattern.finditer(text)
        if (shown := _shown(match)) is not None
    ]
    return list(_outside(repairs, mojibake)) if mojibake else repairs


def _shown(match: re.Match[str]) -> str | None:
    """What the normal form shows of the match: nothing, one character, or ``None`` where it is left as it is."""
    if match.lastgroup == "reading":
        return match[0][0]
    if match.lastgroup == "invisible":
        return " " if _BLANK in match[0] else ""
    named = html.unescape("&" + match[0].rpartition("&")[2].rpartition("amp;")[2]) if match[0] != "&amp;" else "&"
    if len(named) != 1:
        return None
    return " " if named.isspace() else _UNSEEN.sub("", named)


def _outside(repairs: Sequence[tuple[str, Edit]], places: Sequence[Pair]) -> Iterator[tuple[str, Edit]]:
    """The repairs that no place holds."""
    index = 0
    for kind, edit in repairs:
        while index < len(places) and places[index][1] <= edit.start:
            index += 1
        if index == len(places) or edit.end <= places[index][0]:
            yield kind, edit
