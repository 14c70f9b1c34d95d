"""Predicts times and quantities for a file of labelled texts, in the form of its scorer.

``python -m bench.quantities --gold FILE --pred OUT.jsonl [--profile P]``; with ``--score SCORER`` it prints the
figures, with ``--half dev`` it reads only that half of a file that is parted. Texts whose ids are ``name-1``,
``name-2`` … are the sentences of one document. Without ``--profile`` every suite is read by the profile of its own
name.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Quantity, TimeExpression
from mingjian.core.model.article import Article, BodyBlock, Sentence
from mingjian.core.model.facts import Names
from mingjian.core.pipeline.expressions import anchor_at
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.scenes import read_scenes
from mingjian.core.text.units import Unit, unit_table

_TIMES = re.compile("Date|Time|Duration|Set|Holiday|Merged|time|News|Event")
_BARE_CLOCK = re.compile("T[0-9]")
_QUANTITIES = re.compile("News|Model$|money|Money|Numeral|Distance|Quantity|Temperature|Volume|Ordinal")
_COMPARATORS = {"=": "eq", ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "~<": "near", "~": "approx"}
_SHORT_NAMES = {"公里": "km", "千米": "km", "毫秒": "ms", "个基点": "基点", "P": "PFLOPS", "E": "EFLOPS"}
_NUMBERED = re.compile(r"(.+?)-(\d+)$")
_MAGNITUDES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_POINT = r"\d{4}(?:-\d\d(?:-\d\d)?|-[QH]\d|-W\d\d)?"
_CORE = re.compile(f"{_POINT}(?:/{_POINT})?")
_PARTS = re.compile(r"([0-9.]+)([A-Z])")
# The suite wants every date without its year as past and as to come; some of its models want one sort of times alone.
_ALSO = {"recognizers": ("recognizers-next",), "recognizers-cores": ("recognizers-next",)}
_READERS = {"recognizers": {
    "TimeExtractor": "recognizers-clocks", "TimeParser": "recognizers-clocks",
    "DatePeriodExtractor": "recognizers-cores", "DatePeriodParser": "recognizers-cores",
}}  # fmt: skip
_DAY = 86400
_SECONDS = {
    "year": 365 * _DAY, "month": 30 * _DAY, "week": 7 * _DAY, "day": _DAY, "night": 0,
    "hour": 3600, "minute": 60, "second": 1,
}  # fmt: skip
Row = dict[str, Any]


def read_rows(path: Path, half: str | None = None) -> list[Row]:
    """The labelled texts of a file, or of one half of it."""
    rows: list[Row] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if half in (None, row.get("half"))]


def predictions(rows: Iterable[Row], book: Rulebook, profile: str | None) -> Iterator[Row]:
    """For every row its id and what is predicted, in the form of the scorer."""
    for _, group in groupby(rows, key=_document):
        yield from _of_document(list(group), book, profile)


def _document(row: Row) -> object:
    """What the sentences of one document share; the texts of other suites stand alone."""
    numbered = _NUMBERED.match(row["id"]) if row["source"] == "news" else None
    return (numbered.group(1), row["reference_datetime"]) if numbered else row["id"]


def _of_document(rows: Sequence[Row], book: Rulebook, profile: str | None) -> Iterator[Row]:
    name = profile or _profile_of(rows[0], book)
    article, starts = _article([row["text"] for row in rows])
    anchor = anchor_at(rows[0]["reference_datetime"])
    if not profile:
        name = _READERS.get(name, {}).get(rows[0]["model"], name)
    found: list[Row] = []
    if _TIMES.search(rows[0]["model"]):
        found += _times(article, book, anchor, name)
    if _QUANTITIES.search(rows[0]["model"]) and not rows[0]["model"].startswith("DateTime"):
        found += _quantities(article, book, anchor, (name, rows[0]["model"]))
    ends = [*starts[1:], len(article.text) + 1]
    for row, low, high in zip(rows, starts, ends, strict=True):
        here = [_shifted(item, low, row["text"]) for item in found if low <= item["start"] < high]
        yield {"id": row["id"], "predicted": here}


def _profile_of(row: Row, book: Rulebook) -> str:
    """The profile of the suite's name, or of the options with which the suite calls its library."""
    options = row.get("options") or {}
    ending = "-next" if options.get("ret_future") else "-solar" if options.get("lunar_date") is False else ""
    return next((name for name in (row["source"] + ending, row["source"]) if name in book.tables["profiles"]), DOCUMENT)


