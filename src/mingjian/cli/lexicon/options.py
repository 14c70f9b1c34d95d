"""What several ``lexicon`` commands take and print."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.core.rulebook import Entry, Notice


class View(StrEnum):
    """How results are shown."""

    TEXT = "text"
    JSON = "json"


ViewOption = Annotated[View, typer.Option(help="text: for reading; json: an object a line.")]
RulesOption = Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")]
IntoOption = Annotated[Path, typer.Option(help="The folder of your own rules that takes the change.")]


def place_of(entry: Entry) -> str:
    """How a row is named to people: its lexicon, id and name."""
    return printable(f"{entry.home or entry.lexicon}:{entry.id} ({entry.name})")


def tell(notices: Iterable[Notice]) -> None:
    """Say on standard error what may not be meant."""
    for notice in notices:
        typer.echo(f"note: {printable(str(notice))}", err=True)
