"""``mingjian ledger``: the tables of what pages tell, filtered, sorted, printed or written as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import msgspec
import typer

from mingjian.brief.ledgers.files import Form, check_ending, ledger_file
from mingjian.brief.ledgers.printed import abridged, evidence_lines, fitting_columns, lineage_lines
from mingjian.brief.ledgers.tables import Table, chosen_columns, ordered_rows
from mingjian.brief.wording import ledger_column_label, ledger_label, ledger_value_label, printable
from mingjian.cli.files import open_output, print_lines
from mingjian.cli.tables import lines_of, table_of, terminal_width
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside
from mingjian.core.books import Books
from mingjian.core.ledger.asking import (
    Question,
    count_answering,
    day_of,
    ledger_called,
    rows_answering,
    worded_question,
)
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.ledger.lineage import lineage_tree
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.ledger.cells import Row
from mingjian.errors import QuestionError

_SHOWN = 50
_COUNTED = 1_000
Several: TypeAlias = list[str] | None


class Printed(StrEnum):
    """How rows are printed where no file is named."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class _Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows, in which order, and how they are given."""

    question: Question
    sort: str | None
    columns: tuple[str, ...]
    limit: int | None
    skip: int
    to: Path | None
    printed: Printed
    evidence: bool
    tree: str | None
    form: Form


def ledger_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which ledger; without it all are listed.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    regions: Annotated[Several, typer.Option("--region", help="In this place: a name such as 广东, or a code.")] = None,
    issuers: Annotated[Several, typer.Option("--issuer", help="By this body.")] = None,
    sources: Annotated[Several, typer.Option("--source", help="Told by this source.")] = None,
    technologies: Annotated[Several, typer.Option("--technology", help="About this technology: a name or id.")] = None,
    industries: Annotated[Several, typer.Option("--industry", help="About this industry: a name or letter.")] = None,
    statuses: Annotated[Several, typer.Option("--status", help="With this status, such as due.")] = None,
    words: Annotated[Several, typer.Option("--words", help="With these words in its name.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Happened, or due, on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Happened, or due, by this day.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What was published by this day, as then.")] = None,
    added_by: Annotated[str | None, typer.Option(metavar="DATE", help="What had been added by this day.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what no page about AI tells of.")] = False,
    sort: Annotated[str | None, typer.Option(metavar="COLUMN", help="In this order; -COLUMN: the other way.")] = None,
    columns: Annotated[str | None, typer.Option(metavar="A,B,…", help="Only these columns, in this order.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="So many rows; a table shows 50, a file has all.")] = None,
    skip: Annotated[int, typer.Option(min=0, help="Leave out so many of the first.")] = 0,
    to: Annotated[Path | None, typer.Option(help="Write a file: .csv, .jsonl, .parquet or .xlsx.")] = None,
    printed: Annotated[Printed, typer.Option("--format", help="How to print.")] = Printed.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row, for programs.")] = False,
    tree: Annotated[
        str | None, typer.Option(metavar="ID", help="Print what a document builds on, and what on it.")
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="Print each row with the words that say it.")] = False,
    labels: Annotated[bool, typer.Option("--labels", help="CSV: columns and codes by their Chinese names.")] = False,
    with_pages: Annotated[bool, typer.Option("--with-pages", help="JSON: with what is known of the pages.")] = False,
) -> None:
    """Show a ledger: a table of what the pages tell, every cell with its words; docs/how-to/ledgers.md."""
    days = {"since": since, "until": until, "as_of": as_of, "added_by": added_by}
    named = {"regions": regions, "issuers": issuers, "sources": sources, "technologies": technologies}
    named |= {"industries": industries, "statuses": statuses, "words": words}
    wanted = _Wanted(
        question=_question(days, named, everything=everything),
        sort=sort,
        columns=tuple(filter(None, (columns or "").split(","))),
        limit=limit,
        skip=skip,
        to=to,
        printed=Printed.JSONL if as_json else printed,
        evidence=evidence,
        tree=tree,
        form=Form(labelled=labels, with_pages=with_pages),
    )
    _answer(name, workspace, wanted)


def _question(days: Mapping[str, str | None], named: Mapping[str, Several], *, everything: bool) -> Question:
    given: dict[str, Any] = {**days, **{name: tuple(values or ()) for name, values in named.items()}}
    return Question(**given, everything=everything)


def _answer(name: str | None, workspace: Path, wanted: _Wanted) -> None:
    from mingjian.corpus.clock import now  # here, because a start must not cost it

    _refuse_contradictions(name, wanted)
    outside(wanted.to, workspace)
    today = now()[:10]
    with open_corpus(workspace) as corpus, corpus.books() as books:
        if wanted.tree is not None:
            document = the_thing(books, wanted.tree, str(workspace))
            print_lines(lineage_lines(lineage_tree(books, document, day_of(wanted.question, today))))
        elif name is None:
            print_lines(_list_lines(books, wanted.question, today))
        else:
            _give(books, name, wanted, today)


