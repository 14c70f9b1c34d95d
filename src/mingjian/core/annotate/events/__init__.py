"""Events: a trigger, its type, actors, place, date and actuality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from mingjian.core.annotate.events.dates import Dated, date_of, is_due
from mingjian.core.annotate.events.scene import Place, Scene, plain_words, times_between, titles_in
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Actuality, Event, Names, Organisation, Parts, Region
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of_names
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at

_TITLE_LENGTH = 60
_LEAD_LENGTH = 16
_LONGEST = 160
_LATEST = 8  # events of a type that can share their place with the next

Told: TypeAlias = dict[str, tuple[str, tuple[Event, ...]]]  # by type: all titles so far, and the latest events


def annotate_events(
    article: Article, found: GroupFindings, times: Sequence[TimeExpression], names: Names, anchor: Anchor
) -> tuple[Event, ...]:
    """The events of the body in page order, each once: where a page tells an event again, the first telling stays."""
    scene = Scene(article, times, mentions_of_names(names), anchor, found.cues, found.settings)
    events: list[Event] = []
    told: Told = {}
    for match in _strongest(found.matches):
        event = _event(scene, match, events)
        if event is not None and not _told_before(event, told):
            events.append(event)
            _tell(event, told)
    return tuple(events)


def _strongest(matches: Iterable[Match]) -> list[Match]:
    """Of matches whose triggers overlap, the longest; the first rule where they are equally long."""
    kept: dict[Pair, Match] = {}
    taken = Stretches()
    for match in sorted(matches, key=lambda match: (-(match.end - match.start), match.start)):
        trigger = _trigger(match)
        if not taken.touching(*trigger):
            taken.add(*trigger)
            kept[trigger] = match
    return [kept[trigger] for trigger in sorted(kept)]


def _trigger(match: Match) -> Pair:
    return match.span("trigger") or match.span("notice") or (match.start, match.end)


def _event(scene: Scene, match: Match, earlier: Sequence[Event]) -> Event | None:
    """The event that the match states, or None where the words around it say that nothing happened."""
    place = _place(scene, match)
    if place is None or scene.cues["unreal"].search(scene.article.folded, *_before(place)):
        return None
    fields = match.rule.fields
    actuality = _actuality(scene, place, match)
    dated = date_of(scene, place, match, actuality, earlier)
    inside = dated.words if dated.words and _within(dated.words, place.evidence) else None
    if (fields.get("dated") and not inside) or not _is_told(scene, place, match, actuality, bool(inside)):
        return None
    text = scene.article.text
    actors, venue = _actors(scene, place), _venue(scene, place)
    return Event(
        evidence=cite(text, *place.evidence),
        by=match.rule.id,
        parts=_parts(actors, venue),
        support=_cite_all(text, dated, inside),
        type=fields["type"],
        title=_title(scene, place, inside),
        actors=tuple(dict.fromkeys(_name(mention) for mention in actors)),
        place=_name(venue) if venue is not None else None,
        date=dated.date,
        actuality=actuality,
        trigger_span=cite(text, *place.trigger),
        date_span=cite(text, *inside) if inside else None,
    )


def _parts(actors: Sequence[Mention], venue: Mention | None) -> Parts:
    parts: Parts = {}
    if actors:
        parts["actors"] = tuple(mention.pair for mention in actors)
    if venue is not None:
        parts["place"] = (venue.pair,)
    return parts


def _place(scene: Scene, match: Match) -> Place | None:
    """The clause that holds the trigger, to the end of the match, from the date that leads it."""
    trigger = _trigger(match)
    sentence = sentence_at(scene.article.sentences, trigger[0])
    if sentence is None or scene.article.body[sentence.block].role in HEADING_ROLES:
        return None
    clauses = clauses_between(scene.article.folded, sentence.start, sentence.end)
    number = clause_number(clauses, trigger[0])
    last = clause_number(clauses, max(match.end - 1, trigger[0]))
    if match.rule.fields.get("follow") and last + 1 < len(clauses):
        last += 1
    start, end = clauses[number][0], max(clauses[last][1], match.end)
    if any(low < trigger[0] < high for low, high in titles_in(scene, start, end)):
        return None
    if end - start > _LONGEST:
        start, end = max(start, match.start - _LEAD_LENGTH), match.end
    if match.rule.fields.get("reach") == "sentence":
        start = clauses[0][0]
    elif number and _leads(scene, clauses[number - 1]):
        start = clauses[number - 1][0]
    return Place(clauses, number, (start, end), trigger)


def _leads(scene: Scene, clause: Pair) -> bool:
    """Whether a clause is no more than the date of the next one."""
    if clause[1] - clause[0] > _LEAD_LENGTH:
        return False
    covered = sum(time.end - time.start for time in times_between(scene.times, *clause))
    return 2 * covered >= clause[1] - clause[0]


def _before(place: Place) -> Pair:
    return (max(place.clause[0], place.trigger[0] - 12), place.trigger[0])


def _actuality(scene: Scene, place: Place, match: Match) -> Actuality:
    """Whether the event happened, is planned, demanded or under way, by the words before its trigger."""
    settled = match.rule.fields.get("actuality")
    if settled:
        return settled  # type: ignore[no-any-return]
    words = plain_words(scene, place.clause[0], place.trigger[0])
    if scene.cues["planned"].search(words):
        return "planned"
    if scene.cues["ongoing"].search(words):
        return "ongoing"
    if _is_done(scene, place, match):
        return "realised"
    if scene.cues["directed"].search(words):
        return "directed"
    return "planned" if is_due(scene, place) else "realised"


def _is_done(scene: Scene, place: Place, match: Match) -> bool:
    end = max(place.trigger[1] + 1, min(match.end, place.clause[1]))
    return bool(scene.cues["done"].search(plain_words(scene, place.clause[0], end)))


def _is_told(scene: Scene, place: Place, match: Match, actuality: Actuality, dated: bool) -> bool:
    """Whether the clause tells an event, and not a task: somebody does it, it has a day, or it is done."""
    fields = match.rule.fields
    if actuality == "directed" and not fields.get("directed") and not fields.get("actuality"):
        return False
    done = dated or _is_done(scene, place, match)
    if done or fields.get("actuality"):
        return True
    if scene.cues["speech"].search(scene.article.folded, place.sentence[0], place.trigger[0]):
        return False
    return bool(
        fields.get("bare")
        or _actors(scene, place)
        or scene.cues["common-subject"].search(scene.article.folded, place.clause[0], place.trigger[0])
    )


# ---- who and where


def _actors(scene: Scene, place: Place) -> list[Mention]:
    """Who acts: the organisations (else people, else regions) before the trigger, or of the nearest earlier clause."""
    for number in range(place.number, -1, -1):
        low, high = place.clauses[number]
        if number < place.number and scene.cues["pronoun"].match(scene.article.folded, low):
            continue
        found = mentions_between(scene.mentions, low, min(high, place.trigger[0]))
        found = [mention for mention in found if not _is_venue(scene, mention)]
        for kind in (Organisation, object):
            chosen = [mention for mention in found if isinstance(mention.bearer, kind)]
            if chosen:
                return chosen
    return []


def _venue(scene: Scene, place: Place) -> Mention | None:
    """The region that the clause puts after 在 or 于."""
    for mention in mentions_between(scene.mentions, *place.evidence):
        if isinstance(mention.bearer, Region) and _is_venue(scene, mention):
            return mention
    return None


def _is_venue(scene: Scene, mention: Mention) -> bool:
    before = scene.article.folded[max(0, mention.start - 1) : mention.start]
    return isinstance(mention.bearer, Region) and bool(scene.cues["venue"].search(before))


def _name(mention: Mention) -> str:
    bearer = mention.bearer
    return (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name


# ---- words


def _title(scene: Scene, place: Place, date_words: Pair | None) -> str:
    """The evidence without the date that leads it, cut at a clause where it is long."""
    start, end = place.evidence
    if date_words and date_words[0] - start <= 1:
        start = date_words[1]
    title: str = scene.article.text[start:end].strip(scene.settings["title_edges"])
    return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH]


def _cite_all(text: str, dated: Dated, inside: Pair | None) -> tuple[Span, ...]:
    """What the date was computed from, beside the words that the evidence holds."""
    places = dict.fromkeys((*((dated.words,) if dated.words and not inside else ()), *dated.support))
    return tuple(cite(text, *pair) for pair in places)


def _within(pair: Pair, outer: Pair) -> bool:
    return outer[0] <= pair[0] and pair[1] <= outer[1]


def _told_before(event: Event, told: Told) -> bool:
    """Whether an earlier event of the same type is told in the same words, or in the same place."""
    titles, latest = told.get(event.type, ("", ()))
    return event.title in titles or any(_shares_place(event, other) for other in latest)


def _tell(event: Event, told: Told) -> None:
    titles, latest = told.get(event.type, ("", ()))
    told[event.type] = (f"{titles}\n{event.title}", (*latest[1 - _LATEST :], event))


def _shares_place(event: Event, other: Event) -> bool:
    shared = min(event.evidence.end, other.evidence.end) - max(event.evidence.start, other.evidence.start)
    return 2 * shared > min(len(event.evidence.text), len(other.evidence.text))
