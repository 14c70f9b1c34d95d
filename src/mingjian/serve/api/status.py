"""How much there is in the workspace, and how far links, search and books are."""

from __future__ import annotations

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency

from mingjian import __version__
from mingjian.corpus.status import AtDesk
from mingjian.serve.access.rights import needs
from mingjian.serve.workspace import Workspace


class WorkspaceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by name (pages, records, groups …), the bytes on the disk, and the steps that indexes are behind.

    ``stale`` records were made by other rules than these. ``desk``: what people said of facts, and what waits.
    """

    version: str
    counts: dict[str, int]
    size: int
    behind: int
    stale: int
    desk: AtDesk


class StatusController(Controller):
    """The workspace as a whole."""

    path = "/status"
    opt = needs("read")
    tags = ["workspace"]  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True, summary="How much there is")
    def status(self, workspace: NamedDependency[Workspace]) -> WorkspaceStatus:
        """Tell how many pages, records and groups there are."""
        status = workspace.corpus.status()
        return WorkspaceStatus(
            version=__version__,
            counts=dict(status.counts),
            size=status.size,
            behind=status.behind,
            stale=status.stale,
            desk=status.desk,
        )
