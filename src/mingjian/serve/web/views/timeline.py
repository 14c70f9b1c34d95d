"""The timeline: what happened and what is due, in lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from http import HTTPStatus
from itertools import islice
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from mingjian.brief.wording import ledger_value_label
from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.model.ledger.rows import EventRow, TargetRow
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.forms import check_field, form_of, text_field
from mingjian.serve.web.links import thing_href
from mingjian.serve.web.listings import tone_of
from mingjian.serve.web.parts import Badge, Message, Pager, Tone
from mingjian.serve.web.queries import QUESTION, Query, query_of, question_of
from mingjian.serve.web.views.ledgers import not_understood
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_AT_ONCE, _MOST_TARGETS = 150, 80
_PLACE = "from"
_LANES = 6
_FIELDS = ("words", "region", "technology", "since", "until")
_FOLDED = ("industry", "issuer", "source")
_AHEAD = timedelta(days=3 * 365)


class TimedItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something on the timeline: the ISO days between which it happened or is due, its lane, where it leads."""

    lane: str
    start: str
    end: str
    label: str
    href: str
    badge: Badge | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the timeline: its items, how many events stand in it and are there in all, and the deadlines left out.

    ``events`` are those from which it was made, dated or not; ``total`` and ``left_out`` are nothing where that is not
    known without making all rows. ``since`` and ``until`` are the days between which deadlines were asked for.
    """

    items: tuple[TimedItem, ...]
    events: int
    more: bool
    total: int | None
    left_out: int | None
    since: str | None
    until: str | None


class TimelineController(Controller):
    """The timeline."""

    path = "/timeline"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def timeline(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show what happened and what is due."""
        query = query_of(request, {*QUESTION, _PLACE})
        messages: tuple[Message, ...] = ()
        offset = 0
        try:
            offset = query.number(_PLACE, 0)
            shown = _remembered(workspace, question_of(query), offset)
        except QuestionError as error:
            messages, shown = (not_understood(error),), _remembered(workspace, Question(), 0)
        query = query.without({_PLACE})
        items = shown.items
        page = answer(
            request,
            "timeline.html.j2",
            "events",
            title=str(word("timeline.title")),
            form=form_of(
                query,
                (*(text_field(query, name) for name in _FIELDS), check_field(query, "all")),
                tuple(text_field(query, name) for name in _FOLDED),
            ),
            items=items,
            drawn=drawn(items, lanes_of(items)),
            events=query.at("/events"),
            pager=_pager(query, shown, offset),
            left_out=shown.left_out,
            targets=query.at("/targets", since=shown.since or "", until=shown.until or ""),
            messages_=messages,
        )
        if messages:
            page.status_code = HTTPStatus.BAD_REQUEST
        return page


def _remembered(workspace: Workspace, question: Question, offset: int) -> Shown:
    today = workspace.today()
    return workspace.of_question(("timeline", offset), question, lambda: [_shown(workspace, question, today, offset)])[
        0
    ]


def _shown(workspace: Workspace, question: Question, today: str, offset: int) -> Shown:
    """So many of the events that answer, the last first, and the deadlines of the time that they span.

    With the last events come the deadlines of three years to come.
    """
    with workspace.books() as books:
        events = list(islice(rows_answering(books, "events", question, today), offset, offset + _AT_ONCE + 1))
        more, events = len(events) > _AT_ONCE, events[:_AT_ONCE]
        found = [item for row in events if isinstance(row, EventRow) and (item := event_item(row)) is not None]
        due = _due(question, found, today, offset)
        targets = list(islice(rows_answering(books, "targets", due, today), _MOST_TARGETS))
        found += [item for row in targets if isinstance(row, TargetRow) and (item := target_item(row)) is not None]
        every = count_answering(books, "targets", due, today)
        total = count_answering(books, "events", question, today)
    return Shown(
        items=tuple(sorted(found, key=lambda item: (item.end, item.start, item.label), reverse=True)),
        events=len(events),
        more=more,
        total=total,
        left_out=None if every is None else every - len(targets),
        since=due.since,
        until=due.until,
    )


def _due(question: Question, events: Sequence[TimedItem], today: str, offset: int) -> Question:
    """The deadlines that stand beside events: of the time that they span, and of what is to come beside the last."""
    first = min((item.start for item in events), default=None)
    last = max((item.end for item in events), default=None)
    ahead = (date.fromisoformat(today) + _AHEAD).isoformat()
    until = question.until or (last if offset else ahead)
    return msgspec.structs.replace(question, since=question.since or first, until=until)


def _pager(query: Query, shown: Shown, offset: int) -> Pager | None:
    """Which events are shown of how many, and the way to those before and behind; nothing where all are."""
    if not offset and not shown.more:
        return None
    before = max(0, offset - _AT_ONCE)
    return Pager(
        first=offset + 1,
        last=offset + shown.events,
        total=shown.total,
        earlier=query.at(query.path, **({_PLACE: str(before)} if before else {})) if offset else None,
        later=query.at(query.path, **{_PLACE: str(offset + _AT_ONCE)}) if shown.more else None,
    )


def event_item(row: EventRow) -> TimedItem | None:
    """An event in the lane of its type; nothing for one of which no day is known."""
    start, end = row.facets.happened_from or row.facets.happened_to, row.facets.happened_to or row.facets.happened_from
    if start is None or end is None:
        return None
    lane = ledger_value_label(row.type.value) if row.type.value else str(word("timeline.others"))
    return TimedItem(lane=lane, start=start, end=end, label=row.name, href=thing_href("events", row.id))


def target_item(row: TargetRow) -> TimedItem | None:
    """A deadline in the lane of deadlines, with how the target stands; nothing for one without."""
    day = row.facets.happened_to
    if day is None:
        return None
    status = row.facets.status or "unknown"
    tone: Tone = tone_of(status)
    return TimedItem(
        lane=str(word("timeline.deadlines")),
        start=day,
        end=day,
        label=row.name,
        href=thing_href("targets", row.id),
        badge=Badge(ledger_value_label(status), tone),
    )


def lanes_of(items: Sequence[TimedItem]) -> tuple[str, ...]:
    """The lanes, those with most first and deadlines last; of many the smaller ones share one."""
    deadlines, others = str(word("timeline.deadlines")), str(word("timeline.others"))
    counts = Counter(item.lane for item in items if item.lane not in (deadlines, others))
    named = [lane for lane, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    rest = len(named) > _LANES or any(item.lane == others for item in items)
    due = any(item.lane == deadlines for item in items)
    return (*named[:_LANES], *((others,) if rest else ()), *((deadlines,) if due else ()))


def drawn(items: Sequence[TimedItem], lanes: Sequence[str]) -> dict[str, Any]:
    """The timeline as the chart draws it."""
    places = {lane: place for place, lane in enumerate(lanes)}
    others = places.get(str(word("timeline.others")), 0)
    return {
        "lanes": list(lanes),
        "items": [
            {
                "lane": places.get(item.lane, others),
                "start": item.start,
                "end": item.end,
                "label": item.label,
                "href": item.href,
            }
            for item in items
        ],
    }
