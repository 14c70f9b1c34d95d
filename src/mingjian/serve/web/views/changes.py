"""What changed in pages: at one address, or the last of all."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from mingjian.core.model.outcome import value_of
from mingjian.core.storing import StoreReader
from mingjian.corpus.changes import ToldChange, told_changes
from mingjian.corpus.pages import page_called
from mingjian.errors import DamageError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import page_href
from mingjian.serve.web.parts import Crumb
from mingjian.serve.web.reading.changed import ShownChange, shown_change
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_MOST = 30


class ChangesController(Controller):
    """Changes."""

    path = "/changes"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def changes(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: Annotated[str, QueryParameter(max_length=80)] = "",
    ) -> Response[str]:
        """Show what changed, the last first."""
        with workspace.pages() as reader:
            kept = page_called(reader, page, str(workspace.folder)) if page else None
            numbers = [each.number for each in reader.versions(kept.address)] if kept else [None]
            told = [change for number in numbers for change in told_changes(reader, number, last=_MOST)]
            shown = last_changes(reader, told)[:_MOST]
        home = Crumb(str(word("nav.home")), "/")
        title = str(word("changes.title"))
        return answer(
            request,
            "changes.html.j2",
            "search",
            title=title,
            crumbs_=(home, Crumb(kept.address, page_href(kept.id)), Crumb(title)) if kept else (home, Crumb(title)),
            changes=shown,
            kept=kept,
        )


def last_changes(reader: StoreReader, told: list[ToldChange]) -> tuple[ShownChange, ...]:
    """The changes as they are shown, the last run first."""
    runs = {run.number: run.started_at for run in reader.runs()}
    ordered = sorted(enumerate(told), key=lambda each: (-each[1].run, -each[0]))
    return tuple(shown_change(change, _title(reader, change), runs.get(change.run, "")) for _, change in ordered)


def _title(reader: StoreReader, change: ToldChange) -> str:
    """The title of the page; its address where it has none, or its record is damaged."""
    kept = reader.find(change.page, 1) if change.page else ()
    try:
        record = reader.told(kept[0].number) if kept and not kept[0].erased else None
    except DamageError:
        record = None
    return (value_of(record.title) if record else None) or change.address or ""
