"""Where the value behind a label ends: at the next label, or where the element ends that holds it."""

from __future__ import annotations

from bisect import bisect_right

from mingjian.core.clean.layout import Layout
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import trim

_SHORTEST = 2
_BEHIND = 8
_MARKS = " \t\xa0|丨·/[【(（"


def end_of_value(layout: Layout, pair: Pair) -> Pair:
    """The value without the label that was glued to its end, and without words of another element.

    Templates print one label behind another, and text that was taken off its markup keeps no mark between them.
    """
    start, end = pair
    reach = min(len(layout.folded), end + _BEHIND)
    label = layout.cues["next-label"].search(layout.folded, start, reach)
    if label is not None and label.start() < end and label.start() >= start + _SHORTEST:
        end = label.start()
    seam = _seam(layout, start, end)
    start, end = trim(layout.folded, start, seam if seam is not None else end)
    while end > start + _SHORTEST and layout.folded[end - 1] in _MARKS:
        end -= 1
    return start, end


def _seam(layout: Layout, start: int, end: int) -> int | None:
    """Where in the value the element ends that holds its first words, if words of another follow without a mark."""
    stretches = layout.page.stretches
    place = bisect_right(stretches, start, key=lambda stretch: stretch.start) - 1
    if place < 0:
        return None
    seam = stretches[place].end
    if not start + _SHORTEST <= seam < end or place + 1 >= len(stretches):
        return None
    glued = layout.folded[seam - 1].isalnum() and layout.folded[seam].isalnum()
    return seam if glued and stretches[place + 1].path != stretches[place].path[: -len("/a")] else None
