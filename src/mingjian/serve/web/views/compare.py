"""Regions compared in one unit, and who has no target."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.board import metric_counts
from mingjian.core.ledger.comparing import compare_asked
from mingjian.core.ledger.places import code_of_place, name_of_place
from mingjian.core.link.things.spheres import COUNTRY_CODE
from mingjian.core.model.ledger.comparison import Comparison
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.comparing import compared_chart, compared_listing, unit_of, without_target
from mingjian.serve.web.forms import Field, Form, Option, form_of, text_field
from mingjian.serve.web.lists import downloads_of
from mingjian.serve.web.parts import Choice, Message
from mingjian.serve.web.queries import Query, query_of
from mingjian.serve.web.tiles import provinces
from mingjian.serve.web.views.ledgers import not_understood, told_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

ASKED = ("metric", "region", "other", "as_of")
MOST = 40
"""So many regions are compared at a time."""
_SUGGESTED, _COMMON = 200, 24


class CompareController(Controller):
    """The comparison."""

    path = "/compare"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def compare(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show the form, and the comparison where a metric and regions are given."""
        query = query_of(request, ASKED, "/compare")
        metrics = workspace.lately("metrics", lambda: _metrics(workspace))
        found, messages = None, told_of(query)
        try:
            found = compared(workspace, query)
        except QuestionError as error:
            messages = (not_understood(error), *messages)
        page = answer(
            request,
            "compare.html.j2",
            "compare",
            title=str(word("compare.title")),
            form=_form(query, metrics[:_SUGGESTED]),
            common=tuple(
                Choice(label=name, href=query.chosen(metric=name).href, count=count)
                for name, count in metrics[:_COMMON]
            ),
            messages_=messages,
            **_shown(workspace, found, query),
        )
        if messages and messages[0].tone == "warn":
            page.status_code = HTTPStatus.BAD_REQUEST
        return page


def compared(workspace: Workspace, query: Query) -> Comparison | None:
    """The comparison that the address asks for, as made of these books before or now; nothing without a metric."""
    metric = query.one("metric")
    if not metric:
        return None
    places = tuple(dict.fromkeys(code_of_place(each) for each in regions_of(query)))
    if len(places) > MOST:
        raise QuestionError(f"{len(places)} regions", "are too many", f"give at most {MOST}")
    question, today = Question(as_of=query.one("as_of") or None), workspace.today()

    def make() -> list[Comparison]:
        with workspace.books() as books:
            return [compare_asked(books, metric, places, question, today)]

    return workspace.remembered(("compared", metric, places, question, today), make)[0]


def regions_of(query: Query) -> tuple[str, ...]:
    """The places that are asked for: those ticked and those written apart by blanks, else the country and provinces."""
    written = "".join(sign if sign.isalnum() else " " for sign in query.one("other")).split()
    return (*query.all("region"), *written) or (COUNTRY_CODE, *(each.code for each in provinces()))


def _metrics(workspace: Workspace) -> list[tuple[str, int]]:
    with workspace.books() as books:
        return metric_counts(books)


def _form(query: Query, metrics: list[tuple[str, int]]) -> Form:
    chosen = set(query.all("region"))
    boxes = tuple(Option(each.code, each.name, each.code in chosen) for each in provinces())
    other = Field(
        name="other", word=word("compare.other"), value=query.one("other"), hint=str(word("compare.other_hint"))
    )
    suggested = (Option(name, f"{name} ({count})") for name, count in metrics)
    fields = (
        text_field(query, "metric", suggested),
        other,
        text_field(query, "as_of"),
        Field(name="region", word=word("compare.regions"), kind="boxes", options=boxes),
    )
    return msgspec.structs.replace(form_of(query, fields), hidden=_others(query))


def _others(query: Query) -> tuple[tuple[str, str], ...]:
    """Places that are asked for by name or are no provinces: no box stands for them."""
    boxed = {each.code for each in provinces()}
    return tuple(("region", each) for each in query.all("region") if each not in boxed)


def _shown(workspace: Workspace, found: Comparison | None, query: Query) -> dict[str, Any]:
    if found is None:
        return {"found": None, "empty_message": Message(str(word("compare.ask")), mend=str(word("compare.ask_mend")))}
    with workspace.books() as books:
        rows = compared_listing(found, books.page, downloads_of("compared", query))
    return {
        "found": found,
        "unit": unit_of(found),
        "bars": compared_chart(found),
        "without": without_target(found),
        "rows": rows,
        "names": [name_of_place(region.region) for region in found.regions if region.region != COUNTRY_CODE],
        "told": any(region.targets or region.statistics or region.compute or region.alike for region in found.regions),
    }
