"""``mingjian times`` and ``mingjian quantities``: what is said in any text, exactly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from mingjian.brief.wording import printable
from mingjian.cli.files import open_output, refuse_inputs
from mingjian.cli.inputs import checked_inputs
from mingjian.cli.rulefiles import rulebook_with
from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.pipeline.expressions import quantities, times
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.times.conventions import DOCUMENT
from mingjian.errors import ReadError

_WIDTH = 110
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class View(StrEnum):
    """How expressions are shown."""

    JSONL = "jsonl"
    TABLE = "table"


class Text(NamedTuple):
    """One text to read, by what name, and the day that it counts from where it brings one."""

    name: str
    text: str
    anchor: str | None


class _Line(msgspec.Struct):
    text: str
    id: str | int | None = None
    anchor: str | None = None


Paths = Annotated[list[str], typer.Argument(help="Texts: files, .jsonl of {id,text,anchor}, or - .")]
AnchorOption = Annotated[str | None, typer.Option(help="The day to count from: 2025-03-05, 2025-03 or 2025.")]
ProfileOption = Annotated[str, typer.Option(help="Whose conventions: document, recognizers, jionlp, duckling.")]
ViewOption = Annotated[View, typer.Option(help="jsonl: an object a text; table: for reading.")]
OutOption = Annotated[Path | None, typer.Option(help="Write here.")]
RulesOption = Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")]


def times_command(
    paths: Paths,
    anchor: AnchorOption = None,
    profile: ProfileOption = DOCUMENT,
    view: ViewOption = View.JSONL,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Print the time expressions of texts: words, value (TIMEX3), bounds, and what they were counted from."""
    book = rulebook_with(rules)
    texts = _texts(checked_inputs(paths), anchor)
    refuse_inputs(paths, out, folder=False)
    _write(_found_times(texts, profile, book), view, out, "times")


def _found_times(texts: Iterable[Text], profile: str, book: Rulebook) -> Iterator[tuple[Text, list[dict[str, Any]]]]:
    for given in texts:
        found = times(given.text, given.anchor, profile=profile, book=book)
        yield given, [_row(given.text, time) for time in found]


def quantities_command(
    paths: Paths,
    profile: ProfileOption = DOCUMENT,
    view: ViewOption = View.JSONL,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Print the quantities of texts: words, number, unit, comparator, and what they normalise to."""
    book = rulebook_with(rules)
    texts = _texts(checked_inputs(paths), None)
    refuse_inputs(paths, out, folder=False)
    _write(_found_quantities(texts, profile, book), view, out, "quantities")


def _found_quantities(
    texts: Iterable[Text], profile: str, book: Rulebook
) -> Iterator[tuple[Text, list[dict[str, Any]]]]:
    for given in texts:
        found = quantities(given.text, profile=profile, book=book)
        yield given, [_row(given.text, quantity) for quantity in found]


def _row(text: str, item: TimeExpression | Quantity) -> dict[str, Any]:
    """The expression with its words, ready to be written."""
    return {"start": item.start, "end": item.end, "text": text[item.start : item.end]} | msgspec.structs.asdict(item)


def _texts(paths: Sequence[str], anchor: str | None) -> Iterator[Text]:
    for path in paths:
        content = _content(path)
        if path.endswith(".jsonl") or (path == "-" and content.startswith("{")):
            yield from _of_lines(path, content, anchor)
        else:
            yield Text(path, content, anchor)


def _content(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig" if path.endswith(".jsonl") else "utf-8")
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror or error})", "name a text file") from None
    except UnicodeDecodeError as error:
        raise ReadError(
            path, f"is not UTF-8 (byte {error.start})", "save it as UTF-8, or read it with `extract`"
        ) from None


def _of_lines(path: str, content: str, anchor: str | None) -> Iterator[Text]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            given = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise ReadError(
                f"{path}:{number}", f"is no text ({error})", 'write {"id": …, "text": …, "anchor": …}'
            ) from None
        yield Text(str(given.id if given.id is not None else number), given.text, given.anchor or anchor)


def _write(results: Iterable[tuple[Text, list[dict[str, Any]]]], view: View, out: Path | None, kind: str) -> None:
    render: Callable[[Text, list[dict[str, Any]]], bytes] = _as_table if view is View.TABLE else _as_json(kind)
    with open_output(out) as stream:
        for given, rows in results:
            stream.write(render(given, rows))
            if out is None:
                stream.flush()


def _as_json(kind: str) -> Callable[[Text, list[dict[str, Any]]], bytes]:
    def rendered(given: Text, rows: list[dict[str, Any]]) -> bytes:
        return _ENCODER.encode({"id": given.name, kind: rows}) + b"\n"

    return rendered


def _as_table(given: Text, rows: list[dict[str, Any]]) -> bytes:
    """A table of the expressions; words of the text are made safe for a terminal."""
    table = Table(title=printable(given.name), title_justify="left")
    columns = _COLUMNS_OF_TIMES if not rows or "type" in rows[0] else _COLUMNS_OF_QUANTITIES
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(printable(cell) for cell in columns_of(row)))
    console = Console(width=_WIDTH, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(table)
    return (captured.get() + "\n").encode("utf-8", "replace")


_COLUMNS_OF_TIMES = ("words", "type", "value", "from", "to", "use", "counted from")
_COLUMNS_OF_QUANTITIES = ("words", "comparator", "value", "unit", "normalised", "measures")


def columns_of(row: dict[str, Any]) -> Sequence[str]:
    """The cells of one expression."""
    if "type" not in row:
        most, high = row["value_max"], row["normal_max"]
        value = f"{row['value']}" + (f"–{most}" if most is not None else "")
        normal = f"{row['normal_value']}" + (f"–{high}" if high is not None else "")
        return (row["text"], row["comparator"], value, row["unit"], f"{normal} {row['normal_unit']}", row["kind"])
    date = row["date"]
    value = row["value"] + (f" {row['mod']}" if row["mod"] else "")
    return (row["text"], row["type"], value, date.start or "", date.end or "", row["function"], date.basis)
