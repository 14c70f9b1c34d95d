"""What changed in pages, as people ask for it: between two versions of one, and between two records of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.model.corpus import Change
from mingjian.core.pipeline.differences import Difference
from mingjian.core.pipeline.versions import VersionDifference
from mingjian.core.storing import StoreReader


class ToldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a page in a run: of ``kind`` ``version`` its words and facts, of ``record`` its facts alone.

    There are no ``differences`` any more where the page was erased.
    """

    page: str | None
    address: str | None
    kind: str
    run: int
    differences: VersionDifference | tuple[Difference, ...] | None


def told_changes(
    reader: StoreReader, number: int | None = None, run: int | None = None, last: int | None = None
) -> Iterator[ToldChange]:
    """What changed in one page, in one run, or at all, in the order of time; only the ``last`` so many of it."""
    for change in reader.changes(number, run, last):
        kept = reader.page(change.number)
        yield ToldChange(
            page=kept.id if kept else None,
            address=kept.address if kept else None,
            kind=change.kind,
            run=change.run,
            differences=_differences(change),
        )


def _differences(change: Change) -> VersionDifference | tuple[Difference, ...] | None:
    if not change.differences:
        return None
    if change.kind == "version":
        return msgspec.json.decode(change.differences, type=VersionDifference)
    return msgspec.json.decode(change.differences, type=tuple[Difference, ...])
