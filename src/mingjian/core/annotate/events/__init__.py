"""Events: a trigger, its type, who acts on whom, place, date and actuality; each once, with all that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.annotate.events.actors import Cast, cast_of, state_organs_only
from mingjian.core.annotate.events.actuality import actuality_of, is_told, is_unreal
from mingjian.core.annotate.events.counting import counted_on
from mingjian.core.annotate.events.dates import Dated, Telling, date_of, time_of
from mingjian.core.annotate.events.restating import Told
from mingjian.core.annotate.events.scene import Place, Scene, days_alone, times_between, titles_in
from mingjian.core.annotate.events.wholes import whole_of
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Event, Names, Parts
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import mentions_of_names
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at

_TITLE_LENGTH = 60
_LEAD_LENGTH = 16
_LONGEST = 160
_BARE = 6  # characters before a trigger that leave no room for a subject


def annotate_events(
    article: Article,
    found: GroupFindings,
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
    headline: Span | None = None,
) -> tuple[Event, ...]:
    """The events of the body in page order, each once: the first telling stays, with the places of the others.

    What the headline tells is the news; that of a notice tells of the act by which the notice is made.
    """
    scene = Scene(
        article,
        times,
        mentions_of_names(names),
        anchor,
        found.cues,
        found.settings,
        alone=days_alone(article.folded, times),
        title="" if headline is None else fold(headline.text),
        headline=headline.pair if headline is not None and headline.layer == "text" else None,
    )
    told = Told(scene.settings)
    for rivals in _by_trigger(found.matches):
        event, place = _first_told(scene, rivals, told.events)
        if event is not None and place is not None:
            again = scene.cues["again"].search(article.folded, *place.evidence)
            told.add(event, place.sentence[0], again=again is not None)
    return tuple(told.events)


def _by_trigger(matches: Iterable[Match]) -> list[list[Match]]:
    """The matches in page order of their triggers; those of one trigger with the longest first, then by rule.

    Of triggers that overlap, that of the longest match stays.
    """
    kept: dict[Pair, list[Match]] = {}
    taken = Stretches()
    for match in sorted(matches, key=lambda match: (-(match.end - match.start), match.start)):
        trigger = _trigger(match)
        if trigger in kept:
            kept[trigger].append(match)
        elif not taken.touching(*trigger):
            taken.add(*trigger)
            kept[trigger] = [match]
    return [kept[trigger] for trigger in sorted(kept)]


def _first_told(
    scene: Scene, rivals: Iterable[Match], earlier: Sequence[Event]
) -> tuple[Event, Place] | tuple[None, None]:
    """The event of the first of the matches of a trigger that tells one: what one rule needs, the next may not."""
    for match in rivals:
        place = _place(scene, match)
        event = _event(scene, place, match, earlier) if place is not None else None
        if place is not None and event is not None:
            return event, place
    return None, None


def _trigger(match: Match) -> Pair:
    return match.span("trigger") or match.span("notice") or (match.start, match.end)


def _event(scene: Scene, place: Place, match: Match, earlier: Sequence[Event]) -> Event | None:
    """The event that the match states, or None where the words around it say that nothing happened."""
    time = counted_on(scene, place, time_of(scene, place, match), earlier)
    if is_unreal(scene, place, match, time):
        return None
    actuality = actuality_of(scene, place, match, time)
    if not is_told(scene, place, match, (actuality, time)):
        return None
    telling = Telling(place, match, time, actuality)
    whole = whole_of(scene, telling, earlier)
    dated = date_of(scene, telling, whole, earlier)
    return _assembled(scene, telling, dated, whole)


def _assembled(scene: Scene, telling: Telling, dated: Dated, whole: Event | None) -> Event:
    place, match, text = telling.place, telling.match, scene.article.text
    inside = dated.words if dated.words and _within(dated.words, place.evidence) else None
    cast = cast_of(scene, place, match)
    evidence, kind = cite(text, *place.evidence), _type(scene, place, match)
    return Event(
        evidence=evidence,
        by=match.rule.id,
        parts=_parts(cast, whole),
        support=_cite_all(text, dated, inside),
        mentions=(evidence.pair, *_in_headline(scene, match)),
        type=kind,
        title=_title(scene, place, inside),
        role=_role(scene, match, kind) if cast.actors else None,
        actors=tuple(dict.fromkeys(named.name for named in cast.actors)),
        recipients=tuple(dict.fromkeys(named.name for named in cast.recipients)),
        object=text[slice(*cast.object)] if cast.object is not None else None,
        place=cast.venue.name if cast.venue is not None else None,
        date=dated.date,
        actuality=telling.actuality,
        trigger_span=cite(text, *place.trigger),
        date_span=cite(text, *inside) if inside else None,
    )


def _in_headline(scene: Scene, match: Match) -> tuple[Pair, ...]:
    """The headline of a notice, which tells of the act that the notice does with a formula: 关于印发《…》的通知."""
    tells = match.rule.fields.get("date") == "own" and scene.cues["headline-of-notice"].search(scene.title)
    return (scene.headline,) if tells and scene.headline is not None else ()


def _type(scene: Scene, place: Place, match: Match) -> str:
    """The type of the rule, or what it is where an organ of the state does it."""
    fields = match.rule.fields
    by_state = fields.get("by_state")
    return by_state if by_state and state_organs_only(scene, place) else fields["type"]  # type: ignore[no-any-return]


def _role(scene: Scene, match: Match, kind: str) -> str | None:
    """What those who act are: by the rule, else by the type."""
    return match.rule.fields.get("role") or scene.settings["roles"].get(kind)  # type: ignore[no-any-return]


def _parts(cast: Cast, whole: Event | None) -> Parts:
    parts = cast.parts
    return {**parts, "sub_event_of": (whole.trigger_span.pair,)} if whole is not None else parts


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
    first = 0 if match.rule.fields.get("reach") == "sentence" else _leading_clause(scene, clauses, number, match)
    if first < number:
        start = clauses[first][0]
    return Place(clauses, number, (start, end), trigger, sentence.block)


def _leading_clause(scene: Scene, clauses: tuple[Pair, ...], number: int, match: Match) -> int:
    """The number of the clause that begins the evidence: of the leading date, of the noun, of the trigger.

    A rule with ``back`` takes in the clause before where nobody is named before the trigger.
    """
    what, trigger = match.span("what"), _trigger(match)
    first = number
    if what is not None and clauses[0][0] <= what[0] < trigger[0]:
        first = clause_number(clauses, what[0])
    elif match.rule.fields.get("back") and number and trigger[0] - clauses[number][0] <= _BARE:
        first = number - 1
    return first - 1 if first and _leads(scene, clauses[first - 1]) else first


def _leads(scene: Scene, clause: Pair) -> bool:
    """Whether a clause is no more than the date of the next one."""
    if clause[1] - clause[0] > _LEAD_LENGTH:
        return False
    covered = sum(time.end - time.start for time in times_between(scene.times, *clause))
    return 2 * covered >= clause[1] - clause[0]


# ---- words


def _title(scene: Scene, place: Place, date_words: Pair | None) -> str:
    """The evidence without the date that leads it; of a long one whole clauses, up to that of the trigger at least."""
    start, end = place.evidence
    if date_words and date_words[0] - start <= 1:
        start = date_words[1]
    if end - start > _TITLE_LENGTH:
        ends = [high for _, high in clauses_between(scene.article.folded, start, end)]
        needed = min((high for high in ends if high >= place.trigger[1]), default=end)
        end = max((high for high in ends if high - start <= _TITLE_LENGTH), default=needed)
        end = max(end, needed)
    title: str = scene.article.text[start:end].strip(scene.settings["title_edges"])
    return title


def _cite_all(text: str, dated: Dated, inside: Pair | None) -> tuple[Span, ...]:
    """What the date was computed from, beside the words that the evidence holds."""
    places = dict.fromkeys((*((dated.words,) if dated.words and not inside else ()), *dated.support))
    return tuple(cite(text, *pair) for pair in places)


def _within(pair: Pair, outer: Pair) -> bool:
    return outer[0] <= pair[0] and pair[1] <= outer[1]
