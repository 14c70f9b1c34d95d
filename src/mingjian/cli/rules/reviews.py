"""``rules test --against-reviews``: which rule errs, as people judged what it made, and whether it still does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mingjian.brief.wording import printable
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.workspace.opening import open_corpus
from mingjian.core.model.review import RuleReviews
from mingjian.run import Setup, extract_many

if TYPE_CHECKING:
    from mingjian.core.review.trial import Held

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_SHOWN = 20
_WORDS = 70
_COLUMNS = ("rule", "kind", "accepted", "corrected", "rejected", "missed", "errs", "right now", "parts")


def lines_against_reviews(workspace: Path, rule: str | None, folder: Path | None, *, as_json: bool) -> Iterator[str]:
    """A row for each rule, or the one; then what the rules (of a folder) make otherwise than people have it."""
    extract = partial(extract_many, setup=Setup(str(folder) if folder else None))
    with open_corpus(workspace) as corpus:
        told = [one for one in corpus.desk.rules() if rule in (None, one.rule)]
        held = [one for one in corpus.desk.held(extract) if rule in (None, one.rule)]
    if as_json:
        yield from (_ENCODE(one).decode() for one in (*told, *held))
        return
    if not told:
        yield "nobody judged what it makes" if rule else "nobody judged any fact"
        return
    yield from lines_of(table_of(_COLUMNS, [_row(one, held) for one in told]))
    wrong = [one for one in held if not one.right]
    yield ""
    yield f"{len(held) - len(wrong)} of {len(held)} claims are made as people have them; {len(wrong)} otherwise:"
    for one in wrong[:_SHOWN]:
        yield from _wrong_lines(one)
    if len(wrong) > _SHOWN:
        yield f"and {len(wrong) - _SHOWN} more: see them with --json"


def _row(one: RuleReviews, held: Sequence[Held]) -> tuple[str, ...]:
    mine = [each for each in held if (each.rule, each.kind) == (one.rule, one.kind)]
    counts = (one.accepted, one.corrected, one.rejected, one.missed)
    errs = "—" if one.errs is None else f"{one.errs:.0%}"
    now = f"{sum(each.right for each in mine)} of {len(mine)}"
    parts = " ".join(f"{part} {count}" for part, count in one.parts.items())
    return (printable(one.rule or "(missed)"), one.kind, *map(str, counts), errs, now, parts)


def _wrong_lines(one: Held) -> Iterator[str]:
    yield printable(f"  review {one.review}  {one.verdict}  {one.kind}  {' '.join(one.words.split())[:_WORDS]}")
    if one.wanted:
        yield printable(f"    people: {one.wanted}")
        yield printable(f"    rules:  {one.got}")
