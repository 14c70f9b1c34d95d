"""Writes src/mingjian/rules/folding.tsv: which character is folded to which, one for one.

Needs OpenCC, which Mingjian itself does not: ``pip install opencc`` into a throw-away environment, then run this.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import opencc

TARGET = Path(__file__).parents[1] / "src" / "mingjian" / "rules" / "folding.tsv"

HEADER = """\
# Characters that are folded before matching: each becomes exactly one other, so that no offset moves.
# Columns: character, what it becomes, why.
#   width        full-width digits, letters and marks, by NFKC; ， ： ； （ ） ！ ？ are left alone
#   space        spaces other than U+0020
#   mark         look-alikes of - . % + that Unicode keeps apart
#   radical      Kangxi radicals and compatibility ideographs, as PDF extraction leaves them, by NFKC or by name
#   traditional  traditional to simplified: single characters that OpenCC's t2s turns into one of the BMP
# Source of the last kind: OpenCC {version}, configuration t2s, https://github.com/BYVoid/OpenCC, Apache-2.0.
# Made by tools/make_folding_table.py; do not edit by hand.
"""

KEPT_WIDE = set("，：；（）！？")
SPACES = [0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
MARKS = {"﹒": ".", "﹪": "%", "﹢": "+", "﹣": "-", "−": "-", "‐": "-", "‑": "-", "￥": "¥"}
IDEOGRAPHS = [(0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)]
RADICALS = [(0x2F00, 0x2FD6), (0xF900, 0xFB00)]
# Of the CJK Radicals Supplement, whose characters have no mapping, those whose name is that of a whole character.
SUPPLEMENT = dict(zip(
    "⺁⺄⺇⺊⺝⺟⺠⺧⺩⺬⺮⺯⺶⺸⺺⺼⻁⻄⻅⻆⻇⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻰⻱⻲⻳",
    "厂乙几卜月母民牛王示竹糸羊羊聿月虎西见角角贝车长长长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龟龟龟",
    strict=True,
))  # fmt: skip


def rows() -> Iterator[tuple[str, str, str]]:
    """Every folding: character, what it becomes, why."""
    simplify = opencc.OpenCC("t2s").convert
    wide = (character for character in map(chr, range(0xFF01, 0xFF5F)) if character not in KEPT_WIDE)
    yield from ((character, nfkc(character), "width") for character in wide)
    yield from ((chr(code), " ", "space") for code in SPACES)
    yield from ((mark, plain, "mark") for mark, plain in MARKS.items())
    yield from ((radical, simplify(nfkc(radical)), "radical") for radical in characters(RADICALS))
    yield from ((radical, plain, "radical") for radical, plain in SUPPLEMENT.items())
    plain_ideographs = (character for character in characters(IDEOGRAPHS) if nfkc(character) == character)
    yield from ((character, simplify(character), "traditional") for character in plain_ideographs)


def nfkc(character: str) -> str:
    """The compatibility mapping of Unicode."""
    return unicodedata.normalize("NFKC", character)


def characters(ranges: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Every character of the ranges."""
    return (chr(code) for first, last in ranges for code in range(first, last))


def main() -> None:
    """Write the table: only characters that change, only into one of the basic plane, and none that changes again."""
    folded = {
        source: (target, why)
        for source, target, why in rows()
        if target != source and len(target) == 1 and ord(target) <= 0xFFFF
    }
    for source, (target, why) in folded.items():
        if target in folded:
            folded[source] = (folded[target][0], why)
    lines = [f"{source}\t{target}\t{why}\n" for source, (target, why) in sorted(folded.items())]
    TARGET.write_text(HEADER.format(version=opencc.__version__) + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} characters to {TARGET.name}")


if __name__ == "__main__":
    main()
