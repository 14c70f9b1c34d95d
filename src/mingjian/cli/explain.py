"""``mingjian explain``: why a record holds a fact."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from string import hexdigits
from typing import Annotated, NamedTuple

import msgspec
import typer

from mingjian.brief.explanation_card import render_explanation
from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.progress import list_failures
from mingjian.cli.records import EXPECTED, RecordLine, is_workspace, kept_page, record_lines
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus
from mingjian.cli.workspace.things import show_thing
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.facts import Fact
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record
from mingjian.core.pipeline.explaining import called, explain, page_with_words
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.review.explaining import judged
from mingjian.errors import ReadError, RecordError
from mingjian.overlay import load_rulebook
from mingjian.read import read_paths

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_WIDTH = 110
_SHOWN = 8
_SHORT = 30
_LEAST_ID = 4
_OF_IDS = frozenset(f"{hexdigits} ")


class Found(NamedTuple):
    """A fact whose id begins as asked, in its record, and where that stands."""

    place: str
    source: str
    record: Record
    kind: str
    fact: Fact


def explain_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    fact_id: Annotated[
        str, typer.Argument(metavar="ID", help="A fact's id, or a thing's, as much as is needed, or its name.")
    ],
    records: Annotated[
        list[str] | None, typer.Argument(help="Records: .jsonl, folders of them, a workspace, or - .")
    ] = None,
    workspace: WorkspaceOption = HERE,
    pages: Annotated[
        list[str] | None, typer.Option("--pages", help="The page, if records hold no text; may be given several times.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")] = False,
    rules: Annotated[Path | None, typer.Option(help="The folder of rule files that `extract` was given.")] = None,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
) -> None:
    """Show why a record holds a fact: words, parts, rules, reasons; or why the mentions of a thing are one."""
    named = not records and bool(set(fact_id) - _OF_IDS)
    if named and is_workspace(str(workspace)) and not Path(fact_id).exists():
        with open_corpus(workspace) as corpus, corpus.books() as books:
            show_thing(books, the_thing(books, fact_id, str(workspace)), as_json=as_json)
        return
    if named:
        raise RecordError(f'{fact_id} is no id of a fact; give one before it, which stands in a record as "id"')
    if not records and not is_workspace(str(workspace)):
        raise ReadError("explain", f"no records are named, and {workspace} is no workspace", EXPECTED)
    if not records and explain_thing(fact_id.strip().lower(), workspace, as_json=as_json):
        return
    records = records or [str(workspace)]
    checked_inputs([*records, *(pages or ())])
    found = _one(fact_id.strip().lower(), records)
    book = load_rulebook(rules)
    failures: list[Failure] = []
    of_workspace = is_workspace(found.source)
    kept, reviews = kept_page(found.source, found.record, found.fact.id) if of_workspace else (None, ())
    page = kept or _page_of(found, pages or (), max_megabytes, failures)
    explanation = explain(found.record, page, found.fact.id, book)
    explanation = msgspec.structs.replace(explanation, reviews=judged(reviews))
    if as_json:
        print_lines([_ENCODER.encode(explanation).decode()])
    else:
        watched = sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size(fallback=(_WIDTH, 0)).columns
        print_lines([render_explanation(explanation, colour=watched, width=width).rstrip("\n")])
    list_failures(failures)


def explain_thing(beginning: str, workspace: Path, *, as_json: bool) -> bool:
    """Whether the id is that of one thing of the workspace, which is told then."""
    if len(beginning) < _LEAST_ID:
        return False
    with open_corpus(workspace) as corpus, corpus.books() as books:
        found = books.beginning(beginning)
        if len(found) != 1 or not found[0].id.startswith(beginning):
            return False
        show_thing(books, found[0], as_json=as_json)
    return True


def _one(beginning: str, paths: Sequence[str]) -> Found:
    """The one fact whose id begins so; raises ``RecordError`` for none, and for several."""
    if not beginning:
        raise RecordError('an empty id names no fact; give one that stands in a record as "id"')
    every: set[str] = set()
    found: dict[str, Found] = {}
    for line, record in _records(paths, beginning, every):
        for kind, facts in fact_kinds(record).items():
            for fact in facts:
                if fact.id.startswith(beginning):
                    found.setdefault(fact.id, Found(line.place, line.file, record, kind, fact))
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        near = get_close_matches(beginning, sorted(every), n=3, cutoff=0.5)
        told = f"the nearest ids are {', '.join(near)}" if near else f"the records hold {len(every)} facts"
        raise RecordError(f"{', '.join(paths)}: no fact has an id that begins with {beginning!r}; {told}")
    listed = "; ".join(
        f"{one.fact.id} ({one.kind}: {called(one.fact)[:_SHORT]})" for one in list(found.values())[:_SHOWN]
    )
    more = " …" if len(found) > _SHOWN else ""
    raise RecordError(f"{beginning!r} begins {len(found)} ids: {listed}{more}; give more of the one that you mean")


def _records(paths: Sequence[str], beginning: str, every: set[str]) -> Iterable[tuple[RecordLine, Record]]:
    """The records that may hold the id; a line that is no record is told and passed over."""
    mark = b'"id":"'
    wanted = mark + beginning.encode()
    for one in record_lines(paths, told=True):
        line = one.line.replace(b'"id": "', mark)
        if wanted in line:
            try:
                yield one, decode_record(one.line)
            except RecordError as error:
                typer.echo(f"mingjian: {printable(f'{one.place}: {error}')}", err=True)
        elif not line.rstrip().endswith(b"}"):
            typer.echo(f"mingjian: {printable(one.place)}: the line is cut off, and is passed over", err=True)
        every.update(piece.partition(b'"')[0].decode("ascii", "replace") for piece in line.split(mark)[2:])


def _page_of(found: Found, paths: Sequence[str], megabytes: float, failures: list[Failure]) -> Page:
    """The page among those given that has the record's text, else the text in the record, else its page changed.

    A page that has changed is handed on all the same: ``explain`` says what is wrong with it.
    """
    reference, changed = found.record.page, None
    for page in read_paths(paths, limits_of(megabytes)):
        if isinstance(page, Failure):
            failures.append(page)
        elif page.text_sha256 == reference.text_sha256:
            return page
        elif page.sha256 == reference.sha256 or (page.path is not None and page.path == reference.path):
            changed = page
    if reference.text is not None:
        return page_with_words(found.record)
    if changed is not None:
        return changed
    list_failures(failures)
    name = found.record.page.path or found.record.page.url or found.record.page.sha256[:12]
    if paths:
        problem = f"its page {name} (sha256 {found.record.page.sha256[:12]}…) is not among the pages given"
        raise ReadError(found.place, problem, "give it with --pages, as it was when the record was made")
    mend = f"add --pages {name}, or make records with `mingjian extract --with-text`"
    raise ReadError(found.place, "the record does not hold the text of its page", mend)