def _article(texts: Sequence[str]) -> tuple[Article, list[int]]:
    """The texts as sentences of one paragraph, and where each begins."""
    text = "\n".join(texts)
    starts = [0]
    for words in texts[:-1]:
        starts.append(starts[-1] + len(words) + 1)
    body = (BodyBlock(0, len(text), "paragraph"),)
    sentences = tuple(Sentence(start, start + len(words), 0) for start, words in zip(starts, texts, strict=True))
    return Article(text=text, folded=fold(text), body=body, boilerplate=(), sentences=sentences), starts


def _shifted(item: Row, by: int, text: str) -> Row:
    start, end = item["start"] - by, item["end"] - by
    return {**item, "start": start, "end": end, "text": text[start:end]}


def _times(article: Article, book: Rulebook, anchor: Anchor, profile: str) -> list[Row]:
    """The times, each with all its readings: a profile may read a date as past and as to come."""
    found: dict[tuple[int, int], Row] = {}
    for name in (profile, *_ALSO.get(profile, ())):
        for time in annotate_times(article, book, anchor, name):
            item = {"start": time.start, "end": time.end, "kind": _kind(time), "normalized": []}
            if name == profile:
                found.setdefault((time.start, time.end), item)
            if (time.start, time.end) in found:
                found[time.start, time.end]["normalized"].append(_time_value(time, profile))
    return list(found.values())


def _kind(time: TimeExpression) -> str:
    return {"DURATION": "duration", "SET": "set", "TIME": "datetime"}.get(time.type, "date")


def _time_value(time: TimeExpression, profile: str) -> Row:
    if profile.startswith("jionlp") and time.type in ("SET", "DURATION") and time.begin is None and time.until is None:
        return _as_counted(time)
    if time.type == "SET":
        return {"t": "set", "timex": time.value}
    if time.value.endswith("_REF") and profile == DOCUMENT:
        return {"t": "timex", "value": time.value}
    bare = time.type == "TIME" and _BARE_CLOCK.match(time.value) is not None
    if bare and profile.startswith((DOCUMENT, "recognizers")):
        return _clock_value(time)
    by_value = profile == DOCUMENT and (time.mod == "EQUAL_OR_LESS" or _is_core_value(time))
    if by_value or (time.begin is None and time.until is None):
        value = time.value.removeprefix("FY")  # the scorer knows no years of accounts
        return {"t": "timex", "value": value, "timex": value, "mod": time.mod}
    a_second = profile.startswith("jionlp") and time.date.precision == "second"
    return {"t": "interval", "start": _plain(time.begin), "end": _plain(time.begin if a_second else time.until)}


def _plain(instant: str | None) -> str | None:
    """The scorer writes years before 1000 with three figures."""
    return instant and instant.lstrip("0")


def _as_counted(time: TimeExpression) -> Row:
    """A length in seconds, a year having 365 days and a month 30, working days none; a set by what lies between two."""
    halves = _halves(time.value)
    parts = [(float(number), names[unit]) for names, half in halves for number, unit in _PARTS.findall(half)]
    if time.type == "DURATION":
        at_work = (time.date.text or "").endswith(("工作日", "交易日"))
        return {"t": "duration", "seconds": 0 if at_work else sum(number * _SECONDS[unit] for number, unit in parts)}
    delta = {"day" if unit == "week" else unit: number * (7 if unit == "week" else 1) for number, unit in parts}
    if delta == {"month": 6} and "半年" in (time.date.text or ""):
        delta = {"year": 0.5}
    return {"t": "set", "delta": delta}


def _halves(value: str) -> list[tuple[dict[str, str], str]]:
    """The parts of an ISO duration before and after its T, each with the names of its letters."""
    days, _, clock = value.removeprefix("P").partition("T")
    names = {"Y": "year", "M": "month", "W": "week", "D": "day", "N": "night"}
    return [(names, days), ({"H": "hour", "M": "minute", "S": "second"}, clock)]


def _is_core_value(time: TimeExpression) -> bool:
    """Whether the TIMEX3 value says all that the scorer asks: it leaves out by when, since when, as of when."""
    exact = time.mod == "MID" or (time.date.text or "").rstrip("前后之以").endswith("旬")
    return time.type == "DATE" and not exact and _CORE.fullmatch(time.value) is not None


