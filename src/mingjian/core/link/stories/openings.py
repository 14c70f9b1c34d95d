"""How far from the beginning of an article something stands: what a page tells first, it is about."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.model.article import BodyBlock


def characters_before(place: int, body: Iterable[BodyBlock]) -> int:
    """How many characters of the body stand before a place of the page.

    >>> characters_before(25, (BodyBlock(10, 20, "paragraph"), BodyBlock(24, 30, "paragraph")))
    11
    """
    before = reached = 0
    for block in body:
        start = max(block.start, reached)
        if place < block.end:
            return before + max(0, place - start)
        before += max(0, block.end - start)
        reached = max(reached, block.end)
    return before
