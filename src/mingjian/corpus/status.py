"""What is in a workspace, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from mingjian.core.model.corpus import Run
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.storing import Store
from mingjian.store.lock import writer_of

_RUNS = 5


class AtDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What people have to do with a workspace: what they said of facts, and what waits for them.

    ``undone`` of the ``reviews`` were taken back, so many ``reviewers`` said them. ``waiting`` facts are worth a look,
    nothing where none were weighed yet. ``needs`` are kept.
    """

    reviews: int
    undone: int
    reviewers: int
    waiting: int | None
    needs: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """``counts`` as the store counts; ``size`` in bytes of the whole folder; ``grouped`` pages in groups of reprints.

    ``stale`` records were made in runs with other rules than those of this program, ``behind`` counts the steps that
    links, search and books have yet to follow, ``writer`` says who writes just now, and ``runs`` are the last few.
    """

    folder: str
    counts: Mapping[str, int]
    size: int
    grouped: int
    stale: int
    behind: int
    writer: str | None
    desk: AtDesk
    runs: tuple[Run, ...]


def status_of(store: Store, folder: Path, behind: int, desk: AtDesk) -> Status:
    """The status of the workspace in a folder."""
    version = bundled_rulebook().version
    with store.reading() as reader:
        runs = reader.runs()
        others = {run.number for run in runs if run.rules != version}
        return Status(
            folder=str(folder),
            counts=reader.counts(),
            size=sum(_size(path) for path in folder.rglob("*")),
            grouped=sum(members for _, members in reader.groups()),
            stale=reader.records_of(others),
            behind=behind,
            desk=desk,
            writer=str(writer) if (writer := writer_of(folder)) else None,
            runs=tuple(runs[-_RUNS:]),
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # an index may take a file away meanwhile
        return 0
