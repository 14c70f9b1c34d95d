"""Runs, failures, changes, groups of reprints, and records: what lies in a workspace, and how it came there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeVar

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from mingjian.core.model.corpus import KeptFailure, Run
from mingjian.core.model.wire import encode_record, record_schema
from mingjian.core.storing import StoreReader
from mingjian.corpus.changes import ToldChange, told_changes
from mingjian.corpus.marking import Marks, find_marks
from mingjian.corpus.reprints import ReprintGroup, list_groups
from mingjian.errors import UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import MEDIA_TYPES, SAFE
from mingjian.serve.paging import PART, Listed, Part, link_header, linked, listed, next_address
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

T = TypeVar("T")
_MOST_RECORDS = 200
RunNumber = Annotated[int | None, QueryParameter(ge=1, le=2**31, description="Only of this run.")]


class OperationsController(Controller):
    """What happened in the workspace."""

    tags = ["operations"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")
    dependencies = PART

    @get("/runs", sync_to_thread=True, operation_id="listRuns", summary="Commands that wrote, the last first")
    def runs(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], part: NamedDependency[Part]
    ) -> Response[Listed[Run]]:
        """List the commands that wrote, with what came of each."""
        with workspace.pages() as reader:
            every = reader.runs()[::-1]
        return _part_of(request, part, every)

    @get("/runs/{run:int}", sync_to_thread=True, operation_id="readRun", summary="A command that wrote")
    def run(
        self, workspace: NamedDependency[Workspace], run: Annotated[int, PathParameter(description="Its number.")]
    ) -> Run:
        """Tell what came of a command."""
        with workspace.pages() as reader:
            found = next((one for one in reader.runs() if one.number == run), None)
        if found is None:
            raise UnknownError("runs", f"there is no run {run}", "ask for one that /api/runs lists")
        return found

    @get("/failures", sync_to_thread=True, operation_id="listFailures", summary="Pages that gave no record")
    def failures(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        run: RunNumber = None,
    ) -> Response[Listed[KeptFailure]]:
        """List what could not be read or extracted, why, and what to do."""
        with workspace.pages() as reader:
            every = reader.failures(run)
        return _part_of(request, part, every)

    @get("/changes", sync_to_thread=True, operation_id="listChanges", summary="What changed in pages")
    def changes(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        run: RunNumber = None,
    ) -> Response[Listed[ToldChange]]:
        """List what differs between versions of pages, and between records by other rules, in the order of time."""
        with workspace.pages() as reader:
            shown, more = part.of(told_changes(reader, None, run))
        return linked(listed(request, part, shown, more=more))

    @get("/reprints", sync_to_thread=True, operation_id="listReprints", summary="Groups of reprints, the largest first")
    def reprints(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], part: NamedDependency[Part]
    ) -> Response[Listed[ReprintGroup]]:
        """List who copied from whom, the largest groups first."""
        with workspace.pages() as reader:
            total = len(reader.groups())
            groups = tuple(list_groups(reader, part.limit, part.offset))
        more = part.offset + part.limit < total
        return linked(listed(request, part, groups, more=more, total=total))

    @get("/reprints/marks", sync_to_thread=True, operation_id="findMarks", summary="Mirrors and stitched pages")
    def marks(self, workspace: NamedDependency[Workspace]) -> Marks:
        """Find sites that mirror others and pages stitched together: this looks at all pages, which takes long."""
        postings = workspace.corpus.indexes.fingerprint_reader().postings

        def make() -> list[Marks]:
            with workspace.pages() as reader:
                return [find_marks(reader, postings)]

        return workspace.remembered("marks", make)[0]

    @get(
        "/records",
        sync_to_thread=True,
        operation_id="listRecords",
        summary="The records of the pages that stand",
        media_type=MEDIA_TYPES["jsonl"],
    )
    def records(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], part: NamedDependency[Part]
    ) -> Response[bytes]:
        """Give records, one a line, in the order in which pages came; ``Link`` names the next part.

        Of a larger limit 200 come: slow readers would fill the memory.
        """
        part = Part(min(part.limit, _MOST_RECORDS), part.offset)
        with workspace.pages() as reader:
            numbers, more = part.of(_standing(reader))
            lines = [encode_record(record) + b"\n" for number in numbers if (record := reader.told(number))]
        headers = {**SAFE, **link_header(next_address(request, part) if more else None)}
        return Wire(b"".join(lines), media_type=MEDIA_TYPES["jsonl"], headers=headers)

    @get("/records/schema", sync_to_thread=True, operation_id="readRecordSchema", summary="The JSON Schema of a record")
    def schema(self) -> dict[str, Any]:
        """Give the schema of what /api/records and /api/pages/{page}/record give."""
        return record_schema()


def _standing(reader: StoreReader) -> Iterator[int]:
    """The numbers of the pages that stand."""
    after = 0
    while pages := reader.pages(after):
        after = pages[-1].number
        yield from (page.number for page in pages if page.stands)


def _part_of(request: Request[Any, Any, Any], part: Part, every: Sequence[T]) -> Response[Listed[T]]:
    shown, more = part.of(every)
    return linked(listed(request, part, shown, more=more, total=len(every)))
