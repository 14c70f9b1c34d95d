"""What the heading above an event says of it: a review of what was done, or a plan of what is to come."""

from __future__ import annotations

from typing import Literal

import msgspec

from mingjian.core.annotate.events.scene import Place, Scene, times_between
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import HEADING_ROLES

_HEADINGS = 40  # blocks back to which a heading governs
_REACH = 2_000  # characters of its paragraph in which words may say that it looks back: some pages are one line


class Section(msgspec.Struct, frozen=True):
    """Whether a section reviews or plans, and the time that its heading gives (2025年主要工作完成情况)."""

    kind: Literal["review", "plan"]
    time: TimeExpression | None = None


def section_of(scene: Scene, place: Place) -> Section | None:
    """The nearest heading above the event that says one or the other, or None."""
    folded, body = scene.article.folded, scene.article.body
    for number in range(place.block, max(place.block - _HEADINGS, -1), -1):
        block = body[number]
        if block.role not in HEADING_ROLES:
            continue
        plans = scene.cues["heading-plans"].search(folded, block.start, block.end)
        reviews = scene.cues["heading-reviews"].search(folded, block.start, block.end)
        if bool(plans) != bool(reviews):
            times = times_between(scene.times, block.start, block.end)
            dated = next((time for time in times if time.date.start and time.date.end), None)
            return Section("plan" if plans else "review", dated)
    return None


def is_review(scene: Scene, place: Place) -> bool:
    """Whether the event stands in a section, or behind words of its paragraph, that look back on what was done."""
    section = section_of(scene, place)
    if section is not None:
        return section.kind == "review"
    folded = scene.article.folded
    reach = max(place.trigger[0] - _REACH, 0)
    line = max(folded.rfind("\n", reach, place.trigger[0]) + 1, reach)
    return scene.cues["looks-back"].search(folded, line, place.trigger[0]) is not None
