"""What the heading above an event says of it: a review of what was done, or a plan of what is to come."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mingjian.core.annotate.events.scene import Place, Scene
from mingjian.core.model.article import HEADING_ROLES

Kind: TypeAlias = Literal["review", "plan"]

_HEADINGS = 40  # blocks back to which a heading governs
_REACH = 2_000  # characters of its paragraph in which words may say that it looks back: some pages are one line


def kind_of_section(scene: Scene, place: Place) -> Kind | None:
    """What the nearest heading above the event that says one or the other makes of it, or None."""
    folded, body = scene.article.folded, scene.article.body
    for number in range(place.block, max(place.block - _HEADINGS, -1), -1):
        block = body[number]
        if block.role not in HEADING_ROLES:
            continue
        plans = scene.cues["heading-plans"].search(folded, block.start, block.end)
        reviews = scene.cues["heading-reviews"].search(folded, block.start, block.end)
        if bool(plans) != bool(reviews):
            return "plan" if plans else "review"
    return None


def is_review(scene: Scene, place: Place) -> bool:
    """Whether the event stands in a section, or behind words of its paragraph, that look back on what was done."""
    kind = kind_of_section(scene, place)
    if kind is not None:
        return kind == "review"
    folded = scene.article.folded
    reach = max(place.trigger[0] - _REACH, 0)
    line = max(folded.rfind("\n", reach, place.trigger[0]) + 1, reach)
    return scene.cues["looks-back"].search(folded, line, place.trigger[0]) is not None
