"""``mingjian lexicon add`` and ``retire``: changes written into a folder of the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.lexicon.options import IntoOption, place_of, tell
from mingjian.core.rulebook.lexicons import parted
from mingjian.errors import RuleError
from mingjian.overlay.changes import Change, NewRow, Retirement, add_row, retire


def add_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    lexicon: Annotated[str, typer.Argument(help="A lexicon of `mingjian lexicon list`, or a list of your own.")],
    into: IntoOption,
    name: Annotated[str, typer.Option(help="The canonical name; may be left out for a known --id.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given several times.")] = None,
    row_id: Annotated[str, typer.Option("--id", help="Of a known row, to add to it; else of the new one.")] = "",
    field: Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE of the lexicon, several times.")] = None,
    source: Annotated[str, typer.Option(help="What vouches for the row.")] = "own",
    note: Annotated[str, typer.Option(help="A remark, kept in the row.")] = "",
    like: Annotated[str, typer.Option(help="Begin a list of your own, read as a part of this lexicon.")] = "",
    take: Annotated[bool, typer.Option("--take", help="Take a name over from the row that has it.")] = False,
) -> None:
    """Add a row, or names to a known row; nothing is written where the lexicons would not be sound."""
    aliases = tuple(value for given in alias or () for value in parted(given))
    fields = _fields(field or ()) | ({"note": note} if note else {})
    row = NewRow(
        lexicon=lexicon,
        id=row_id,
        name=name.strip(),
        aliases=aliases,
        fields=fields,
        source=source,
        like=like,
        take=take,
    )
    change = add_row(into, row)
    names = " | ".join(change.entry.surfaces)
    _report(change, f"{place_of(change.entry)} is now called {names}")


def retire_command(
    term: Annotated[str, typer.Argument(help="A name, to retire this name; an id or LEXICON:ID, to retire the row.")],
    into: IntoOption,
    reason: Annotated[str, typer.Option(help="Why, kept in the file.")] = "",
    lexicon: Annotated[str, typer.Option(help="Where several lexicons have the term: this one.")] = "",
    row: Annotated[bool, typer.Option("--row", help="Retire the whole row that has the name.")] = False,
    since: Annotated[str, typer.Option(help="The day from which it holds, kept in the file.")] = "",
) -> None:
    """Retire a row or one of its names: pages are read as if it were not there."""
    going = Retirement(term=term, lexicon=lexicon, whole=row, since=since, reason=reason)
    change = retire(into, going)
    what = f"the name {change.alias} of {place_of(change.entry)}" if change.alias else place_of(change.entry)
    _report(change, f"{what} is retired")


def _fields(given: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for pair in given:
        column, mark, value = pair.partition("=")
        if not mark or not column.strip() or column.strip() in ("id", "name", "aliases", "source"):
            mend = "write --field COLUMN=VALUE; id, name, aliases and source have options of their own"
            raise RuleError("--field", None, f"{pair!r} fills no column", mend)
        fields[column.strip()] = value.strip()
    return fields


def _report(change: Change, done: str) -> None:
    print_lines([printable(done), printable(f"written to {change.file}; the rules are now version {change.version}")])
    tell(change.notices)
