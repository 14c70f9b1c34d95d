"""Scores times and quantities on a folder of labelled expressions: ``python bench/quantities.py FOLDER``.

The folder holds ``*.jsonl`` with ``{id, text, reference_datetime, expected}`` and the scorer ``score.py``. Every text
is read as a page of one paragraph, published at its reference time; the scorer's figures are printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Quantity, TimeExpression
from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.group import group_of
from mingjian.core.text.matching import scanner_for
from mingjian.core.text.numerals import parse_numeral
from mingjian.core.text.sentences import split_sentences

_COMPARATORS = {"=": "eq", ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "~<": "near", "~": "approx", "range": "range"}
_CURRENCY_SIGNS = {"ratio": "%", "times_increase": "x", "FLOPS": "FLOPS", "byte": "byte"}


def predict(row: dict[str, Any], book: Rulebook) -> list[dict[str, Any]]:
    """The expressions that the rules find in one text, as the scorer reads them."""
    text = row["text"]
    body = (BodyBlock(0, len(text), "paragraph"),)
    article = Article(text=text, folded=fold(text), body=body, boilerplate=(), sentences=split_sentences(text, body))
    anchor = _anchor(row.get("reference_datetime"))
    found = {
        name: group_of(book, name, scanner_for(book, name).scan(article.folded)) for name in ("times", "quantities")
    }
    times = annotate_times(article, found["times"], anchor)
    quantities = annotate_quantities(article, found["quantities"], times, book.lexicon("units"))
    return [_time(text, time) for time in times] + [_quantity(text, quantity) for quantity in quantities]


def _anchor(reference: str | None) -> Anchor:
    """A reference of a year or a month alone bounds the anchor."""
    if not reference:
        return Anchor(None, "published")
    if len(reference) >= 10:
        return Anchor(reference[:10], "published")
    year, _, month = reference.partition("-")
    first = date(int(year), int(month or 1), 1)
    last = (
        date(first.year, 12, 31) if not month else (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    )
    return Anchor(None, "published", None, first.isoformat(), last.isoformat())


def _time(text: str, time: TimeExpression) -> dict[str, Any]:
    kind = {"DURATION": "duration", "SET": "set", "TIME": "datetime"}.get(time.type, "date")
    return {"start": time.start, "end": time.end, "text": text[time.start : time.end], "kind": kind,
            "normalized": [_time_value(time)]}  # fmt: skip


def _time_value(time: TimeExpression) -> dict[str, Any]:
    if time.type == "SET":
        return {"t": "set", "timex": time.value}
    if time.type == "TIME" and time.value.startswith("T"):
        return {"t": "time", "start": f"{time.value[1:]}:00:00"[:8]}
    if time.type == "DURATION" and time.date.start and time.date.end:
        return {"t": "interval", "start": f"{time.date.start}T00:00:00", "end": _day_after(time.date.end)}
    if time.value.endswith("_REF") or time.type in ("DURATION", "TIME"):
        return {"t": "timex", "value": time.value}
    before_or_after = time.date.precision in ("before", "after")
    if before_or_after or (time.date.start and time.mod is None and time.function != "deadline"):
        start, end = time.date.start, time.date.end
        last = None if end is None else f"{end}T00:00:00" if before_or_after else _day_after(end)
        return {"t": "interval", "start": start and f"{start}T00:00:00", "end": last}
    return {"t": "timex", "value": time.value, "mod": time.mod}


def _day_after(iso: str) -> str:
    return f"{date.fromisoformat(iso) + timedelta(1)}T00:00:00"


def _quantity(text: str, quantity: Quantity) -> dict[str, Any]:
    points = "百分点" in quantity.unit
    percent = quantity.normal_unit == "ratio" and not points
    factor = 100 if quantity.normal_unit == "ratio" and "分之" not in quantity.unit else 1
    unit = "pp" if points else "%" if percent else _CURRENCY_SIGNS.get(quantity.normal_unit, quantity.normal_unit)
    number: dict[str, Any] = {"t": "number", "unit": quantity.unit.lstrip("十百千万亿") if unit == "count" else unit}
    number["value"] = _base(quantity) * factor
    if quantity.normal_max is not None:
        number["value_max"] = float(quantity.normal_max) * factor
    number["comparator"] = _COMPARATORS.get(quantity.comparator, "eq")
    kind = (
        "money"
        if quantity.normal_unit.isupper() and len(quantity.normal_unit) == 3
        else "percent"
        if percent
        else "count"
    )
    return {"start": quantity.start, "end": quantity.end, "text": text[quantity.start : quantity.end], "kind": kind,
            "normalized": [number]}  # fmt: skip


def _base(quantity: Quantity) -> float:
    """The number in the unit as printed, with its magnitude multiplied in; money, shares and counts as normalised."""
    if quantity.normal_unit in ("ratio", "times_increase", "count") or quantity.normal_unit.isupper():
        return float(quantity.normal_value)
    magnitude = "".join(takewhile("十百千万亿".__contains__, quantity.unit[:2]))
    return float(quantity.value * (parse_numeral(magnitude) or 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--suite", action="store_true", help="figures by suite and model")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    book = bundled_rulebook()
    for gold in sorted(arguments.folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        with tempfile.TemporaryDirectory() as folder:
            predicted = Path(folder) / "predicted.jsonl"
            lines = (json.dumps({"id": row["id"], "predicted": predict(row, book)}, ensure_ascii=False) for row in rows)
            predicted.write_text("\n".join(lines), encoding="utf-8")
            for family in ("time", "quantity"):
                print(gold.name, family)
                command = [
                    sys.executable,
                    str(arguments.folder / "score.py"),
                    "--gold",
                    str(gold),
                    "--pred",
                    str(predicted),
                ]
                options = [
                    "--family",
                    family,
                    *(["--by", "suite"] if arguments.suite else []),
                    "--errors",
                    str(arguments.errors),
                ]
                print(subprocess.run([*command, *options], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
