"""Who acts in an event, on whom, where, and on what."""

from __future__ import annotations

import msgspec

from mingjian.core.annotate.events.scene import Place, Scene, times_between, titles_in
from mingjian.core.model.facts import Organisation, Parts, Person, Region
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between

_LONGEST_OBJECT = 80
_JUST_BEFORE = 1
_FAR = 90  # characters back to which a subject reaches
_REACH_OF_REPORTER = 20


class Cast(msgspec.Struct, frozen=True):
    """Who acts and who is acted on (by name, with the places), the place, and the words for what it is about."""

    actors: tuple[Named, ...] = ()
    recipients: tuple[Named, ...] = ()
    venue: Named | None = None
    object: Pair | None = None

    @property
    def parts(self) -> Parts:
        """Where the words of each part stand."""
        parts: Parts = {}
        if self.actors:
            parts["actors"] = tuple(named.pair for named in self.actors)
        if self.recipients:
            parts["recipients"] = tuple(named.pair for named in self.recipients)
        if self.venue is not None:
            parts["place"] = (self.venue.pair,)
        if self.object is not None:
            parts["object"] = (self.object,)
        return parts


class Named(msgspec.Struct, frozen=True):
    """A name and where it stands."""

    name: str
    pair: Pair


def cast_of(scene: Scene, place: Place, match: Match) -> Cast:
    """The parts of the event; where it is told in the passive (被, 由, 获), who comes after that word acts."""
    before = _subjects(scene, place)
    doers, done_to = _split(scene, match, before)
    if not done_to and match.rule.fields.get("onto"):
        behind = mentions_between(scene.mentions, place.trigger[1], max(place.evidence[1], match.end))
        done_to = [mention for mention in behind if not isinstance(mention.bearer, Region)]
    venue = _venue(scene, place)
    return Cast(
        tuple(named(mention) for mention in doers) or _counted(scene, place),
        tuple(named(mention) for mention in done_to),
        named(venue) if venue is not None else None,
        _object_of(scene, place, match),
    )


