"""``mingjian times``, ``quantities`` and ``names``: what is said in any text, exactly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import tee
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeAlias

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from mingjian.brief.wording import printable
from mingjian.cli.engines import EngineOption
from mingjian.cli.files import open_output, refuse_inputs
from mingjian.cli.inputs import checked_inputs
from mingjian.core.model.annotation import Measured, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.pipeline.expressions import anchor_at, expressions, quantities, times
from mingjian.core.pipeline.naming import names_of_each
from mingjian.core.ports import Engines
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.profiles import DOCUMENT
from mingjian.engines.loading import load_engines
from mingjian.errors import AnchorError, ReadError
from mingjian.overlay import load_rulebook

_WIDTH = 110
_SHOWN = 40  # characters of a wrong anchor that an error quotes
_BOM_AND_BRACE = b"\xef\xbb\xbf{"
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class View(StrEnum):
    """How expressions are shown."""

    JSONL = "jsonl"
    TABLE = "table"


Row: TypeAlias = dict[str, Any]


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
    book = load_rulebook(rules)
    texts = _texts(checked_inputs(paths), anchor)
    refuse_inputs(paths, out, folder=False)
    _write(_found_times(texts, profile, book), view, out, "times")


def _found_times(texts: Iterable[Text], profile: str, book: Rulebook) -> Iterator[tuple[Text, list[Row]]]:
    for given in texts:
        found = times(given.text, given.anchor, profile=profile, book=book)
        yield given, [_words(given.text, (time.start, time.end)) | msgspec.structs.asdict(time) for time in found]


def quantities_command(
    paths: Paths,
    anchor: AnchorOption = None,
    profile: ProfileOption = DOCUMENT,
    view: ViewOption = View.JSONL,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Print the quantities of texts: words, number, unit, comparator, and what they measure, whose, where and when."""
    book = load_rulebook(rules)
    texts = _texts(checked_inputs(paths), anchor)
    refuse_inputs(paths, out, folder=False)
    _write(_found_quantities(texts, profile, book), view, out, "quantities")


def _found_quantities(texts: Iterable[Text], profile: str, book: Rulebook) -> Iterator[tuple[Text, list[Row]]]:
    for given in texts:
        if profile == DOCUMENT:
            found = expressions(given.text, given.anchor, book=book)
            known = {(time.start, time.end): time for time in found.times}
            yield given, [_measured_row(given.text, item, known) for item in found.quantities]
        else:
            bare = quantities(given.text, given.anchor, profile=profile, book=book)
            yield given, [_measured_row(given.text, item, {}) for item in bare]


def names_command(
    paths: Paths,
    engine: EngineOption = None,
    view: ViewOption = View.JSONL,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Print the names of people (PER), bodies (ORG) and places (LOC) in texts: words, bounds, what found them."""
    book, engines = load_rulebook(rules), load_engines(engine)
    texts = _texts(checked_inputs(paths), None)
    refuse_inputs(paths, out, folder=False)
    _write(_found_names(texts, engines, book), view, out, "names")


def _found_names(texts: Iterable[Text], engines: Engines, book: Rulebook) -> Iterator[tuple[Text, list[Row]]]:
    given, asked = tee(texts)
    for text, found in zip(given, names_of_each((one.text for one in asked), engines=engines, book=book), strict=True):
        yield text, [_words(text.text, name.pair) | {"label": name.label, "by": name.by} for name in found]


def _measured_row(text: str, item: Measured, times: Mapping[Pair, TimeExpression]) -> Row:
    """The quantity with the words for what it measures; its time with the value of those words."""
    quantity = item.quantity
    row = _words(text, (quantity.start, quantity.end)) | msgspec.structs.asdict(quantity)
    row["noun"] = quantity.noun and _words(text, quantity.noun)
    row |= {name: pair and _words(text, pair) for name, pair in _pairs(item)}
    if item.time is not None:
        time = times[item.time]
        row["time"] |= {"value": time.value, "mod": time.mod, "date": time.date, "use": item.use}
    return row | {"growth": item.growth, "governed": item.governed}


def _pairs(item: Measured) -> Iterator[tuple[str, Pair | None]]:
    yield from (("metric", item.metric), ("subject", item.subject), ("region", item.region))
    yield from (("time", item.time), ("compared", item.compared))


def _words(text: str, pair: Pair) -> Row:
    return {"start": pair[0], "end": pair[1], "text": text[slice(*pair)]}


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
        is_lines = path.endswith(".jsonl") or (path == "-" and data.startswith(_BOM_AND_BRACE))
        return data.decode("utf-8-sig" if is_lines else "utf-8")
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
        if given.anchor:
            _check_anchor(given.anchor, f"{path}:{number}")
        yield Text(str(given.id if given.id is not None else number), given.text, given.anchor or anchor)


def _check_anchor(anchor: str, place: str) -> None:
    try:
        anchor_at(anchor)
    except AnchorError:
        raise ReadError(
            place, f"has an anchor that is no day ({anchor[:_SHOWN]!r})", "give one such as 2025-03-05, 2025-03 or 2025"
        ) from None


def _write(results: Iterable[tuple[Text, list[Row]]], view: View, out: Path | None, kind: str) -> None:
    render: Callable[[Text, list[Row]], bytes] = _as_table if view is View.TABLE else _as_json(kind)
    with open_output(out) as stream:
        for given, rows in results:
            stream.write(render(given, rows))
            if out is None:
                stream.flush()


def _as_json(kind: str) -> Callable[[Text, list[Row]], bytes]:
    def rendered(given: Text, rows: list[Row]) -> bytes:
        return _ENCODER.encode({"id": given.name, kind: rows}) + b"\n"

    return rendered


def _as_table(given: Text, rows: list[Row]) -> bytes:
    """A table of the expressions; words of the text are made safe for a terminal."""
    table = Table(title=printable(given.name), title_justify="left")
    for column in _headings(rows):
        table.add_column(column)
    for row in rows:
        table.add_row(*(printable(cell) for cell in columns_of(row)))
    console = Console(width=_WIDTH, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(table)
    return (captured.get() + "\n").encode("utf-8", "replace")


_COLUMNS_OF_NAMES = ("words", "label", "by")
_COLUMNS_OF_TIMES = ("words", "type", "value", "from", "to", "use", "counted from")
_COLUMNS_OF_QUANTITIES = ("words", "normalised", "metric", "whose", "where", "time", "against")


def _headings(rows: Sequence[Row]) -> Sequence[str]:
    if rows and "label" in rows[0]:
        return _COLUMNS_OF_NAMES
    return _COLUMNS_OF_TIMES if not rows or "type" in rows[0] else _COLUMNS_OF_QUANTITIES


def columns_of(row: Row) -> Sequence[str]:
    """The cells of one expression."""
    if "label" in row:
        return row["text"], row["label"], row["by"]
    if "type" not in row:
        high = "" if row["normal_max"] is None else f"–{row['normal_max']}"
        normal = f"{row['comparator']} {row['normal_value']}{high} {row['normal_unit']}"
        named = (row[name] for name in ("metric", "subject", "region", "time", "compared"))
        return (row["text"], normal, *("" if words is None else words["text"] for words in named))
    date = row["date"]
    value = row["value"] + (f" {row['mod']}" if row["mod"] else "")
    return (row["text"], row["type"], value, date.start or "", date.end or "", row["function"], date.basis)
