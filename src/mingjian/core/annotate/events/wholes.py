"""What an event is part of: the meeting at which it happened, or the document that plans it."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.annotate.events.dates import Telling
from mingjian.core.annotate.events.scene import Place, Scene
from mingjian.core.model.facts import Event
from mingjian.core.text.matching import Match

_FAR = 400
_NEAR = 60


def whole_of(scene: Scene, telling: Telling, earlier: Sequence[Event]) -> Event | None:
    """The event told before that this one is part of, or None."""
    place, match, dated = telling.place, telling.match, telling.time is not None
    if _is_at_meeting(scene, place, match, strictly=dated):
        meeting = _latest(scene, earlier, "meetings")
        if meeting is not None and (not dated or _on_its_days(telling, meeting)):
            return meeting
    if dated or telling.actuality not in ("planned", "directed"):
        return None
    says = scene.cues["document-says"].search(scene.article.folded, place.sentence[0], place.trigger[0])
    return _latest(scene, earlier, "documents") if says else None


def _is_at_meeting(scene: Scene, place: Place, match: Match, *, strictly: bool) -> bool:
    """Whether the words before the trigger speak of a meeting; strictly, of being at one."""
    folded, start = scene.article.folded, place.trigger[0]
    low = max(place.sentence[0], start - _NEAR)
    if strictly:
        return scene.cues["there"].search(folded, low, start) is not None
    line = max(folded.rfind("\n", 0, start), start - _FAR, 0)
    return bool(
        scene.cues["at-meeting"].search(folded, low, start)
        or match.rule.fields.get("inherit")
        or scene.cues["meeting-goes-on"].search(folded, line, start)
    )


def _latest(scene: Scene, earlier: Sequence[Event], kind: str) -> Event | None:
    types = scene.settings[kind]
    return next((event for event in reversed(earlier) if event.type in types and event.actuality != "cancelled"), None)


def _on_its_days(telling: Telling, meeting: Event) -> bool:
    """Whether the event's own date meets that of the meeting."""
    time, date = telling.time, meeting.date
    if time is None or not (time.date.start and time.date.end and date.start and date.end):
        return False
    return time.date.start <= date.end and date.start <= time.date.end
