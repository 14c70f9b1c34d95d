"""What of an event mention decides which event it tells of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from mingjian.core.link.things.events.carrying import document_meant, documents_of, only_site, site_name
from mingjian.core.link.things.events.naming import (
    document_name,
    editions_of,
    figures_of,
    is_name,
    is_title,
    normal_name,
    programme_name,
    titles_in,
)
from mingjian.core.link.things.events.scopes import Scope, scope_of
from mingjian.core.link.things.events.times import Told, told_by
from mingjian.core.link.things.events.titles import Naming, event_title
from mingjian.core.link.things.linking import Profiled
from mingjian.core.link.things.settings import EventSettings, thing_cues, thing_settings
from mingjian.core.link.things.titles import number_of
from mingjian.core.model.facts import Event, Policy
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.model.things import PageCard
from mingjian.core.text.folding import fold

_NAMED = 3  # who acts, in the name of what is done with a document
_VALIDITY = (("in_force", "in-force"), ("repealed", "repealed"))  # families of what makes a document valid or not
_BESIDE = 6  # characters round an object in which its number or year may stand: 2024年《…, “…行动”第七季


class EventProfile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A mention of an event as it is compared.

    ``family`` is the type, or what types that are confused have in common; ``words`` the telling without its date;
    ``names`` what it is about (titles of documents, names of meetings, programmes, products …); ``actors`` and
    ``others`` (to whom it is done) canonical names;
    ``people`` are all who are named; ``regions`` codes of the actors; ``scope`` is the place with which the name of a
    meeting begins; ``page`` is set where nothing could tell this event from others that are told in such words.
    """

    called: str
    type: str
    family: str
    words: str
    names: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    place: str | None = None
    scope: Scope | None = None
    figures: tuple[str, ...] = ()
    told: Told = Told(None, None, soft=True)
    actuality: str = "realised"
    page: str | None = None


class _Known(msgspec.Struct, frozen=True):
    """What else the page says: documents and people by place, codes of bodies and places by name, its one site."""

    page: PageCard
    policies: tuple[Policy, ...]
    people: Sequence[tuple[Pair, str]]
    regions: Mapping[str, str]
    site: str | None
    documents: tuple[str, ...]


def event_profiles(page: PageCard, record: Record) -> Iterator[Profiled[EventProfile]]:
    """The events of a page."""
    for event, profile in zip(record.events, profiles_of(record.events, page, record), strict=True):
        yield Profiled(event, profile)


def profiles_of(events: Iterable[Event], page: PageCard, record: Record) -> Iterator[EventProfile]:
    """The profiles of some events of a page, one each."""
    codes = dict(page.regions)
    for body in record.organisations:
        if body.region is not None:
            codes.update({name: body.region for name in (body.name, body.canonical) if name})
    people = sorted((pair, person.name) for person in record.people for pair in person.mentions)
    known = _Known(page, record.policies, people, codes, only_site(record), documents_of(record))
    for event in events:
        yield _profile(event, known)


def _profile(event: Event, known: _Known) -> EventProfile:
    settings = thing_settings().events
    page = known.page
    titles = _titles(event, known) if event.type in settings.documents else ()
    scope, names = _documents(event, titles, known) if titles else _names(event, known)
    actors = _canonical(event.actors, page)
    compared = f"{'、'.join(actors[:_NAMED])}{event.trigger_span.text}{''.join(f'《{title}》' for title in titles)}"
    profile = EventProfile(
        called=_called(event, known, titles),
        type=event.type,
        family=family_of(event),
        words=normal_name(compared if titles else _undated(event)),
        names=names,
        editions=_editions(event, names),
        actors=actors,
        others=_canonical(event.recipients, page),
        people=() if titles else _people_in(event.evidence.pair, known),
        regions=tuple(sorted({known.regions[name] for name in (*event.actors, *actors) if name in known.regions})),
        place=known.regions.get(event.place or ""),
        scope=scope,
        figures=() if titles else figures_of(_undated(event)),
        told=told_by(event, page),
        actuality=event.actuality,
    )
    return profile if is_told_apart(profile) else msgspec.structs.replace(profile, page=page.id)


