"""``mingjian status``, ``show`` and ``changes``: what is in a workspace."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.card import render_card
from mingjian.brief.wording import printable
from mingjian.cli.comparing import change_lines
from mingjian.cli.files import print_lines
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus
from mingjian.core.model.corpus import KeptPage, Run
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.versions import VersionDifference
from mingjian.core.storing import StoreReader
from mingjian.errors import StoreError

if TYPE_CHECKING:
    from mingjian.corpus import Status
    from mingjian.corpus.changes import ToldChange
    from mingjian.corpus.status import AtDesk

_WIDTH = 110
_ID = 12
_LONGEST = 200
_BESIDE = 18  # characters shown on either side of what differs
_NEXT = ("mingjian search 算力", "mingjian search 类型:target --in facts", "mingjian reprints", "mingjian show ID")


class Part(StrEnum):
    """What of a page is shown."""

    CARD = "card"
    TEXT = "text"
    RECORD = "record"
    SOURCE = "source"


def status_command(
    workspace: WorkspaceOption = HERE,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Tell what is in a workspace: pages, versions, reprints, runs, failures, decisions, and what is behind."""
    with open_corpus(workspace) as corpus:
        status = corpus.status()
    if as_json:
        print_lines([msgspec.json.encode(status).decode()])
    else:
        print_lines(_status_lines(status))


def _status_lines(status: Status) -> Iterator[str]:
    counts = status.counts
    yield f"{printable(status.folder)}: {counts['pages']} pages, {counts['versions']} older versions of them"
    read, kept, whole = (
        f"{size / 1e6:.1f} MB" for size in (counts["content_bytes"], counts["kept_bytes"], status.size)
    )
    per_page = f", {status.size / 1e6 / counts['pages'] * 1000:.1f} MB a thousand pages" if counts["pages"] else ""
    yield f"  as read {read}, kept in {kept}; {whole} on the disk with the indexes{per_page}"
    stale = f", of which {status.stale} were made by other rules (`mingjian reextract`)" if status.stale else ""
    yield f"  records: {counts['records']}{stale}"
    yield f"  reprints: {counts['groups']} groups of {status.grouped} pages"
    yield f"  decisions of people: {counts['decisions']}; removed pages: {counts['removed']}"
    yield from _desk_lines(status.desk)
    yield f"  failures: {counts['failures']} in {counts['runs']} runs"
    if status.behind:
        yield f"  links, search and books are {status.behind} steps behind: the next command that writes brings them up"
    if status.writer:
        yield f"  {printable(status.writer)}"
    rows = [(str(run.number), run.started_at, run.command, _came_of(run)) for run in status.runs]
    if rows:
        yield ""
        yield from lines_of(table_of(("run", "began", "command", "what came of it"), rows))
    yield ""
    yield f"next: {' · '.join(_NEXT)}"


def _desk_lines(desk: AtDesk) -> Iterator[str]:
    """What people said, and what waits for them."""
    said = f"{desk.reviews} by {desk.reviewers} people, {desk.undone} taken back" if desk.reviews else "none"
    waits = "nothing weighed yet (`mingjian review queue`)" if desk.waiting is None else f"{desk.waiting} facts wait"
    yield f"  reviews: {said}; {waits}"
    if desk.needs:
        yield f"  needs that are kept: {desk.needs}"


def _came_of(run: Run) -> str:
    if run.finished_at is None:
        return "not finished"
    return ", ".join(f"{count} {name}" for name, count in run.counts.items())


def show_command(
    page: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a page, or as much of its beginning as is needed.")
    ],
    workspace: WorkspaceOption = HERE,
    part: Annotated[
        Part, typer.Option("--view", help="The card, the text layer, the record, or the bytes as read.")
    ] = Part.CARD,
) -> None:
    """Show one page of a workspace."""
    with open_corpus(workspace) as corpus:
        kept = corpus.page(page)
        if kept.erased:
            raise StoreError(kept.id, "was erased, and its words are gone", "only a backup may still hold them")
        with corpus.store.reading() as reader:
            if part is Part.SOURCE:
                sys.stdout.buffer.write(reader.original(kept.number).content)
            elif part is Part.TEXT:
                print_lines(map(printable, reader.text(kept.number).split("\n")))
            else:
                print_lines(_page_lines(reader, kept, part))


def _page_lines(reader: StoreReader, kept: KeptPage, part: Part) -> Iterator[str]:
    record = reader.told(kept.number)
    if record is None:
        raise StoreError(kept.id, "has no record", "extract it again with `mingjian reextract`")
    if part is Part.RECORD:
        yield encode_record(record).decode()
        return
    watched = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size(fallback=(_WIDTH, 0)).columns
    yield render_card(record, reader.original(kept.number), colour=watched, width=width).rstrip("\n")
    yield ""
    yield f"page {kept.id}  {printable(kept.address)}"
    yield f"added {kept.added_at} in run {kept.run}" + (f"; removed: {printable(kept.removed)}" if kept.removed else "")
    for version in reader.versions(kept.address):
        if version.number != kept.number:
            newer = "newer" if version.version > kept.version else "older"
            yield f"{newer} version {version.version}: {version.id[:_ID]}, added {version.added_at}"


def changes_command(
    page: Annotated[str | None, typer.Argument(metavar="ID", help="A page; without one, every change.")] = None,
    workspace: WorkspaceOption = HERE,
    run: Annotated[int | None, typer.Option(help="Only what changed in this run.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a change, for programs.")] = False,
) -> None:
    """Show how pages changed: between two versions of one, and between two records by other rules."""
    from mingjian.corpus.changes import told_changes  # here, because a start must not cost it

    with open_corpus(workspace) as corpus:
        number = None if page is None else corpus.page(page).number
        with corpus.store.reading() as reader:
            changes = told_changes(reader, number, run)
            print_lines(line for change in changes for line in ([_line(change)] if as_json else _change_lines(change)))


def _line(change: ToldChange) -> str:
    return msgspec.json.encode(change).decode()


def _change_lines(change: ToldChange) -> Iterator[str]:
    name = f"{change.page[:_ID]}  {printable(change.address or '')}" if change.page else "—"
    yield f"{name}  {change.kind} (run {change.run})"
    match change.differences:
        case None:
            yield "  erased"
        case VersionDifference() as found:
            for edit in found.edits:
                words = _where_they_part(edit.was, edit.now) if edit.was and edit.now else (edit.was, edit.now)
                yield from (f"  {sign} {_cut(line)}" for sign, line in zip("-+", words, strict=True) if line)
            yield from change_lines(found.facts)
        case every:
            yield from change_lines(every)


def _where_they_part(was: str, now: str) -> tuple[str, str]:
    """Two paragraphs without most of what both begin and end with.

    >>> _where_they_part("甲" * 90 + "3000亿元" + "乙" * 90, "甲" * 90 + "3500亿元" + "乙" * 90)[1]
    '…甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲3500亿元乙乙乙乙乙乙乙乙乙乙乙乙乙乙…'
    """
    same = _alike(was, now)
    behind = _alike(was[same:][::-1], now[same:][::-1])
    first = max(0, same - _BESIDE)
    lead = "…" if first else ""
    lasts = [min(len(words), len(words) - behind + _BESIDE) for words in (was, now)]
    ends = ["…" if last < len(words) else "" for last, words in zip(lasts, (was, now), strict=True)]
    return f"{lead}{was[first : lasts[0]]}{ends[0]}", f"{lead}{now[first : lasts[1]]}{ends[1]}"


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: str) -> str:
    line = printable(" ".join(words.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