def _clock_value(time: TimeExpression) -> Row:
    first, _, last = time.value.replace("T24", "T00").partition("/")
    if last:
        return {"t": "timerange", "start": f"{first[1:]}:00:00"[:8], "end": f"{last[1:]}:00:00"[:8]}
    return {"t": "time", "start": f"{first[1:]}:00:00"[:8]}


def _as_whole(row: Row, text: str) -> Row:
    """The widest expression found, as what the whole text means."""
    widest = max(row["predicted"], key=lambda item: item["end"] - item["start"], default=None)
    whole = [] if widest is None else [{**widest, "start": 0, "end": len(text), "text": text}]
    return {**row, "predicted": whole}


def _quantities(article: Article, book: Rulebook, anchor: Anchor, reader: tuple[str, str]) -> Iterator[Row]:
    """The quantities; where a suite has a model for them alone, times are none of its concern."""
    profile, model = reader
    times = annotate_times(article, book, anchor) if profile == DOCUMENT else ()
    units = unit_table(book.lexicon("units")).by_id
    quantities = annotate_quantities(article, book, times, profile, model)
    metrics = _metrics(article, book, anchor, quantities, times) if profile == DOCUMENT else {}
    for quantity in quantities:
        unit = units.get(quantity.unit_id)
        number = _number(quantity, unit) if profile == DOCUMENT else _suite_number(quantity, unit, book, profile)
        start, end = _core(quantity, unit) if profile == DOCUMENT else (quantity.start, quantity.end)
        yield {"start": start, "end": end, "kind": _kind_of(quantity), "normalized": [number],
               **metrics.get(quantity.start, {})}  # fmt: skip


def _core(quantity: Quantity, unit: Unit | None) -> tuple[int, int]:
    """The number and its unit, without what that is counted for: the scorer knows no rates."""
    start, end = quantity.number
    if unit is None or quantity.normal_unit == unit.normal:
        return start, end
    return start, end - len(quantity.unit) + len(quantity.unit.partition("/")[0])


def _metrics(
    article: Article, book: Rulebook, anchor: Anchor, quantities: Sequence[Quantity], times: Sequence[TimeExpression]
) -> dict[int, Row]:
    """The words for what each quantity measures, by where it begins."""
    nobody, rules = Names(organisations=(), people=(), regions=()), find_all(article, book).rules
    scenes = read_scenes(article, rules["figures"], quantities, times, nobody, anchor)
    measured = annotate_measured(quantities, scenes, rules["measuring"])
    return {item.quantity.start: {"metric": article.text[slice(*item.metric)]} for item in measured if item.metric}


def _kind_of(quantity: Quantity) -> str:
    """Milliseconds are a dimension to the scorer, no time."""
    return "dimension" if quantity.kind == "time" else quantity.kind


def _number(quantity: Quantity, unit: Unit | None) -> Row:
    """The number in the unit as printed, with its magnitude multiplied in."""
    name, factor = _unit_name(quantity, unit)
    number: Row = {"t": "number", "value": float(quantity.normal_value * factor), "unit": name}
    if quantity.unit == "番":
        number["value"] += 1
    if quantity.normal_max is not None:
        number["value_max"] = float(quantity.normal_max * factor)
    else:
        number["comparator"] = "order" if quantity.order else _COMPARATORS[quantity.comparator]
    return number


def _suite_number(quantity: Quantity, unit: Unit | None, book: Rulebook, profile: str) -> Row:
    """The number as a suite prints it, its unit by the name that the suite gives it."""
    if quantity.kind == "range":
        return {"t": "numberrange", "range": _interval(quantity)}
    name, factor = _suite_unit(quantity, unit, book, profile)
    if quantity.value.is_nan():
        return {"t": "number", "value": None, "unit": name}
    number: Row = {"t": "number", "value": float(quantity.normal_value * factor), "unit": name}
    number["comparator"] = quantity.comparator
    return number if quantity.normal_max is None else {**number, "value_max": float(quantity.normal_max * factor)}


