"""Whether two mentions tell of one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.events.appointments import judge_appointments, post_of
from mingjian.core.link.things.events.naming import common_part, differ, holds, is_filled_otherwise, normal_name
from mingjian.core.link.things.events.profiles import EventProfile, is_held_often, words_needed
from mingjian.core.link.things.events.scopes import are_of_two_places, may_be_of_two_places
from mingjian.core.link.things.events.times import (
    are_on_one_calendar_day,
    are_on_other_days,
    common,
    gap,
    iso_day,
    year_of,
)
from mingjian.core.link.things.settings import EventSettings, thing_cues, thing_settings
from mingjian.core.link.things.wording import likeness
from mingjian.core.model.things import OPEN, Verdict

_UNDONE = frozenset({"cancelled", "denied"})
SAME_WORDS = Verdict("same", "same-words", 40)
_DAY_WORDS = 8  # weight of being told of one day
_ACTORS = 5  # … and of the same who act


def judge_events(first: EventProfile, second: EventProfile) -> Verdict:
    """What two mentions are to each other; symmetric."""
    settings = thing_settings().events
    apart = _kept_apart(first, second, settings)
    if apart is not None:
        return apart
    if (first.actuality in _UNDONE) != (second.actuality in _UNDONE):
        return OPEN
    if not first.names or not second.names:
        return _by_words(first, second, settings)
    kind = first.type if first.type in settings.documents else first.family
    return _BY_FAMILY.get(kind, _of_objects)(first, second, settings)


# ---- what keeps two apart


def _kept_apart(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict | None:
    """Why two are not one, whatever else they share; what nothing tells from others is not judged."""
    if first.family != second.family:
        return Verdict("apart", "other-type", 0, (first.type, second.type))
    if first.page is not None or second.page is not None:
        return OPEN
    editions = differ(first.editions, second.editions)
    if editions:
        return Verdict("apart", "other-edition", 0, editions)
    if are_on_other_days(first.told, second.told) or not _may_be_one_time(first, second, settings):
        return Verdict("apart", "other-time", 0, (_days(first), _days(second)))
    return _done_by_or_to_others(first, second, settings)


def _done_by_or_to_others(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict | None:
    if _are_of_two_regions(first, second):
        return Verdict("apart", "other-issuer", 0, (*first.regions, *second.regions))
    if first.type in settings.done_to and _are_done_to_others(first, second):
        words = (*first.others, *first.people, *second.others, *second.people)
        return Verdict("apart", "other-actors", 0, words)
    return None


def _may_be_one_time(first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    missed = gap(first.told, second.told)
    if missed == 0:
        return True
    if not _named_alike(first, second):
        return False
    if first.family == "release":
        return missed <= settings.clocks
    slack = max(settings.slack.get(each.type, 0) for each in (first, second))
    return missed <= slack and _give_days(first, second, settings)


def _named_alike(first: EventProfile, second: EventProfile) -> bool:
    return any(holds(one, other) for one in first.names for other in second.names)


def _are_of_two_regions(first: EventProfile, second: EventProfile) -> bool:
    """Whether those who act belong to places of which neither lies in the other."""
    if not first.regions or not second.regions or set(first.actors) & set(second.actors):
        return False
    return not any(lies_in(one, other) or lies_in(other, one) for one in first.regions for other in second.regions)


def _are_at_two_places(first: EventProfile, second: EventProfile) -> bool:
    one, other = first.place, second.place
    return bool(one and other and not (lies_in(one, other) or lies_in(other, one)))


# ---- who acts


def _share_actor(first: EventProfile, second: EventProfile) -> bool:
    """Whether one who acts does in both, under its name or a part of it (国务院办公厅), or in words."""
    if any(one.startswith(other) or other.startswith(one) for one in first.actors for other in second.actors):
        return True
    return _names_actor(first, second) or _names_actor(second, first)


def _names_actor(first: EventProfile, second: EventProfile) -> bool:
    """Whether the words of one name who acts in the other, whom its page does not know to be anybody."""
    least = thing_settings().events.telling
    return not second.actors and any(
        len(actor) >= least and normal_name(actor) in second.words for actor in first.actors
    )


def _may_share_actor(first: EventProfile, second: EventProfile) -> bool:
    return not first.actors or not second.actors or _share_actor(first, second)


def _are_done_to_others(first: EventProfile, second: EventProfile) -> bool:
    """Whether it is done to some in the one and to others in the other: one office fines two firms on one day."""
    ones, others = ({*each.others, *each.people} for each in (first, second))
    return bool(ones and others) and not ones & others


def _name_one_company(first: EventProfile, second: EventProfile) -> bool:
    """Whether all people that the one names are named in the other: a host may meet two guests on one day."""
    ones, others = set(first.people), set(second.people)
    return ones <= others or others <= ones


def _are_of_two_ranks(first: EventProfile, second: EventProfile) -> bool:
    """Whether a place's organ acts in the one and a body of no place in the other, none in both."""
    return bool(first.actors and second.actors) and bool(first.regions) != bool(second.regions)


