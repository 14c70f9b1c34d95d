"""``mingjian lexicon find``: the rows that a term leads to, and what the scanner makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.lexicon.options import RulesOption, View, ViewOption, place_of
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.terms import NamedRow, Verdict, families_of, rows_of, verdicts
from mingjian.overlay import load_rulebook

_SAID = {
    "hit": "found as {}",
    "weak": "found as {}, but a plain word too: it counts only beside other names of its kind",
    "ambiguous": "a name of several rows, of which the first counts: {}",
    "hidden": "never a name: a phrase of {} hides what stands in it",
    "longest": "no name itself; in it are found: {}",
    "nothing": "not found",
}


def find_command(
    term: Annotated[str, typer.Argument(help="A name, an alias, a part of one, or an id.")],
    rules: RulesOption = None,
    most: Annotated[int, typer.Option(help="Show so many rows.", min=1)] = 20,
    view: ViewOption = View.TEXT,
) -> None:
    """Look a term up, in simplified or traditional characters; exit status 1 where no row has it."""
    book, term = load_rulebook(rules), term.strip()
    rows, found = rows_of(book, term) if term else [], verdicts(book, term)
    if view is View.JSON:
        print_lines([_json(rows[:most], len(rows), found)])
    else:
        print_lines(_lines(book, rows, most, found))
    if not rows:
        raise typer.Exit(1)


def _lines(book: Rulebook, rows: Sequence[NamedRow], most: int, found: Sequence[Verdict]) -> Iterator[str]:
    families = families_of(book)
    for row in rows[:most]:
        entry = row.entry
        yield f"{place_of(entry)}  [{row.match}]"
        searched = ", ".join(families[entry.lexicon]) or "no family: what rules or tables ask"
        said = {"names": " | ".join(entry.surfaces), "retired": " | ".join(entry.retired), "searched in": searched}
        yield from (f"  {key:<12}{printable(value)}" for key, value in (said | dict(entry.fields)).items() if value)
    if len(rows) > most:
        yield f"… and {len(rows) - most} more rows; --most {len(rows)} shows them"
    if not rows:
        yield "no row has this term"
    yield "on a page"
    for verdict in found:
        hits = ", ".join(_shown(verdict.kind, hit) for hit in verdict.hits)
        yield f"  {verdict.family:<14}{printable(_SAID[verdict.kind].format(hits))}"


def _shown(kind: str, hit: LexiconHit) -> str:
    places = ", ".join(place_of(entry) for entry in hit.entries)
    return f"{hit.surface} as {places}" if kind == "longest" else places


def _json(rows: Sequence[NamedRow], count: int, found: Sequence[Verdict]) -> str:
    told = {
        "count": count,
        "rows": [{"match": row.match} | msgspec.structs.asdict(row.entry) for row in rows],
        "verdicts": {
            verdict.family: {
                "kind": verdict.kind,
                "hits": [
                    {"surface": hit.surface, "rows": [f"{one.lexicon}:{one.id}" for one in hit.entries]}
                    for hit in verdict.hits
                ],
            }
            for verdict in found
        },
    }
    return msgspec.json.encode(told).decode()
