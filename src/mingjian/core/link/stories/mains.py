"""What a page is about: the event that its headline and its first sentences tell as news, the document that it is."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from mingjian.core.link.stories.openings import characters_before
from mingjian.core.link.stories.settings import MainSettings, story_cues, story_settings
from mingjian.core.link.things.alone import settled
from mingjian.core.link.things.events.judging import judge_events
from mingjian.core.link.things.events.keys import event_keys
from mingjian.core.link.things.events.naming import document_name, is_filled_otherwise, normal_name
from mingjian.core.link.things.events.profiles import EventProfile, profiles_of
from mingjian.core.link.things.events.times import Told, day_number, gap
from mingjian.core.link.things.policies import PolicyProfile, policy_linking, policy_profile
from mingjian.core.link.things.settings import thing_settings
from mingjian.core.model.facts import Event, Policy
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict
from mingjian.core.text.folding import fold

_POLICIES = policy_linking()
_EVENT, _DOCUMENT = 600, 550  # least weights of two pages that are about one event, and about one document


class Main(msgspec.Struct, frozen=True, kw_only=True):
    """What a page is about.

    ``out`` are the days on which it may have come out; ``event`` is the event that it tells, ``document`` the one that
    it is (``is_document``), or which its event made known.
    """

    out: Told
    event: EventProfile | None = None
    document: PolicyProfile | None = None
    is_document: bool = False


def main_of(page: PageCard, record: Record) -> Main:
    """What the page is about."""
    event = _main_event(page, record)
    own = _own_document(page, record)
    document = own or (None if event is None else _document_of(event, record))
    return Main(
        out=Told(day_number(page.published_from), day_number(page.published_to)),
        event=event,
        document=None if document is None else settled(policy_profile(document, page), page, _POLICIES.judge),
        is_document=own is not None,
    )


def _main_event(page: PageCard, record: Record) -> EventProfile | None:
    """The event that the headline tells, as the opening says it; where it tells none, the first that the lead does.

    ``None`` where neither tells one as news: what is mentioned beside, or long past, is not what a page is about. A
    tally of many events is about none, and so is a document that names others on which it rests.
    """
    settings = story_settings().main
    opening = [
        event for event in record.events if characters_before(event.evidence.start, record.body) <= settings.opening
    ]
    if _is_tally(opening, record) or _passes_on(record):
        return None
    news = [one for one in zip(opening, profiles_of(opening, page, record), strict=True) if _is_news(*one, page)]
    entitled = _entitled(news, record, settings)
    if entitled is not None or page.is_document:
        return entitled
    return next((profile for event, profile in news if _leads(event, profile, record)), None)


def _passes_on(record: Record) -> bool:
    """Whether the headline says that a document of others is passed on: its issue is not what the page is about."""
    return isinstance(record.title, Cited) and story_cues()["passes-on"].search(fold(record.title.value)) is not None


def _leads(event: Event, profile: EventProfile, record: Record) -> bool:
    """Whether the lead tells the event for its own sake: what it gives no date must stand at its beginning."""
    settings = story_settings().main
    most = settings.undated_lead if event.date.text is None else settings.lead
    if characters_before(event.evidence.start, record.body) > most:
        return False
    return not _is_aside(event) and not _is_occasion(profile)


def _is_tally(opening: Sequence[Event], record: Record) -> bool:
    """Whether the page tells many events: by its type, behind labels, or each under a heading of its own."""
    settings = story_settings().main
    if record.doc_type in settings.tallies:
        return True
    if sum(story_cues()["label"].match(event.evidence.text) is not None for event in opening) >= settings.labelled:
        return True
    headings = [block.start for block in record.body if block.role == "heading"]
    dated = (event for event in record.events if event.date_span is not None and event.sub_event_of is None)
    sections = {bisect(headings, event.evidence.start) for event in dated if event.actuality == "realised"}
    return len(sections) >= settings.sections


def _is_aside(event: Event) -> bool:
    """Whether the event only says which meeting or document is spoken of: 昨天召开的会议…."""
    start = event.trigger_span.end - event.evidence.start
    return story_cues()["aside"].match(fold(event.evidence.text), start) is not None


def _is_news(event: Event, profile: EventProfile, page: PageCard) -> bool:
    """Whether the page tells the event as something that has just happened, or will."""
    settings = story_settings().main
    if profile.page is not None or event.actuality in settings.untold:
        return False
    told, published = profile.told, day_number(page.published_to)
    if event.date.text is None:
        return True
    if told.first is None or published is None:
        fresh = story_cues()["fresh"].search(fold(event.date.text)) is not None
        exact = told.days is not None and told.days <= thing_settings().events.exact_days
        return fresh or (exact and published is None)
    return told.first >= published - settings.news_days


def _is_occasion(profile: EventProfile) -> bool:
    """Whether it is held so that something else can be told: 新闻发布会."""
    return any(story_cues()["occasion"].search(name) for name in profile.names)


def _names_nothing(profile: EventProfile) -> bool:
    """Whether it is an occasion of which not even the name says what for."""
    short = max(map(len, profile.names), default=0) < thing_settings().events.certain
    return short and _is_occasion(profile)


def _entitled(
    news: Sequence[tuple[Event, EventProfile]], record: Record, settings: MainSettings
) -> EventProfile | None:
    """The event whose words the headline has most of, the first of equals."""
    title = _pairs(record.title.value) if isinstance(record.title, Cited) else frozenset()
    if not title:
        return None
    named = [one for one in news if not _names_nothing(one[1])]
    shares = [(len(title & _pairs(event.evidence.text)) / len(title), -at) for at, (event, _) in enumerate(named)]
    share, at = max(shares, default=(0.0, 0))
    return named[-at][1] if share >= settings.entitled else None


def _pairs(words: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(normal_name(words))))


def _own_document(page: PageCard, record: Record) -> Policy | None:
    """The document of which a page is the text: the one that its headline names, unless it says something of it."""
    if not page.is_document or not isinstance(record.title, Cited):
        return None
    headline = fold(record.title.value)
    if story_cues()["on-document"].search(headline):
        return None
    title = normal_name(headline)
    return next((one for one in record.policies if document_name(one.title) in title), None)


def _document_of(event: EventProfile, record: Record) -> Policy | None:
    """The document that the event makes known."""
    if event.family != story_settings().main.made_known:
        return None
    return next((one for one in record.policies if document_name(one.title) in event.names), None)


def main_keys(main: Main) -> Iterator[str]:
    """By what pages find one another that are about one thing."""
    if main.event is not None:
        yield from (f"event:{key}" for key in event_keys(main.event))
    if main.document is not None:
        yield from (f"document:{key}" for key in _POLICIES.keys(main.document))


def judge_mains(first: Main, second: Main) -> Verdict:
    """Whether two pages are about one event, or about one document, of which one is the text; ``apart``: about two."""
    settings, missed = story_settings().main, gap(first.out, second.out)
    if missed <= settings.apart_days and first.event is not None and second.event is not None:
        found = judge_events(first.event, second.event)
        if found.holds == "same" and found.reason not in settings.weak and _is_one_news(first.event, second.event):
            return Verdict("same", "same-main-event", _EVENT + found.weight, found.on)
        if found.holds == "apart" and _are_dated_alike(first.event, second.event):
            return Verdict("apart", found.reason, 0, found.on)
    if missed <= settings.document_days and _is_text_of(first, second):
        return Verdict("same", "same-main-document", _DOCUMENT)
    return OPEN


def _is_text_of(first: Main, second: Main) -> bool:
    """Whether one page is the text of the document, draft or not, that the other says was issued."""
    one, other = first.document, second.document
    if one is None or other is None or first.is_document == second.is_document or one.draft != other.draft:
        return False
    return _POLICIES.judge(one, other).holds == "same"


def _are_dated_alike(first: EventProfile, second: EventProfile) -> bool:
    """Whether both are of one kind and dated by words: else one may be what a page tells beside."""
    return first.family == second.family and not first.told.soft and not second.told.soft


def _is_one_news(first: EventProfile, second: EventProfile) -> bool:
    """Whether both tell the same of one event: what is to come or what was, one day of it, the same guests."""
    ones, others = set(first.people), set(second.people)
    planned = [event.actuality == "planned" for event in (first, second)]
    if planned[0] != planned[1] or gap(first.told, second.told) or not (ones <= others or others <= ones):
        return False
    return first.type not in thing_settings().events.gatherings or not _have_other_guests(first, second)


def _have_other_guests(first: EventProfile, second: EventProfile) -> bool:
    """Whether two tellings of a meeting begin and end alike, and differ only in who comes: a host meets two guests."""
    ends = [(event.words[:1], event.words[-1:]) for event in (first, second)]
    return ends[0] == ends[1] and is_filled_otherwise(first.words, second.words, story_settings().main.guests)