def _refuse_contradictions(name: str | None, wanted: _Wanted) -> None:
    """Silence, or ``QuestionError`` where what is asked would be passed over: a file of no ledger, or of two forms."""
    printed = wanted.printed is not Printed.TABLE
    if name is None and (wanted.to is not None or printed):
        asked = "--format" if wanted.to is None else str(wanted.to)
        raise QuestionError(asked, "is for the rows of a ledger", "name one, such as `mingjian ledger targets`")
    if wanted.to is None:
        return
    check_ending(wanted.to)
    if printed and wanted.to.suffix.lower() != f".{wanted.printed}":
        raise QuestionError(str(wanted.to), f"does not end with .{wanted.printed}", "leave out --format and --json")


def _list_lines(books: Books, question: Question, today: str) -> Iterator[str]:
    """Every ledger with the number of its rows that answer."""
    rows = [(name, ledger_label(name), str(_count(books, name, question, today))) for name in LEDGERS]
    yield from lines_of(table_of(("ledger", "", "rows"), rows))


def _count(books: Books, name: str, question: Question, today: str) -> int:
    """How many rows answer: they are built only where nothing else tells."""
    counted = count_answering(books, name, question, today)
    return sum(1 for _ in rows_answering(books, name, question, today)) if counted is None else counted


def _give(books: Books, name: str, wanted: _Wanted, today: str) -> None:
    ledger, question = ledger_called(name), wanted.question
    columns = chosen_columns(ledger.row_type, wanted.columns)
    rows = ordered_rows(rows_answering(books, name, question, today), ledger.row_type, wanted.sort)
    printed = wanted.to is None and wanted.printed is Printed.TABLE
    limit = _SHOWN if wanted.limit is None and printed else wanted.limit
    skipped = sum(1 for _ in islice(rows, wanted.skip))
    kept = list(islice(rows, limit))
    day = day_of(question, today).day
    table = Table(
        ledger=ledger.name, columns=columns, rows=kept, pages=books.page, day=day, asked=worded_question(question)
    )
    if not printed:
        write_table(table, wanted.to, f".{wanted.printed.value}", wanted.form)
        return
    counted = count_answering(books, name, question, today)
    found = skipped + len(kept) + sum(1 for _ in rows) if counted is None else counted
    print_lines(_heading(table, found, known=question.as_of is not None))
    if not found:
        print_lines(_lines_of_others(books, name, question, today))
    print_lines(evidence_lines(table) if wanted.evidence else table_lines(table, chosen=bool(wanted.columns)))


def write_table(table: Table, to: Path | None, ending: str, form: Form) -> None:
    """Write a file, whole or not at all; or on standard output what a file that ends so would hold."""
    parts = ledger_file(table, to or Path("rows").with_suffix(ending), form)
    with open_output(to, "--to") as stream:
        for part in parts:
            stream.write(part)
    if to is not None:
        typer.echo(f"{printable(str(to))}: {len(table.rows)} rows, read as on {table.day}", err=True)


def _heading(table: Table, found: int, *, known: bool) -> Iterator[str]:
    what = "as known on" if known else "read as on"
    left = f"; {len(table.rows)} are shown (--limit, --skip, --to)" if len(table.rows) < found else ""
    yield f"{ledger_label(table.ledger)}: {found} rows, {what} {table.day}{left}"


def _lines_of_others(books: Books, name: str, question: Question, today: str) -> Iterator[str]:
    """What there is beside the rows that were asked for, of which there are none."""
    if question.statuses:
        yield from _status_lines(rows_answering(books, name, msgspec.structs.replace(question, statuses=()), today))
        return
    for other, which in ((Question(), "nothing else is asked"), (Question(everything=True), "--all alone is given")):
        count = sum(1 for _ in islice(rows_answering(books, name, other, today), _COUNTED))
        if count and question != other:
            yield f"no row answers; there are {count}{' or more' if count == _COUNTED else ''} where {which}"
            return


def _status_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Which statuses rows have, where none has that which was asked for."""
    counted = Counter(row.facets.status for row in rows if row.facets.status)
    told = ", ".join(f"{status} ({ledger_value_label(status)}) {count}" for status, count in sorted(counted.items()))
    yield f"no row has that status; {told or 'rows of this ledger have none'}"


def table_lines(table: Table, *, chosen: bool) -> Iterator[str]:
    """The table as wide as the terminal, and which columns it had no room for; ``chosen``: all columns are wanted."""
    if not table.rows:
        return
    columns = table.columns if chosen else fitting_columns(table, terminal_width())
    shown = msgspec.structs.replace(table, columns=columns)
    rows = [[abridged(entry) for entry in entries] for _, entries in shown.entries()]
    yield from lines_of(table_of(shown.labels(), rows))
    left = [column for column in table.columns if column not in columns]
    if left:
        names = ", ".join(f"{column.name} {ledger_column_label(column.name, table.ledger)}" for column in left)
        yield f"not shown (--columns): {names}"
