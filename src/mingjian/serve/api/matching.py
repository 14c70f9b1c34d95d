"""Match: what of the workspace answers a need, and why; and needs that people keep."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, PathParameter, QueryParameter

from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import KeptNeed, NeedEntry, NeedLook, NeedState, Sought
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import form_asked, table_file
from mingjian.serve.matching import match_asked, matched_table, sought_asked, words_of_pages
from mingjian.serve.paging import PART, Listed, Part, linked, listed
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_FORMS = ("json", "csv", "xlsx")
_LONGEST = 2_000
NeedId = Annotated[str, PathParameter(description="The id of a need, or the beginning of it.")]
Line = Annotated[str, msgspec.Meta(max_length=_LONGEST)]
Several = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=200)], ...], msgspec.Meta(max_length=50)]


class NeedSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need to keep: in a sentence, or a row of the ledger of scenarios; without a name it bears its words."""

    need: Line = ""
    scenario: Annotated[str, msgspec.Meta(max_length=200)] = ""
    regions: Several = ()
    kinds: Several = ()
    everything: bool = False
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""


class EntrySent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of a need, or of one of its hits (the id of its thing); without a state that stays what it was."""

    hit: Annotated[str, msgspec.Meta(max_length=64)] = ""
    state: NeedState | None = None
    contact: Line = ""
    note: Line = ""


class MatchController(Controller):
    """Needs, and what answers them."""

    tags = ["match"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get(
        "/match",
        sync_to_thread=True,
        operation_id="match",
        summary="What answers a need, and why",
        dependencies={"sought": Provide(sought_asked, sync_to_thread=False)},
    )
    def match(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        sought: NamedDependency[Sought],
        form: Annotated[
            Literal["json", "csv", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Matching]:
        """Give hits, the best first, each with what it shares with the need and the words of both sides; then gaps."""
        matching = match_asked(workspace, sought)
        asked = form_asked(request, form, _FORMS)
        if asked == "json":
            return Wire(matching)
        with workspace.books() as books:
            return table_file(request, matched_table(books, matching), asked)

    @get("/needs", sync_to_thread=True, operation_id="listNeeds", summary="Needs that are kept", dependencies=PART)
    def kept_needs(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        far: Annotated[
            list[NeedState] | None,
            QueryParameter(name="state", max_items=5, description="Only those that have come so far."),
        ] = None,
    ) -> Response[Listed[KeptNeed]]:
        """List needs, the newest first."""
        every = workspace.corpus.desk.needs.all(tuple(far or ()))
        shown, more = part.of(every)
        return linked(listed(request, part, shown, more=more, total=len(every)))

    @post(
        "/needs",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="keepNeed",
        summary="Keep a need",
    )
    def keep(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], data: JSONBody[NeedSent]
    ) -> Response[KeptNeed]:
        """Keep a need, which must say something that could be matched."""
        sought = sought_asked(
            data.need, data.scenario, list(data.regions), list(data.kinds), everything=data.everything
        )
        kept = keep_need(request, workspace, sought, data.name)
        return Wire(kept, status_code=HTTPStatus.CREATED, headers={"Location": f"/api/needs/{kept.id}"})

    @get("/needs/{need:str}", sync_to_thread=True, operation_id="readNeed", summary="A need and what answers it now")
    def need(self, workspace: NamedDependency[Workspace], need: NeedId) -> NeedLook:
        """Give hits and gaps, which hits are new since it was last looked at, and what was said of each."""
        with words_of_pages(workspace) as (books, words, behind):
            return workspace.corpus.desk.needs.look(books, words, need, behind)

    @get("/needs/{need:str}/log", sync_to_thread=True, operation_id="listNeedEntries", summary="What became of a need")
    def log(self, workspace: NamedDependency[Workspace], need: NeedId) -> list[NeedEntry]:
        """List what was said of a need and its hits, the first first."""
        return list(workspace.corpus.desk.needs.log(need))

    @post(
        "/needs/{need:str}/log",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="sayOfNeed",
        summary="Say what became of a need or a hit",
    )
    def say(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        need: NeedId,
        data: JSONBody[EntrySent],
    ) -> NeedEntry:
        """Add to the log: state, whom to turn to, a note; the last entry holds."""
        said = {"state": data.state, "contact": data.contact, "note": data.note, "hit": data.hit}
        return say_of_need(request, workspace, need, said)

    @post(
        "/needs/{need:str}/seen",
        sync_to_thread=True,
        status_code=HTTPStatus.NO_CONTENT,
        opt=needs("review"),
        operation_id="markNeedSeen",
        summary="Mark the hits of a need as seen",
    )
    def seen(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], need: NeedId) -> None:
        """Mark what answers now as seen: it is new no more."""
        mark_need_seen(request, workspace, need)


def keep_need(request: Request[Any, Any, Any], workspace: Workspace, sought: Sought, name: str) -> KeptNeed:
    """Keep a need; raises ``QuestionError`` for one that says nothing."""
    match_asked(workspace, msgspec.structs.replace(sought, limit=1))
    kept = workspace.corpus.desk.needs.keep(sought, who=asker_of(request).name, name=name)
    note_need(request, workspace, "keep", kept.id)
    return kept


def say_of_need(request: Request[Any, Any, Any], workspace: Workspace, need: str, said: dict[str, Any]) -> NeedEntry:
    """Keep what became of a need or a hit; raises ``UnknownError`` for no need, ``QuestionError`` for no state."""
    with workspace.books() as books:
        entry = workspace.corpus.desk.needs.say(need, who=asker_of(request).name, books=books, **said)
    note_need(request, workspace, "say", entry.need)
    return entry


def mark_need_seen(request: Request[Any, Any, Any], workspace: Workspace, need: str) -> None:
    """Mark all that answers a need now as seen."""
    with words_of_pages(workspace) as (books, words, behind):
        look = workspace.corpus.desk.needs.look(books, words, need, behind)
    workspace.corpus.desk.needs.seen(need, look.mentions)
    note_need(request, workspace, "seen", look.kept.id)


def note_need(request: Request[Any, Any, Any], workspace: Workspace, deed: str, need: str) -> None:
    """Write down who did it, and let the next answer know."""
    request.app.state.access.note(request, f"need.{deed}", subject=need)
    workspace.look_again()