def _suite_unit(quantity: Quantity, unit: Unit | None, book: Rulebook, profile: str) -> tuple[str, Decimal]:
    """What a suite calls the unit, and how many of it one normal unit is."""
    if unit is None:
        return "1", Decimal(1)
    if unit.measure in ("percent", "point"):
        return "%", Decimal(100)
    if profile == "jionlp":
        return unit.normal, Decimal(1)
    printed = quantity.unit.lstrip("十百千万亿兆")
    for entry in sorted(book.lexicon("unit_names").entries, key=lambda entry: entry.fields["scope"] == "unit"):
        row = entry.fields
        if row["unit"] == unit.id and (row["scope"] == "unit" or printed in entry.surfaces):
            factor = row["duckling_factor"] if profile == "duckling" else ""
            as_code = unit.is_money and unit.factor == 1 and unit.normal != "XXX"
            as_code = as_code and profile == "recognizers" and row["scope"] == "unit"
            return unit.normal if as_code else row[profile], Decimal(factor or 1) / unit.factor
    return unit.id, 1 / unit.factor


def _interval(quantity: Quantity) -> str:
    low, high = f"{quantity.normal_value:f}", "" if quantity.normal_max is None else f"{quantity.normal_max:f}"
    if quantity.bounds is not None:
        return f"{quantity.bounds[0]}{low},{high}{quantity.bounds[1]}"
    return {">": f"({low},)", ">=": f"[{low},)", "<": f"(,{low})", "<=": f"(,{low}]"}[quantity.comparator]


def _unit_name(quantity: Quantity, unit: Unit | None) -> tuple[str, Decimal]:
    """What the scorer calls the unit, and how many of it one normal unit is."""
    if unit is None:
        return (quantity.unit if quantity.kind == "index" and quantity.unit else "1"), Decimal(1)
    if unit.measure == "percent" or unit.name == "个百分点":
        return ("%" if unit.measure == "percent" else "pp"), Decimal(100)
    if unit.measure == "multiple":
        return "x", Decimal(1)
    rate = _per(quantity, unit)  # the scorer knows no rates: 元/千瓦时 is told as yuan
    if unit.is_money:
        return unit.normal, rate
    printed = _without_magnitude(
        quantity.unit if quantity.normal_unit == unit.normal else quantity.unit.partition("/")[0], unit
    )
    return _SHORT_NAMES.get(printed, "token" if unit.id == "token" else printed), rate / unit.factor


def _per(quantity: Quantity, unit: Unit) -> Decimal:
    """By how much a rate was divided: 1000 for 元/千瓦时, 1 for what is no rate."""
    if "/" not in quantity.normal_unit or quantity.normal_unit == unit.normal or not quantity.value:
        return Decimal(1)
    magnitude = Decimal(_MAGNITUDES.get(quantity.unit.partition(unit.name[:1])[0], 1))
    return quantity.value * magnitude * unit.factor / quantity.normal_value


def _without_magnitude(printed: str, unit: Unit) -> str:
    """The name of the unit as printed, without the 万 or 亿 that belongs to the number."""
    endings = (printed[place:] for place in range(len(printed)))
    names = {unit.name, *_aliases(unit.id)}
    return next((ending for ending in endings if ending in names), printed.lstrip("十百千万亿"))


@cache
def _aliases(unit: str) -> tuple[str, ...]:
    return next(entry.surfaces for entry in bundled_rulebook().lexicon("units").entries if entry.id == unit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    parser.add_argument("--profile", help="read everything by this profile")
    parser.add_argument("--whole", action="store_true", help="every text is one expression")
    parser.add_argument("--half", help="only this half of a parted file")
    parser.add_argument("--score", type=Path, help="the scorer to run on what was predicted")
    parser.add_argument("--by", default="suite")
    parser.add_argument("--family")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    rows = read_rows(arguments.gold, arguments.half)
    found = predictions(rows, bundled_rulebook(), arguments.profile)
    if arguments.whole:
        found = (_as_whole(row, text["text"]) for row, text in zip(found, rows, strict=True))
    lines = [json.dumps(row, ensure_ascii=False) for row in found]
    arguments.pred.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if arguments.score:
        _score(arguments, rows)


def _score(arguments: argparse.Namespace, rows: Sequence[Row]) -> None:
    """Prints what the scorer says, for times and for quantities."""
    gold = arguments.pred.with_suffix(".gold.jsonl")
    gold.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    for family in [arguments.family] if arguments.family else ["time", "quantity"]:
        command = [sys.executable, str(arguments.score), "--gold", str(gold), "--pred", str(arguments.pred)]
        options = ["--family", family, "--by", arguments.by, "--errors", str(arguments.errors)]
        print(family, subprocess.run([*command, *options], capture_output=True, text=True, check=True).stdout, sep="\n")


if __name__ == "__main__":
    main()
