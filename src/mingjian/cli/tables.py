"""Tables for a terminal, as lines of text; words of pages are made safe for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mingjian.brief.wording import printable

_WIDTH = 110


def table_of(heads: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> Table:
    """A table with a line under its heads; without heads a grid. The first column is never wrapped."""
    table = Table(title=Text(printable(title)) if title else None, title_justify="left", box=box.SIMPLE_HEAD)
    table.show_edge, table.pad_edge, table.show_header = False, False, any(heads)
    for number, head in enumerate(heads):
        table.add_column(head, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def terminal_width() -> int:
    """The columns of the terminal, or those of a page where there is none."""
    return shutil.get_terminal_size(fallback=(_WIDTH, 0)).columns


def lines_of(table: Table) -> Iterator[str]:
    """The table as lines, as wide as the terminal, or as a page where there is none."""
    console = Console(width=terminal_width(), force_terminal=False, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table)
    yield from (line.rstrip() for line in captured.get().rstrip("\n").split("\n"))