def _split(scene: Scene, match: Match, before: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Who acts and who is acted on, of those before the trigger; all act where the type is done to nobody."""
    if match.rule.fields["type"] not in scene.settings["done_to"]:
        return before, []
    for number, mention in enumerate(before):
        if _follows(scene, mention, "agent"):
            return before[number:], before[:number]
    acted_on = [mention for mention in before if _follows(scene, mention, "acted-on")]
    return [mention for mention in before if mention not in acted_on], acted_on


def subjects_before(scene: Scene, place: Place) -> bool:
    """Whether anybody is named, counted or called by a common word before the trigger."""
    return bool(_subjects(scene, place) or _counted(scene, place)) or _has_common_subject(scene, place)


def named_in_clause(scene: Scene, place: Place) -> bool:
    """Whether the clause of the trigger itself has words for somebody before it."""
    here = mentions_between(scene.mentions, place.clause[0], place.trigger[0])
    return bool(here) or _has_common_subject(scene, place)


def _has_common_subject(scene: Scene, place: Place) -> bool:
    return bool(scene.cues["common-subject"].search(scene.article.folded, place.clause[0], place.trigger[0]))


def organs_before(scene: Scene, place: Place, match: Match) -> bool:
    """Whether those named are organs or firms, or places for their governments, and no medium."""
    found = [*_subjects(scene, place), *mentions_between(scene.mentions, place.trigger[1], match.end)]
    if any(isinstance(mention.bearer, Region) for mention in found):
        return True
    organs = [mention.bearer for mention in found if isinstance(mention.bearer, Organisation)]
    if organs:
        return any(organ.type != "media" for organ in organs)
    return scene.cues["organ-word"].search(scene.article.folded, place.clause[0], match.end) is not None


def state_organs_only(scene: Scene, place: Place) -> bool:
    """Whether all organisations named are organs of the state."""
    organs = [mention.bearer for mention in _subjects(scene, place) if isinstance(mention.bearer, Organisation)]
    return bool(organs) and all(organ.type in scene.settings["state_organs"] for organ in organs)


def _subjects(scene: Scene, place: Place) -> list[Mention]:
    """The organisations (else people, else regions) before the trigger, or of the nearest earlier clause."""
    for number in range(place.number, -1, -1):
        low, high = place.clauses[number]
        if place.trigger[0] - high > _FAR:
            break
        if number < place.number and scene.cues["pronoun"].match(scene.article.folded, low):
            continue
        found = mentions_between(scene.mentions, low, min(high, place.trigger[0]))
        found = [mention for mention in found if not _is_venue(scene, mention) and not _reports(scene, mention)]
        for kind in (Organisation, object):
            chosen = [mention for mention in found if isinstance(mention.bearer, kind)]
            if chosen:
                return chosen
    return []


def _reports(scene: Scene, mention: Mention) -> bool:
    """Whether the name is that of the medium or the reporter of the news."""
    folded, bearer = scene.article.folded, mention.bearer
    if isinstance(bearer, Organisation):
        return bearer.type == "media" and bool(scene.cues["medium-after"].match(folded, mention.end))
    low = max(0, mention.start - _REACH_OF_REPORTER)
    return isinstance(bearer, Person) and bool(scene.cues["reporter-before"].search(folded, low, mention.start))


def _counted(scene: Scene, place: Place) -> tuple[Named, ...]:
    """Those that act where the clause gives them by number alone (10家企业)."""
    match = scene.cues["counted-actor"].search(scene.article.folded, place.clause[0], place.trigger[0])
    return (Named(scene.article.text[match.start() : match.end()], match.span()),) if match else ()


def _follows(scene: Scene, mention: Mention, cue: str) -> bool:
    return scene.cues[cue].search(scene.article.folded, max(0, mention.start - 3), mention.start) is not None


def _venue(scene: Scene, place: Place) -> Mention | None:
    """The region that the clause puts after 在 or 于."""
    for mention in mentions_between(scene.mentions, *place.evidence):
        if isinstance(mention.bearer, Region) and _is_venue(scene, mention):
            return mention
    return None


def _is_venue(scene: Scene, mention: Mention) -> bool:
    before = scene.article.folded[max(0, mention.start - _JUST_BEFORE) : mention.start]
    return isinstance(mention.bearer, Region) and bool(scene.cues["venue"].search(before))


def named(mention: Mention) -> Named:
    """The full name of an organisation, else the name."""
    bearer = mention.bearer
    name = (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name
    return Named(name, mention.pair)


# ---- what it is about


def _object_of(scene: Scene, place: Place, match: Match) -> Pair | None:
    """What the words of the match name, else, where the rule looks back, what the sentence names before."""
    fields = match.rule.fields
    found = None if fields.get("plain") else _object(scene, place, match)
    return _antecedent(scene, place) if found is None and fields.get("antecedent") else found


def _antecedent(scene: Scene, place: Place) -> Pair | None:
    """The titled document that the sentence names before the trigger, else the site with which a clause begins."""
    titles = titles_in(scene, place.sentence[0], place.trigger[0])
    if titles:
        return (titles[0][0] + 1, titles[0][1] - 1)
    clauses = reversed(place.clauses[: place.number])
    sites = (scene.cues["site"].match(scene.article.folded, *clause) for clause in clauses)
    return next((site.span("name") for site in sites if site is not None), None)


def _object(scene: Scene, place: Place, match: Match) -> Pair | None:
    """The titled document of the clause, else the words after the verb, else those before it, of the match."""
    what = match.span("what")
    low, high = (_head_start(scene, place, what[0]), what[1]) if what else (place.trigger[1], match.end)
    titles = titles_in(scene, min(low, place.trigger[0] if not what else low), max(high, place.evidence[1]))
    if titles:
        start, end = titles[0]
        return (start + 1, end - 1)
    return _trimmed(scene, low, high)


def _head_start(scene: Scene, place: Place, head: int) -> int:
    """Where the noun phrase with the head begins: after the last time or place word of the clause before it."""
    low = place.clause[0]
    for time in times_between(scene.times, low, head):
        low = time.end
    for match in scene.cues["phrase-start"].finditer(scene.article.folded, low, head):
        low = match.end()
    return low


def _trimmed(scene: Scene, low: int, high: int) -> Pair | None:
    """The words without marks at their ends and with the quotation mark that closes what they opened."""
    edges, folded = scene.settings["object_edges"], scene.article.folded
    while low < high and folded[low] in edges:
        low += 1
    while low < high and folded[high - 1] in edges:
        high -= 1
    if folded.count("“", low, high) > folded.count("”", low, high) and folded.startswith("”", high):
        high += 1
    return (low, high) if 1 < high - low <= _LONGEST_OBJECT and "\n" not in folded[low:high] else None
