"""``mingjian match``: what of a workspace answers a need, ranked, each hit with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.ledgers.columns import columns_of
from mingjian.brief.ledgers.files import PLAIN, check_ending
from mingjian.brief.ledgers.matched import MatchedRow, in_order, matched_rows
from mingjian.brief.ledgers.matched_lines import match_lines, need_line
from mingjian.brief.ledgers.tables import Table
from mingjian.brief.wording import ledger_label
from mingjian.cli.files import open_output, print_lines
from mingjian.cli.workspace.ledgers import Several, write_table
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside
from mingjian.core.match.asking import MOST
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.errors import QuestionError

if TYPE_CHECKING:
    from mingjian.corpus import Corpus

_JSON_LINES = ".jsonl"
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def match_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    words: Annotated[str, typer.Argument(metavar="[NEED]", help="What is needed, in a sentence.")] = "",
    workspace: WorkspaceOption = HERE,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="The need of this row of scenarios.")] = None,
    need: Annotated[str | None, typer.Option(metavar="ID", help="The need of this id that is kept.")] = None,
    regions: Annotated[Several, typer.Option("--region", help="Where it is needed: a name or a code.")] = None,
    kinds: Annotated[Several, typer.Option("--kinds", help="Only rows of these ledgers: systems,compute …")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What was published by this day, as then.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what no page about AI tells of.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="So many hits.")] = 20,
    to: Annotated[Path | None, typer.Option(help="Write a file: .csv, .jsonl, .parquet or .xlsx.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with all, for programs.")] = False,
) -> None:
    """Match a need against what companies, places and policies offer, each hit with why; docs/how-to/match.md."""
    if sum((bool(words.strip()), scenario is not None, need is not None)) != 1:
        raise QuestionError(words, "is not one need", "give a sentence, --scenario ID or --need ID, and one of them")
    sought = Sought(
        words=words,
        thing=scenario,
        regions=tuple(regions or ()),
        kinds=split_kinds(kinds),
        as_of=as_of,
        everything=everything,
        limit=limit,
    )
    if to is not None:
        check_ending(to)
        outside(to, workspace)
    with open_corpus(workspace) as corpus:
        if need is not None:
            sought = msgspec.structs.replace(corpus.desk.needs.called(need).sought, as_of=as_of, limit=limit)
        give_matching(corpus, corpus.match(sought), to, as_json=as_json)


def split_kinds(kinds: Several) -> tuple[str, ...]:
    """The names of ledgers, of which one option may hold several between commas."""
    return tuple(name.strip() for option in kinds or () for name in option.split(",") if name.strip())


def give_matching(corpus: Corpus, matching: Matching, to: Path | None, *, as_json: bool) -> None:
    """Print what answers, or write it as a file."""
    if as_json and to is None:
        print_lines([_ENCODE(matching).decode()])
    elif to is not None and to.suffix.lower() == _JSON_LINES:
        with open_output(to, "--to") as stream:
            stream.writelines(_ENCODE(one) + b"\n" for one in in_order(matching))
    elif to is not None:
        with corpus.books() as books:
            table = Table(
                ledger="matched",
                columns=columns_of(MatchedRow),
                rows=matched_rows(matching),
                pages=books.page,
                day=matching.day,
                asked=matching.need.text,
            )
            write_table(table, to, _JSON_LINES, PLAIN)
    else:
        print_lines(_lines(matching))


def _lines(matching: Matching) -> Iterator[str]:
    counts = f"{len(matching.hits)} hits, {len(matching.passages)} passages"
    yield f"{ledger_label('matched')}: {counts}, read as on {matching.day}"
    yield need_line(matching)
    yield ""
    yield from match_lines(matching)