def family_of(event: Event) -> str:
    """The type, or what types that are confused have in common; to take effect is not to be issued.

    What is done with a facility or a document in steps is another event at each: begun and opened, passed and approved.
    """
    settings = thing_settings().events
    if event.type in settings.documents:
        told = fold(event.trigger_span.text)
        for family, cue in _VALIDITY:
            if thing_cues()[cue].fullmatch(told):
                return family
    step = settings.steps.get(event.type)
    if step is not None and thing_cues()[step].search(fold(event.trigger_span.text)):
        return step
    return settings.families.get(event.type, event.type)


def is_told_apart(profile: EventProfile) -> bool:
    """Whether anything tells this event from others of its type: a name, or words enough and who acts or when."""
    settings = thing_settings().events
    if profile.told.is_undated and is_held_often(profile, settings):
        return False
    return bool(profile.names) or len(profile.words) >= words_needed(profile, settings)


def is_held_often(profile: EventProfile, settings: EventSettings) -> bool:
    """Whether it is a meeting such as the same body holds again and again."""
    return profile.type in settings.gatherings and thing_cues()["frequent"].search(profile.words) is not None


def words_needed(profile: EventProfile, settings: EventSettings) -> int:
    """How many characters tell an event that has no name: fewer of them with a day, or a number, and who acts."""
    days = profile.told.days
    on_a_day = days is not None and days <= settings.exact_days
    return settings.least_words if profile.actors and (on_a_day or profile.figures) else settings.enough_words


def _called(event: Event, known: _Known, titles: tuple[str, ...]) -> str:
    """What it is called, with the full titles and the issuers that the page gives of what is done with a document."""
    page, printed = known.page, titles_in(event.evidence.text)
    titles = tuple(title for title in titles if title in printed or any(title == one.title for one in known.policies))
    issuers = dict.fromkeys(name for policy in known.policies if policy.title in titles for name in policy.issuer)
    naming = Naming(
        page.title,
        titles,
        tuple(dict.fromkeys(page.called.get(name, name) for name in issuers)),
        lambda name: page.called.get(name, name),
        dict(page.regions),
    )
    return event_title(event, naming).words


def _canonical(names: tuple[str, ...], page: PageCard) -> tuple[str, ...]:
    return tuple(sorted({page.called.get(name, name) for name in names}))


def _people_in(stretch: Pair, known: _Known) -> tuple[str, ...]:
    """Who is named between two places."""
    first = bisect_left(known.people, stretch[0], key=_start)
    last = bisect_left(known.people, stretch[1], first, key=_start)
    return tuple(sorted({name for _, name in known.people[first:last]}))


def _start(person: tuple[Pair, str]) -> int:
    return person[0][0]


def _undated(event: Event) -> str:
    """The words of the evidence without those of its date."""
    text, date = event.evidence.text, event.date_span
    if date is None or date.layer != event.evidence.layer:
        return text
    start, end = date.start - event.evidence.start, date.end - event.evidence.start
    return text[:start] + text[end:] if 0 <= start < end <= len(text) else text


def _documents(event: Event, titles: tuple[str, ...], known: _Known) -> tuple[None, tuple[str, ...]]:
    """The titles as they are compared, with the number of the document where the words that tell the event give it."""
    start, end = event.evidence.pair
    numbers = {
        number
        for policy in known.policies
        for low, high in policy.parts.get("doc_no", ())
        if start <= low and high <= end and (number := number_of(policy.doc_no)) is not None
    }
    return None, (*filter(None, map(document_name, titles)), *(numbers if len(numbers) == 1 else ()))


