"""Match: a need and what answers it; needs that are kept, and how far they have come."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from mingjian.brief.wording import ledger_label
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.match.settings import matching_settings
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import NeedLook, Sought
from mingjian.errors import QuestionError, SearchIndexError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.api.matching import keep_need, mark_need_seen, say_of_need
from mingjian.serve.forms import table_file
from mingjian.serve.matching import match_asked, matched_table, sought_asked, words_of_pages
from mingjian.serve.problems import problem_of
from mingjian.serve.web.answering import answer
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.links import href, thing_href
from mingjian.serve.web.matching.hits import (
    beside_of,
    gaps_of,
    hits_of,
    log_of,
    passages_of,
    pieces_of,
    state_badge,
    states_offered,
)
from mingjian.serve.web.parts import Crumb, Download, Message
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_Request = Request[Any, Any, Any]
_Sought = NamedDependency[Sought]
_SHOWN = 30


class MatchPagesController(Controller):
    """The page of match, and the pages of needs."""

    path = "/match"
    opt = needs("read")
    include_in_schema = False
    dependencies = {"sought": Provide(sought_asked, sync_to_thread=False)}  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True)
    def match(self, request: _Request, workspace: NamedDependency[Workspace], sought: _Sought) -> Response[str]:
        """Show what answers the need that is asked; without one, the needs that are kept."""
        if not sought.words and sought.thing is None:
            return _page(request, workspace, sought, None, ())
        try:
            matching = match_asked(workspace, sought)
        except (QuestionError, SearchIndexError) as error:
            detail = detail_of(error, problem_of(error))
            told = Message(detail.zh or str(word("match.not_read")), "warn", detail.en)
            return _page(request, workspace, sought, None, (told,))
        return _page(request, workspace, sought, matching, ())

    @get("/file.xlsx", sync_to_thread=True)
    def file(self, request: _Request, workspace: NamedDependency[Workspace], sought: _Sought) -> Response[Any]:
        """Give what answers as a file."""
        matching = match_asked(workspace, sought)
        with workspace.books() as books:
            return table_file(request, matched_table(books, matching), "xlsx")

    @post("/needs", sync_to_thread=True, opt=needs("review"))
    def keep(
        self, request: _Request, workspace: NamedDependency[Workspace], data: URLEncodedBody[dict[str, str]]
    ) -> Response[Any]:
        """Keep a need, and go to its page."""
        sought = sought_asked(
            data.get("need", ""),
            data.get("scenario", ""),
            _listed(data.get("region", "")),
            _listed(data.get("kind", "")),
            everything=data.get("all") == "true",
        )
        kept = keep_need(request, workspace, sought, data.get("name", ""))
        return Redirect(f"/match/needs/{kept.id}", status_code=303)

    @get("/needs/{need:str}", sync_to_thread=True)
    def need(self, request: _Request, workspace: NamedDependency[Workspace], need: FromPath[str]) -> Response[str]:
        """Show a need: what is new for it, how far each hit has come, and what was said of it."""
        with words_of_pages(workspace) as (books, words, behind):
            look = workspace.corpus.desk.needs.look(books, words, need, behind)
            hits, passages = hits_of(books, look.matching, look), passages_of(books, look.matching, look)
        kept = look.kept
        names = {hit.thing: hit.name for hit in hits}
        address = f"/match/needs/{kept.id}"
        return answer(
            request,
            "match/need.html.j2",
            "match",
            title=kept.name,
            crumbs_=(Crumb(str(word("nav.match")), "/match"), Crumb(kept.name)),
            kept=kept,
            badge=state_badge(kept.state),
            hits=tuple(sorted(hits, key=lambda hit: not hit.new)),
            passages=passages,
            new=len(look.new) + len(look.new_passages),
            gaps=gaps_of(look.matching),
            pieces=pieces_of(look.matching.need),
            beside=beside_of(look.matching.need),
            states=states_offered(),
            log=log_of(workspace.corpus.desk.needs.log(kept.id), names),
            downloads=(Download("Excel", f"{address}/file.xlsx"), Download("JSON", f"/api/needs/{kept.id}")),
            may=asker_of(request).may("review"),
            query=href("", **_asked_again(kept.sought)),
        )

    @get("/needs/{need:str}/file.xlsx", sync_to_thread=True)
    def need_file(self, request: _Request, workspace: NamedDependency[Workspace], need: FromPath[str]) -> Response[Any]:
        """Give what answers a need as a file."""
        look = _look(workspace, need)
        with workspace.books() as books:
            return table_file(request, matched_table(books, look.matching), "xlsx")

    @post("/needs/{need:str}/say", sync_to_thread=True, opt=needs("review"))
    def say(
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        need: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
    ) -> Redirect:
        """Keep what became of the need, or of a hit."""
        said = {name: data.get(name, "") for name in ("contact", "note", "hit")}
        entry = say_of_need(request, workspace, need, {**said, "state": data.get("state") or None})
        place = f"#hit-{entry.hit}" if entry.hit else ""
        return Redirect(f"/match/needs/{entry.need}{place}", status_code=303)

    @post("/needs/{need:str}/seen", sync_to_thread=True, opt=needs("review"))
    def seen(self, request: _Request, workspace: NamedDependency[Workspace], need: FromPath[str]) -> Redirect:
        """Mark all hits as seen."""
        mark_need_seen(request, workspace, need)
        return Redirect(f"/match/needs/{workspace.corpus.desk.needs.called(need).id}", status_code=303)


def _look(workspace: Workspace, need: str) -> NeedLook:
    with words_of_pages(workspace) as (books, words, behind):
        return workspace.corpus.desk.needs.look(books, words, need, behind)


def _page(
    request: _Request,
    workspace: Workspace,
    sought: Sought,
    matching: Matching | None,
    messages: tuple[Message, ...],
) -> Response[str]:
    asked = _asked_again(sought)
    with workspace.books() as books:
        scenario = None if sought.thing is None else _scenario(workspace, sought.thing)
        hits = () if matching is None else hits_of(books, matching)
        passages = () if matching is None else passages_of(books, matching)
    return answer(
        request,
        "match/match.html.j2",
        "match",
        title=str(word("nav.match")),
        messages_=messages,
        sought=sought,
        scenario=scenario,
        kinds=tuple((name, ledger_label(name)) for name in matching_settings().ledgers),
        matching=matching,
        hits=hits,
        passages=passages,
        pieces=() if matching is None else pieces_of(matching.need),
        beside=() if matching is None else beside_of(matching.need),
        gaps=() if matching is None else gaps_of(matching),
        downloads=(
            Download("Excel", href("/match/file.xlsx", **asked)),
            Download("CSV", href("/api/match", **asked, format="csv")),
            Download("JSON", href("/api/match", **asked)),
        ),
        kept=tuple((need, state_badge(need.state)) for need in workspace.corpus.desk.needs.all()[:_SHOWN]),
        may=asker_of(request).may("review"),
    )


def _scenario(workspace: Workspace, name: str) -> tuple[str, str] | None:
    """The scenario's name and the address of its page; nothing where it is none."""
    with workspace.books() as books:
        try:
            thing = the_thing(books, name, str(workspace.folder))
        except Exception:  # noqa: BLE001 - what is wrong with it is told beside
            return None
    return thing.name, thing_href("scenarios", thing.id)


def _asked_again(sought: Sought) -> dict[str, str | tuple[str, ...] | None]:
    """What is sought, as an address spells it."""
    return {
        "need": sought.words,
        "scenario": sought.thing,
        "region": sought.regions,
        "kind": sought.kinds,
        "all": "true" if sought.everything else None,
    }


def _listed(words: str) -> list[str]:
    return [word for word in words.split(",") if word]
