"""What an event is part of: the meeting at which it happened, or the document that plans it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from mingjian.core.annotate.events.dates import Telling
from mingjian.core.annotate.events.neighbours import LOOKED_AT, ceremony_of
from mingjian.core.annotate.events.scene import Place, Scene
from mingjian.core.model.facts import Event

_FAR = 400
_NEAR = 60


def whole_of(scene: Scene, telling: Telling, earlier: Sequence[Event]) -> Event | None:
    """The event told before that this one is part of, or None."""
    meeting = _latest(scene, earlier, "meetings") or ceremony_of(scene, telling.place, earlier)
    if meeting is not None and _is_at(scene, telling, meeting):
        return meeting
    if telling.time is not None or telling.actuality not in ("planned", "directed"):
        return None
    place = telling.place
    says = scene.cues["document-says"].search(scene.article.folded, place.sentence[0], place.trigger[0])
    return _latest(scene, earlier, "documents") if says else None


def _latest(scene: Scene, earlier: Sequence[Event], kind: str) -> Event | None:
    types = scene.settings[kind]
    last = islice(reversed(earlier), LOOKED_AT)
    return next((event for event in last if event.type in types and event.actuality != "cancelled"), None)


def _is_at(scene: Scene, telling: Telling, meeting: Event) -> bool:
    """Whether this happened at the meeting: what has a day of its own, or is a meeting itself, must be said to."""
    place, fields = telling.place, telling.match.rule.fields
    if _is_said_to_be_there(scene, place):
        return telling.time is None or _on_its_days(telling, meeting)
    if telling.time is not None or fields["type"] in scene.settings["gatherings"]:
        return False
    if fields.get("inherit") and place.trigger[0] - meeting.evidence.end < _FAR:
        return True
    return _is_told_of_meeting(scene, place)


def _is_said_to_be_there(scene: Scene, place: Place) -> bool:
    low = max(place.sentence[0], place.trigger[0] - _NEAR)
    return scene.cues["there"].search(scene.article.folded, low, place.trigger[0]) is not None


def _is_told_of_meeting(scene: Scene, place: Place) -> bool:
    """Whether the words before the trigger, in its sentence or its paragraph, report on a meeting."""
    folded, start = scene.article.folded, place.trigger[0]
    line = max(folded.rfind("\n", 0, start), start - _FAR, 0)
    return bool(
        scene.cues["at-meeting"].search(folded, max(place.sentence[0], start - _NEAR), start)
        or scene.cues["meeting-goes-on"].search(folded, line, start)
    )


def _on_its_days(telling: Telling, meeting: Event) -> bool:
    """Whether the event's own date meets that of the meeting."""
    time, date = telling.time, meeting.date
    if time is None or not (time.date.start and time.date.end and date.start and date.end):
        return False
    return time.date.start <= date.end and date.start <= time.date.end