def _names(event: Event, known: _Known) -> tuple[Scope | None, tuple[str, ...]]:
    """What the event is about, as it is compared, and the place with which the name of a meeting begins."""
    settings = thing_settings().events
    if event.type in settings.documents:
        return None, ()
    if event.type in settings.gatherings:
        return _gathering(event, known.page)
    people = _named_to_post(event, known) if event.type in settings.posts else ()
    if people or event.object is None:
        return None, people
    if event.type in settings.sites:
        name = site_name(event.object, known.site)
        return None, (name,) if is_name(name) else ()
    words = thing_cues()["sum-before"].sub("", event.object)
    if not is_name(words):
        return None, ()
    return None, (programme_name(words),) if event.type in settings.programmes else _coined(words)


def _named_to_post(event: Event, known: _Known) -> tuple[str, ...]:
    """Who takes or leaves a post: the people of the words, else the name before the word for what somebody is made."""
    people = _people_in(event.evidence.pair, known)
    made = None if people else thing_cues()["made"].match(fold(event.object or ""))
    return people if made is None else (made["name"],)


def _gathering(event: Event, page: PageCard) -> tuple[Scope | None, tuple[str, ...]]:
    """The name of a meeting: what is held, or what is said to act where that is a meeting."""
    if event.object is not None and is_name(event.object):
        name = normal_name(thing_cues()["of-row"].sub("", event.object + _going_on(event)))
        scope, rest = scope_of(name, page)
        return scope, (rest,)
    return None, tuple(normal_name(name) for name in event.actors if _is_held(name) and is_name(name))


def _coined(words: str) -> tuple[str, ...]:
    """The name of a thing, and the coined name within it, whole and without the maker's: “X·观山2.0”."""
    coined = thing_cues()["coined"].search(words)
    parts = () if coined is None else tuple(filter(is_name, coined.group("whole", "last")))
    return tuple(dict.fromkeys(map(normal_name, (words, *parts))))


def _going_on(event: Event) -> str:
    """What follows the object where the name goes on: …大会, …大会乌镇峰会."""
    text, name = event.evidence.text, event.object or ""
    found = thing_cues()["goes-on"].match(text, text.find(name) + len(name)) if name in text else None
    return found.group() if found is not None else ""


def _is_held(name: str) -> bool:
    cues = thing_cues()
    return cues["gathering"].search(name) is not None and cues["body"].search(name) is None


def _titles(event: Event, known: _Known) -> tuple[str, ...]:
    """The document under its full title where the page gives one, else the titles in the words that tell the event."""
    for pair in event.parts.get("object", ()):
        policy = _policy_at(pair, known)
        if policy is not None:
            return (policy.title,) if is_title(policy.title) or policy.doc_no else ()
    titles, settings = titles_in(event.evidence.text), thing_settings().events
    if event.object is None:
        named = tuple(title for title in titles if is_title(title))
        only = known.documents if len(known.documents) == 1 and family_of(event) in settings.unnamed else ()
        return named or only
    done_to = event.parts.get("object", ((event.trigger_span.start, 0),))[0][0] < event.trigger_span.start
    meant = document_meant(event.object, known.documents, bare=done_to or family_of(event) != "release")
    if meant is not None:
        return (meant,)
    title = event.object.strip("《》")
    return (title,) if (is_title(title) if title in titles else is_name(title)) else ()


def _policy_at(pair: Pair, known: _Known) -> Policy | None:
    """The document that the page names at this place."""
    for policy in known.policies:
        for start, end in (policy.evidence.pair, *policy.mentions):
            if start <= pair[0] and pair[1] <= end:
                return policy
    return None


def _editions(event: Event, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of a row: told in the name, or by the words right beside it."""
    if not names:
        return ()
    text = event.evidence.text
    place = text.find(event.object) if event.object is not None else -1
    around = text[max(0, place - _BESIDE) : place + len(event.object or "") + _BESIDE] if place >= 0 else ""
    return editions_of(f"{around} {' '.join(names)}")
