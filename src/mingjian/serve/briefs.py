"""Briefs as the service writes them: kept for whoever takes one as a file behind reading it, and few at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from mingjian.brief.briefs.document import LayoutName
from mingjian.brief.briefs.files import brief_files
from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.model.brief import Brief, Scope
from mingjian.errors import BusyError
from mingjian.serve.workspace import Workspace

_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 20.0


def brief_of(workspace: Workspace, scope: Scope) -> Brief:
    """The brief of a scope, as it was written of these books before or is now; ``BusyError`` where others wait too."""

    def write() -> list[Brief]:
        with _turn(), workspace.books_apart() as books:
            return [write_brief(books, scope)]

    return workspace.remembered(("brief", scope), write)[0]


def brief_as_file(brief: Brief, form: str, layout: LayoutName) -> bytes:
    """The brief as md, html, docx or xlsx; ``BusyError`` where others wait too."""
    if form == "md":  # its pictures would be files beside it
        brief = msgspec.structs.replace(brief, timeline=None, charts=())
    place = Path(f"brief.{form}")
    with _turn():
        return brief_files(brief, place, layout)[place]


@contextmanager
def _turn() -> Iterator[None]:
    """One of two turns: a brief of everything takes seconds, and others want to read meanwhile."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise BusyError("briefs", "others are being written", "ask again in a moment, or for less at a time")
    try:
        yield
    finally:
        _AT_ONCE.release()
