"""Ledgers as CSV that spreadsheets open without harm and programs read back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from mingjian.brief.ledgers.columns import Entry
from mingjian.brief.ledgers.tables import Table, bare, bare_entry, shown
from mingjian.brief.wording import NOTHING

_MARK = "\ufeff"  # tells Excel that the file is UTF-8; programs that read UTF-8 skip it
_FORMULA = frozenset("=+-@＝＋－＠\N{APOSTROPHE}")
"""With what spreadsheets may take a text for a formula, and the mark by which it is kept from it."""
_BLANK = "CZ"  # categories of Unicode: controls, formats and separators, of which programs read over some
_CONTROLS = ("\t", "\r", "\n")
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for NUL, at which programs that read CSV stop."""


def csv_lines(table: Table, *, labelled: bool = False) -> Iterator[bytes]:
    """The lines of the file: a head, and a line for each row; numbers stand bare, texts in quotation marks.

    ``labelled``: columns and coded values by their Chinese names. A text that a spreadsheet might run as a formula, and
    one that begins with an apostrophe, has an apostrophe before it: whoever takes one off reads what was there.
    """
    heads = table.labels() if labelled else [column.name for column in table.columns]
    yield f"{_MARK}{','.join(map(_text, heads))}\r\n".encode()
    for _, entries in table.entries():
        yield f"{','.join(_field(entry, labelled=labelled) for entry in entries)}\r\n".encode()


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might take it for a formula.

    >>> guarded("=1+1"), guarded("1+1"), guarded("'=1"), guarded(" @SUM(A1)")
    ("'=1+1", '1+1', "''=1", "' @SUM(A1)")
    """
    first = next((sign for sign in text if category(sign)[0] not in _BLANK), "")
    return f"'{text}" if first in _FORMULA or text.startswith(_CONTROLS) else text


def _field(entry: Entry, *, labelled: bool) -> str:
    column = entry.column
    if not column.many and (column.kind in {"number", "count"} or (column.kind == "flag" and not labelled)):
        return bare(entry.first.value)
    words = shown(entry) if labelled else bare_entry(entry)
    return _text("" if words == NOTHING else words)


def _text(words: str) -> str:
    return '"' + guarded(words).replace("\0", LOST).replace('"', '""') + '"'
