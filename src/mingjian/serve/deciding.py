"""Decisions of people over pages and things: kept while nobody else writes, written down, and followed."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from litestar import Request

from mingjian import __version__
from mingjian.core.ledger.meaning import the_mention
from mingjian.core.model.corpus import Decision
from mingjian.corpus import Corpus
from mingjian.serve.access.asking import asker_of
from mingjian.serve.workspace import Workspace

_WAIT = 3.0
"""Seconds that a decision waits while another program writes, before it is told to come again."""
Kind = Literal["merge", "split"]
Said: TypeAlias = tuple[str, int | None]
"""Why, and the number of the last decision that is known to whoever decides, where that is told."""


def decide_pages(
    request: Request[Any, Any, Any], workspace: Workspace, kind: Kind, pages: tuple[str, str], said: Said
) -> Decision:
    """Keep that two pages are one story, or are not.

    Raises ``BusyError`` while another program writes, ``MeanwhileError`` where somebody was faster.
    """
    with writing(workspace) as corpus:
        decision = corpus.decisions.of_pages(kind, pages, _who(request), *said)
    _note(request, workspace, kind, decision)
    return decision


def decide_things(
    request: Request[Any, Any, Any], workspace: Workspace, kind: Kind, things: tuple[str, str], said: Said
) -> Decision:
    """Keep that two things or mentions, by ids or names, are one or are not; raises as ``decide_pages``."""
    with workspace.books() as books:
        first, second = (the_mention(books, name, str(workspace.folder)) for name in things)
    with writing(workspace) as corpus:
        decision = corpus.decisions.of_things(kind, (first, second), _who(request), *said)
    _note(request, workspace, kind, decision)
    return decision


def undo_decision(request: Request[Any, Any, Any], workspace: Workspace, number: int) -> Decision:
    """Undo a decision, which stays on the books; ``BusyError`` as ``decide_pages``."""
    with writing(workspace) as corpus:
        decision = corpus.decisions.undo(number, _who(request))
    _note(request, workspace, "undo", decision)
    return decision


def writing(workspace: Workspace) -> Corpus:
    """The workspace, open to be written for a moment; raises ``BusyError`` while another program writes."""
    return Corpus.open(workspace.folder, write=True, wait=_WAIT, program=f"mingjian {__version__}")


def _note(request: Request[Any, Any, Any], workspace: Workspace, deed: str, decision: Decision) -> None:
    """Write down who did it, and let links, search and books follow."""
    request.app.state.access.note(request, f"decision.{deed}", subject=str(decision.number), detail=decision.kind)
    workspace.look_again()
    request.app.state.background.look_now()


def _who(request: Request[Any, Any, Any]) -> str:
    return asker_of(request).name or "—"
