"""A brief from the rows of ledgers: sections in their order, sentences numbered through, charts."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.books import Books
from mingjian.core.ledger.briefing.charts import events_by_time, targets_by_region, timeline_of
from mingjian.core.ledger.briefing.events import tell_events, watch_events
from mingjian.core.ledger.briefing.footnotes import footnote_of
from mingjian.core.ledger.briefing.gathering import Found, desk_of, gather
from mingjian.core.ledger.briefing.material import Desk, unfolded
from mingjian.core.ledger.briefing.numbers import tell_changes, tell_conflicts
from mingjian.core.ledger.briefing.parts import worded_day
from mingjian.core.ledger.briefing.policies import new_policies, tell_policies, watch_drafts
from mingjian.core.ledger.briefing.quotes import tell_quotes
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.briefing.targets import targets_told, tell_targets, watch_deadlines, watch_tasks
from mingjian.core.model.brief import Brief, Item, Scope, Section, SectionName, Sentence
from mingjian.core.text.folding import fold


def write_brief(books: Books, scope: Scope) -> Brief:
    """The brief that is asked for, from all that the books hold."""
    desk = desk_of(books, scope)
    return brief_of(desk, gather(desk))


def brief_of(desk: Desk, found: Found) -> Brief:
    """The brief that these rows make."""
    settings = brief_settings()
    policies = new_policies(desk, found.policies)
    targets = targets_told(desk, found.targets)
    titles = [title for told in policies if (title := told.row.title.value)]
    told: list[tuple[SectionName, Iterable[Sentence]]] = [
        ("events", tell_events(desk, found.events, titles)),
        ("policies", tell_policies(desk, policies[: settings.limits["policies"]])),
        ("targets", tell_targets(desk, targets)),
        ("numbers", (*tell_changes(desk, found.statistics), *tell_conflicts(desk, found.conflicts))),
        ("quotes", tell_quotes(desk, found.quotes)),
        ("watch", _watched(desk, found, {each.row.id for each in targets})),
    ]
    sections = _sections(desk.books, told)
    events = next((section for section in sections if section.name == "events"), None)
    timeline = timeline_of(events, {each.row.id: each.row for each in found.events})
    charts = (events_by_time(timeline), targets_by_region(targets))
    return Brief(
        title=_title(desk.scope),
        lines=tuple(_lines(desk.scope)),
        sections=sections,
        timeline=timeline,
        charts=tuple(chart for chart in charts if chart is not None),
        remark=settings.brief["remark"],
        scope=desk.scope,
    )


def _watched(desk: Desk, found: Found, said: set[str]) -> Iterable[Sentence]:
    yield from watch_events(desk, found.events)
    yield from watch_drafts(desk, found.policies)
    yield from watch_deadlines(desk, found.targets, said)
    yield from watch_tasks(desk, found.measures)


def _sections(books: Books, told: Iterable[tuple[SectionName, Iterable[Sentence]]]) -> tuple[Section, ...]:
    """The sections that have something to tell; what was said in one is not said again in another."""
    settings = brief_settings()
    sections: list[Section] = []
    said: set[str] = set()
    number = 0
    for name, sentences in told:
        fresh = [(text, each) for each in sentences if (text := _core(each)) not in said]
        most = settings.limits[name] * (2 if name == "policies" else 1)
        kept, left_out = unfolded(fresh, most)
        said.update(map(_core, kept))
        items = tuple(Item(each, footnote_of(books, each, number + at)) for at, each in enumerate(kept, 1))
        number += len(items)
        if items:
            sections.append(Section(name, settings.sections[name], items, left_out))
    return tuple(sections)


def _core(sentence: Sentence) -> str:
    """The words round which a sentence is built, in one script, by which one that says the same is known."""
    return fold(sentence.said or sentence.text)


def _title(scope: Scope) -> str:
    forms = brief_settings().brief
    topic = forms["comma"].join((*scope.regions, *scope.topic))
    return forms["title"].format(topic=topic) if topic else forms["untitled"]


def _lines(scope: Scope) -> Iterable[str]:
    forms = brief_settings().brief
    if scope.topic:
        yield forms["topics"].format(topics=forms["comma"].join(scope.topic))
    if scope.regions:
        yield forms["regions"].format(regions=forms["comma"].join(scope.regions))
    yield forms["period"].format(since=worded_day(scope.since), until=worded_day(scope.until))
    if scope.known:
        yield forms["known"].format(day=worded_day(scope.day))
    yield forms["day"].format(day=worded_day(scope.day))
