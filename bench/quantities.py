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
    name = profile or (rows[0]["source"] if rows[0]["source"] in book.tables["profiles"] else DOCUMENT)
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
    if time.type == "SET":
        return {"t": "set", "timex": time.value}
    if time.value.endswith("_REF") and profile == DOCUMENT:
        return {"t": "timex", "value": time.value}
    bare = time.type == "TIME" and _BARE_CLOCK.match(time.value) is not None
    if bare and profile.startswith((DOCUMENT, "recognizers")):
        return _clock_value(time)
    if time.begin is None and time.until is None:
        return {"t": "timex", "value": time.value, "timex": time.value, "mod": time.mod}
    if profile == DOCUMENT and (time.mod == "EQUAL_OR_LESS" or _is_core_value(time)):
        return {"t": "timex", "value": time.value, "mod": time.mod}
    return {"t": "interval", "start": _plain(time.begin), "end": _plain(time.until)}


def _plain(instant: str | None) -> str | None:
    """The scorer writes years before 1000 with three figures."""
    return instant and instant.lstrip("0")


def _is_core_value(time: TimeExpression) -> bool:
    """Whether the TIMEX3 value says all that the scorer asks: it leaves out by when, since when, as of when."""
    exact = time.mod == "MID" or (time.date.text or "").rstrip("前后之以").endswith("旬")
    return time.type == "DATE" and not exact and _CORE.fullmatch(time.value) is not None


def _clock_value(time: TimeExpression) -> Row:
    first, _, last = time.value.replace("T24", "T00").partition("/")
    if last:
        return {"t": "timerange", "start": f"{first[1:]}:00:00"[:8], "end": f"{last[1:]}:00:00"[:8]}
    return {"t": "time", "start": f"{first[1:]}:00:00"[:8]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    parser.add_argument("--profile", help="read everything by this profile")
    parser.add_argument("--half", help="only this half of a parted file")
    parser.add_argument("--score", type=Path, help="the scorer to run on what was predicted")
    parser.add_argument("--by", default="suite")
    parser.add_argument("--family")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if arguments.half in (None, row.get("half"))]
    lines = [json.dumps(row, ensure_ascii=False) for row in predictions(rows, bundled_rulebook(), arguments.profile)]
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
