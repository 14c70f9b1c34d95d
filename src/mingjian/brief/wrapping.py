"""Lines of Chinese text for a terminal: Latin words and numbers stay whole, closing marks begin no line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_PIECE = re.compile(r"[A-Za-z0-9.,:%+\-/_@]+|\s+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：！？）》】”’」』〕…％%,.;:!?)]}")
_OPENING = frozenset("（《【“‘「『〔([{")


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells, a Chinese character counting two.

    >>> wrap("到2027年超过40EFLOPS。", 10)
    ['到2027年超', '过', '40EFLOPS。']
    """
    lines = [""]
    used = 0
    for piece in _pieces(" ".join(text.split()), width):
        cells = cell_len(piece)
        if used + cells > width and used:
            lines.append("")
            used, piece = 0, piece.lstrip()
            cells = cell_len(piece)
        lines[-1] += piece
        used += cells
    return [line.rstrip() for line in lines]


def longest_word(text: str) -> int:
    """The cells that the longest word of Latin letters and digits takes."""
    return max((len(match[0]) for match in _PIECE.finditer(text) if match[0].isascii()), default=0)


def _pieces(text: str, width: int) -> Iterator[str]:
    """What stays on one line: a Latin word, or a character with its closing marks behind and opening ones before it."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        joins = held and (piece in _CLOSING or held[-1] in _OPENING) and cell_len(held + piece) <= width
        if held and not joins:
            yield held
            held = ""
        held += piece
        while cell_len(held) > max(width, 2):
            cut = max(1, width if held.isascii() else width // 2)
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held
