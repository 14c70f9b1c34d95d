"""CoNLL: one character a line with its tags (BIOES), an empty line behind each sentence, a comment before each page.

Facts that were rejected or that overlap are told apart by columns: the first holds what is true as a whole
(``KIND``), the second its parts (``KIND.part``). Of stretches that overlap in one column the longest stands, of those
as long the first; how many were left out stands in the comment. Characters that are no text of a line (tabs, line
feeds, other white space) are written as their escapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.model.span import Pair
from mingjian.core.review.labelled.samples import Sample

_ENDS = "\n"
_SPELT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", " ": "\\s", "\\": "\\\\"}
_READ = {spelt: char for char, spelt in _SPELT.items()}
OUTSIDE = "O"


def conll(samples: Iterable[Sample]) -> Iterator[str]:
    """The lines of all samples, without line feeds."""
    for sample in samples:
        wholes, parts = _stretches(sample)
        columns = [_tags(len(sample.text), kept) for kept, _ in (wholes, parts)]
        yield f"# page = {sample.page}"
        yield f"# address = {_spelt(sample.address)}"
        yield f"# overlapping = {wholes[1] + parts[1]}"
        for char, *tags in zip(sample.text, *columns, strict=True):
            yield "\t".join((_spelt(char), *tags))
            if char == _ENDS:
                yield ""
        yield ""


def read_conll(lines: Iterable[str]) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """For each page its id, its text, and the stretches of both columns with their tags, in the order of places."""
    page: str | None = None
    rows: list[tuple[str, str, str]] = []
    for line in lines:
        if line.startswith("# page = ") and "\t" not in line:
            if page is not None:
                yield _read(page, rows)
            page, rows = line.removeprefix("# page = "), []
        elif line and "\t" in line:
            char, whole, part = line.split("\t")
            rows.append((_unspelt(char), whole, part))
    if page is not None:
        yield _read(page, rows)


def _stretches(sample: Sample) -> tuple[tuple[list[tuple[Pair, str]], int], tuple[list[tuple[Pair, str]], int]]:
    """What the two columns hold, and how many stretches each left out."""
    wholes: list[tuple[Pair, str]] = []
    parts: list[tuple[Pair, str]] = []
    for one in sample.judgements:
        for label in one.labels if one.verdict != "reject" else ():
            pair = (label.start, label.end)
            if label.part == "evidence":
                wholes.append((pair, one.kind))
            else:
                parts.append((pair, f"{one.kind}.{label.part}"))
    return _apart(wholes), _apart(parts)


def _apart(stretches: Iterable[tuple[Pair, str]]) -> tuple[list[tuple[Pair, str]], int]:
    kept: list[tuple[Pair, str]] = []
    every = sorted(set(stretches), key=lambda one: (one[0][0] - one[0][1], one))
    for pair, tag in every:
        if all(pair[1] <= other[0] or other[1] <= pair[0] for other, _ in kept):
            kept.append((pair, tag))
    return kept, len(every) - len(kept)


def _tags(length: int, stretches: Sequence[tuple[Pair, str]]) -> list[str]:
    """Begin, inside, end or single of each character."""
    tags = [OUTSIDE] * length
    for (start, end), name in stretches:
        tags[start:end] = [f"I-{name}"] * (end - start)
        tags[start], tags[end - 1] = f"B-{name}", f"E-{name}"
        if end - start == 1:
            tags[start] = f"S-{name}"
    return tags


def _read(page: str, rows: Sequence[tuple[str, str, str]]) -> tuple[str, str, list[tuple[int, int, str]]]:
    found: list[tuple[int, int, str]] = []
    for column in (1, 2):
        start = 0
        for at, row in enumerate(rows):
            place, _, name = row[column].partition("-")
            if place in ("B", "S"):
                start = at
            if place in ("E", "S"):
                found.append((start, at + 1, name))
    return page, "".join(row[0] for row in rows), sorted(found)


def _spelt(text: str) -> str:
    return "".join(_SPELT.get(char, f"\\u{ord(char):06x}" if char.isspace() else char) for char in text)


def _unspelt(spelt: str) -> str:
    if spelt.startswith("\\u") and len(spelt) > 2:
        return chr(int(spelt[2:], 16))
    return _READ.get(spelt, spelt)
