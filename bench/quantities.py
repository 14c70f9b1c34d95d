"""Predicts times and quantities for a file of labelled texts, in the form of its scorer.

``python -m bench.quantities --gold FILE --pred OUT.jsonl [--profile P]``; with ``--score SCORER`` it prints the figures,
with ``--half dev`` it reads only that half of a file that is parted. Texts whose ids are ``name-1``, ``name-2`` … are
the sentences of one document. Without ``--profile`` every suite is read by the profile of its own name.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import Article, BodyBlock, Sentence
from mingjian.core.pipeline.expressions import anchor_at
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.times.conventions import DOCUMENT, conventions_of

_TIMES = re.compile("Date|Time|Duration|Set|Holiday|Merged|time|News|Event")
_BARE_CLOCK = re.compile("T[0-9]")
_NUMBERED = re.compile(r"(.+?)-(\d+)$")
_POINT = r"\d{4}(?:-\d\d(?:-\d\d)?|-[QH]\d|-W\d\d)?"
_CORE = re.compile(f"{_POINT}(?:/{_POINT})?")
_PARTS = re.compile(r"([0-9.]+)([A-Z])")
_DAY = 86400
_SECONDS = {
    "year": 365 * _DAY, "month": 30 * _DAY, "week": 7 * _DAY, "day": _DAY, "night": 0,
    "hour": 3600, "minute": 60, "second": 1,
}  # fmt: skip
Row = dict[str, Any]


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
        name = conventions_of(book, name).models.get(rows[0]["model"], name)
    found: list[Row] = []
    if _TIMES.search(rows[0]["model"]):
        found += _times(article, book, anchor, name)
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
    others = conventions_of(book, profile).also
    found: dict[tuple[int, int], Row] = {}
    for name in (profile, *others):
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
        return {"t": "timex", "value": time.value, "timex": time.value, "mod": time.mod}
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
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if arguments.half in (None, row.get("half"))]
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