def _are_of_one_cast(first: EventProfile, second: EventProfile) -> bool:
    """Whether all who act in the one act in the other: a host may meet two guests on one day."""
    ones, others = set(first.actors), set(second.actors)
    return ones <= others or others <= ones


# ---- when


def _days(profile: EventProfile) -> str:
    return f"{iso_day(profile.told.first) or '…'}/{iso_day(profile.told.last) or '…'}"


def _on_one_day(first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    """Whether both give a day, and the same."""
    return _give_days(first, second, settings) and gap(first.told, second.told) == 0


def _give_days(first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    days = (first.told.days, second.told.days)
    return all(each is not None and each <= settings.exact_days for each in days)


def _in_one_year(first: EventProfile, second: EventProfile) -> bool:
    """Whether both are dated by words within one year, or bear the same."""
    if any(one in second.editions for one in first.editions):
        return True
    year = year_of(first.told)
    return year is not None and year == year_of(second.told) and not (first.told.soft or second.told.soft)


def _weight(base: int, first: EventProfile, second: EventProfile, settings: EventSettings) -> int:
    return (
        base
        + _DAY_WORDS * _on_one_day(first, second, settings)
        + _ACTORS * _share_actor(first, second)
        + int(first.names == second.names)
    )


# ---- families


def _of_documents(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """One document, one thing done with it; titles that come back need the year, short ones who acts."""
    shared = next((one for one in first.names for other in second.names if _is_one_title(one, other, settings)), None)
    if shared is None:
        return Verdict("apart", "other-document", 0, (first.names[0], second.names[0]))
    known_by = not (len(shared) < settings.generic or _are_of_two_ranks(first, second))
    comes_back = thing_cues()["yearly"].search(shared) and not _in_one_year(first, second)
    if comes_back or not (known_by or _share_actor(first, second)):
        return OPEN
    return Verdict("same", "same-document", _weight(90, first, second, settings), (shared,))


def _is_one_title(one: str, other: str, settings: EventSettings) -> bool:
    """Whether two titles are one: equal, or the one without the words that the other begins with, or its years."""
    if one == other:
        return True
    bare = [thing_cues()["years"].sub("", title) for title in (one, other)]
    one_bears_years = (bare[0] == one) != (bare[1] == other)
    short, long = sorted(bare if one_bears_years else (one, other), key=len)
    return len(short) >= settings.certain and long.endswith(short) and len(long) - len(short) <= settings.prefixed


def _of_gatherings(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """A meeting by its name; what is held again and again needs the day, what comes every year the year."""
    shared, on_one_day = _shared_name(first, second, settings), _on_one_day(first, second, settings)
    if shared is None:
        return _by_words(first, second, settings) if on_one_day else _unlike(first, second, settings)
    if _are_at_two_places(first, second):
        return Verdict("apart", "other-place", 0, (first.place or "", second.place or ""))
    if are_of_two_places(first.scope, second.scope):
        return Verdict("apart", "other-issuer", 0, tuple(each.scope.sphere for each in (first, second) if each.scope))
    if thing_cues()["frequent"].search(shared):
        sits = any(normal_name(actor) == shared for actor in (*first.actors, *second.actors))
        sitting = on_one_day and (sits or _may_share_actor(first, second))
        reason, base, known = "same-sitting", 70, sitting
    else:
        reason, base, known = "same-meeting", 80, _is_known_meeting(shared, first, second, settings)
    if known:
        return Verdict("same", reason, _weight(base, first, second, settings), (shared, _days(first)))
    return _by_words(first, second, settings)


def _is_known_meeting(shared: str, first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    """Whether the name that two share tells which meeting it is."""
    on_one_day = _on_one_day(first, second, settings)
    if not on_one_day and may_be_of_two_places(first.scope, second.scope):
        return False
    comes_back = thing_cues()["yearly"].search(shared) or _is_one_of_row(first, second)
    if comes_back and not on_one_day and not _in_one_year(first, second):
        return False
    same_edition = bool(set(first.editions) & set(second.editions))
    certain = len(shared) >= settings.certain or on_one_day or same_edition
    if not certain and not _share_actor(first, second):
        return False
    return same_edition or not (first.told.is_open and second.told.is_open)


def _is_one_of_row(first: EventProfile, second: EventProfile) -> bool:
    """Whether one says which of a row it is, and the other does not."""
    return bool(first.editions) != bool(second.editions)


def _shared_name(first: EventProfile, second: EventProfile, settings: EventSettings) -> str | None:
    """The shorter of two names of which one holds the other, whichever of a row both say: a short one says little."""
    for one in map(common_part, first.names):
        for other in map(common_part, second.names):
            short, long = sorted((one, other), key=len)
            near = len(short) >= settings.certain or len(long) - len(short) <= settings.prefixed
            if len(short) >= settings.telling and near and holds(short, long):
                return short
    return None


def _of_programmes(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """All that is said of one programme while its dates agree; a launch of each year is another."""
    shared = _shared_name(first, second, settings)
    if shared is None:
        return _unlike(first, second, settings)
    if len(shared) < settings.generic and not _share_actor(first, second):
        return OPEN
    return Verdict("same", "same-programme", _weight(75, first, second, settings), (shared,))


def _of_objects(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """The same done with one named thing at one time."""
    shared = _shared_name(first, second, settings)
    if shared is None:
        return _unlike(first, second, settings)
    if _have_other_figures(first, second):
        return Verdict("apart", "other-figures", 0, (*first.figures, *second.figures))
    if _are_at_two_places(first, second):
        return Verdict("apart", "other-place", 0, (first.place or "", second.place or ""))
    certain = len(shared) >= _needed(first, second, settings)
    by_actor = _share_actor(first, second) or (certain and _may_share_actor(first, second))
    dated = not (first.told.is_open and second.told.is_open) or first.names == second.names
    if not by_actor or not dated:
        return OPEN
    return Verdict("same", "same-object", _weight(60, first, second, settings), (shared,))


def _of_posts(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """Who is named to which post; where no post is told (a country takes the chair), as any other object."""
    told = post_of(first.words)[1] and post_of(second.words)[1]
    return (judge_appointments if told else _of_objects)(first, second, settings)


def _needed(first: EventProfile, second: EventProfile, settings: EventSettings) -> int:
    """How many characters a shared name needs to be known by: fewer on one day, or where all of it is the same."""
    if _on_one_day(first, second, settings):
        return settings.telling if set(first.editions) & set(second.editions) else settings.generic
    days = common(first.told, second.told).days
    near = days is not None and days <= settings.one_of_its_kind
    return settings.full_name if near and first.names == second.names else settings.certain


def _unlike(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """What two are whose names do not agree: of two things where these are unlike."""
    alike = max(likeness(one, other) for one in first.names for other in second.names)
    certain = min(map(len, (*first.names, *second.names))) >= settings.certain
    if alike < (settings.unlike_certain if certain else settings.unlike):
        return Verdict("apart", "other-name", 0, (first.names[0], second.names[0]))
    return OPEN


# ---- words


def _by_words(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """The same words at one time: for what has no name, or one that is borne again and again."""
    if _have_other_figures(first, second) or not _may_share_actor(first, second):
        return OPEN
    filled_otherwise = is_filled_otherwise(first.words, second.words, settings.filled)
    if filled_otherwise or not _name_one_company(first, second):
        return OPEN
    if min(len(first.words), len(second.words)) < settings.least_words:
        return OPEN
    alike, together = likeness(first.words, second.words), _share_actor(first, second)
    if _on_one_day(first, second, settings) or are_on_one_calendar_day(first.told, second.told):
        if together and alike >= (settings.alike_on_day if _are_of_one_cast(first, second) else settings.nearly_equal):
            return Verdict("same", "same-day-actor", _weight(45, first, second, settings), (_days(first),))
        return SAME_WORDS if first.words == second.words else OPEN
    return SAME_WORDS if _are_one_sentence(first, second, settings) else OPEN


def _are_one_sentence(first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    """Whether both are told in the same words, long enough, at a time that may be one; none that is held often is."""
    days = common(first.told, second.told).days
    near = days is not None and days <= settings.soft_days
    undated = first.told.is_undated or second.told.is_undated
    if first.type in settings.documents or is_held_often(first, settings):
        return False
    if any(len(each.words) < words_needed(each, settings) for each in (first, second)):
        return False
    if first.words == second.words:
        return near or undated or first.told == second.told
    return near and not undated and _share_actor(first, second) and _are_alike(first, second, settings)


def _are_alike(first: EventProfile, second: EventProfile, settings: EventSettings) -> bool:
    return likeness(first.words, second.words) >= settings.alike


def _have_other_figures(first: EventProfile, second: EventProfile) -> bool:
    return bool(first.figures and second.figures) and not set(first.figures) & set(second.figures)


_BY_FAMILY: Mapping[str, Callable[[EventProfile, EventProfile, EventSettings], Verdict]] = {
    "policy_issue": _of_documents,
    "policy_adopt": _of_documents,
    "policy_draft": _of_documents,
    "policy_interpretation": _of_documents,
    "standard_release": _of_documents,
    "report_release": _of_documents,
    "gathering": _of_gatherings,
    "press": _of_gatherings,
    "programme_launch": _of_programmes,
    "appointment": _of_posts,
    "leaves": _of_posts,
}
