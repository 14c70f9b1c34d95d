"""The numbers that Word shows before paragraphs and does not write into them: 一、 （一） 1. 第三条.

Clauses of policies are cited by number, so the numbers belong to what a reader of the page sees. They follow from
the definitions of the file alone; a kind of number that is not known here is left out rather than guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mingjian.read.xml_trees import attribute, child, local, value_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LARGEST = 9_999
_COUNTING = frozenset(
    ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"]
)
_DIGITAL = frozenset(["ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"])
_CLOSED = "、．。）】：》〉』」"  # what needs no space behind it
_SUFFIXES = {"nothing": "", "space": " "}


class _Level(msgspec.Struct, frozen=True):
    """How one level of a list counts and looks."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class _List(msgspec.Struct, frozen=True):
    """A list as paragraphs name it: its levels, and the definition whose count it shares."""

    shared: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """The numbers of paragraphs, asked for in the order of the document: each question counts on."""

    def __init__(self, root: Element | None) -> None:
        self._lists = _lists(root) if root is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of the list that the style is tied to."""
        found = self._lists.get(number)
        if found is None:
            return None
        return next((depth for depth, level in found.levels.items() if level.style == style), None)

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph of that list and level with what follows it, empty where none shows."""
        found = self._lists.get(number)
        level = found.levels.get(depth) if found is not None else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.shared, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for other in found.restarts:
                counts[other] = None
        before = counts[depth]
        counts[depth] = found.restarts.get(depth, level.start) if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            below = found.levels.get(deeper)
            if below is None or below.restart is None or depth < below.restart:
                counts[deeper] = None
        return _shown(found, level, counts)


def _shown(found: _List, level: _Level, counts: list[int | None]) -> str:
    if level.form in ("bullet", "none") and not _PLACE.search(level.pattern):
        return "" if level.form == "bullet" else level.pattern
    parts: list[str] = []
    done = 0
    for place in _PLACE.finditer(level.pattern):
        named = found.levels.get(int(place[1]) - 1, _Level())
        count = counts[int(place[1]) - 1]
        written = number_in(named.start if count is None else count, "decimal" if level.legal else named.form)
        if written is None:
            return ""
        parts += (level.pattern[done : place.start()], written)
        done = place.end()
    shown = "".join((*parts, level.pattern[done:]))
    return shown if not shown or shown[-1] in _CLOSED else shown + level.suffix


def _lists(root: Element) -> dict[str, _List]:
    definitions = {attribute(item, "abstractNumId") or "": item for item in root if local(item) == "abstractNum"}
    by_style = {
        value_of(item, "styleLink"): item for item in definitions.values() if child(item, "styleLink") is not None
    }
    found: dict[str, _List] = {}
    for item in root:
        number, named = attribute(item, "numId"), value_of(item, "abstractNumId")
        if local(item) != "num" or number is None or named not in definitions:
            continue
        definition = definitions[named]
        linked = value_of(definition, "numStyleLink")
        definition = by_style.get(linked, definition) if linked else definition
        levels = _levels(definition)
        restarts: dict[int, int] = {}
        for override in (part for part in item if local(part) == "lvlOverride"):
            depth = _integer(attribute(override, "ilvl"), 0)
            levels |= _levels(override)
            start = value_of(override, "startOverride")
            if start is not None and depth < _LEVELS:
                restarts[depth] = _integer(start, 1)
        found[number] = _List(attribute(definition, "abstractNumId") or named, levels, restarts)
    return found


def _levels(definition: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for item in definition:
        depth = _integer(attribute(item, "ilvl"), 0)
        if local(item) != "lvl" or depth >= _LEVELS:
            continue
        restart = value_of(item, "lvlRestart")
        legal = child(item, "isLgl")
        levels[depth] = _Level(
            start=_integer(value_of(item, "start"), 0),
            form=value_of(item, "numFmt") or "decimal",
            pattern=value_of(item, "lvlText") or "",
            suffix=_SUFFIXES.get(value_of(item, "suff") or "tab", " "),
            restart=_integer(restart, 0) if restart is not None else None,
            legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
            style=value_of(item, "pStyle"),
        )
    return levels


def _integer(written: str | None, otherwise: int) -> int:
    """The number that is written, if it is one that lists use."""
    plain = written is not None and len(written) < 6 and written.isascii() and written.isdigit()
    return int(written) if plain and written is not None else otherwise


def number_in(count: int, form: str) -> str | None:
    """The number as that form writes it, or nothing for a form that is not known here.

    >>> number_in(12, "japaneseCounting"), number_in(3, "decimalEnclosedCircle"), number_in(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if not 0 <= count <= _LARGEST:
        return None
    if form in _COUNTING:
        return _counted(count, _DIGITS.replace("〇", "零"), "十百千", plain=True)
    if form in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    return _western(count, form) or _enclosed(count, form) or _formal(count, form)


def _western(count: int, form: str) -> str | None:
    match form:
        case "decimal":
            return str(count)
        case "decimalZero":
            return f"{count:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(count))
        case "upperLetter" | "lowerLetter" if count:
            letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
    return None


def _roman(count: int) -> str:
    parts: list[str] = []
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        parts.append(letters * times)
    return "".join(parts)


def _enclosed(count: int, form: str) -> str | None:
    """Numbers in circles and brackets, as far as characters for them go; beyond, Word writes plain digits."""
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)
    if form == "decimalEnclosedParen":
        return chr(0x2474 + count - 1) if 1 <= count <= 20 else str(count)
    if form == "decimalEnclosedFullstop":
        return chr(0x2488 + count - 1) if 1 <= count <= 20 else str(count)
    if form == "ideographEnclosedCircle":
        return chr(0x3220 + count - 1) if 1 <= count <= 10 else str(count)
    return None


def _formal(count: int, form: str) -> str | None:
    match form:
        case "chineseLegalSimplified":
            return _counted(count, _LEGAL_SIMPLIFIED, "拾佰仟", plain=False)
        case "ideographLegalTraditional":
            return _counted(count, _LEGAL_TRADITIONAL, "拾佰仟", plain=False)
        case "ideographTraditional":
            return _STEMS[count - 1] if 1 <= count <= len(_STEMS) else str(count)
        case "ideographZodiac":
            return _BRANCHES[count - 1] if 1 <= count <= len(_BRANCHES) else str(count)
    return None


def _counted(count: int, digits: str, units: str, *, plain: bool) -> str:
    """The number in words: zeros inside are said once, and 10 to 19 begin with 十 where ``plain``."""
    if count == 0:
        return digits[0]
    words = ""
    written = str(count)
    for place, digit in zip(range(len(written) - 1, -1, -1), written, strict=True):
        if digit == "0":
            words += digits[0] if words and not words.endswith(digits[0]) else ""
        else:
            words += digits[int(digit)] + (units[place - 1] if place else "")
    words = words.rstrip(digits[0])
    return words[1:] if plain and 10 <= count < 20 else words
