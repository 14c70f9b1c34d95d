"""``mingjian compare``: one metric of several regions in one unit, and who has no target."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mingjian.brief.ledgers.files import PLAIN, check_ending
from mingjian.brief.ledgers.printed import evidence_lines
from mingjian.brief.ledgers.tables import compared_table
from mingjian.brief.wording import NOTHING, coded_label, printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.ledgers import table_lines, write_table
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside
from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.comparing import compare_asked
from mingjian.core.model.ledger.comparison import Comparison

_ENDING_OF_LINES = ".jsonl"


def compare_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    regions: Annotated[list[str], typer.Argument(metavar="REGION…", help="Places, such as 广东 北京 河南, or codes.")],
    metric: Annotated[str, typer.Option("--metric", help="What is measured, such as 算力规模.")],
    workspace: WorkspaceOption = HERE,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What was published by this day, as then.")] = None,
    to: Annotated[Path | None, typer.Option(help="Write a file: .csv, .jsonl, .parquet or .xlsx.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a number, for programs.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Print each number with the words that say it.")] = False,
) -> None:
    """Set regions side by side: targets, statistics and compute in one unit, and who has no target."""
    from mingjian.corpus.clock import now  # here, because a start must not cost it

    if to is not None:
        check_ending(to)
        outside(to, workspace)
    with open_corpus(workspace) as corpus, corpus.books() as books:
        found = compare_asked(books, metric, regions, Question(as_of=as_of), now()[:10])
        table = compared_table(found, books.page, f"{metric}: {', '.join(regions)}")
        if to is not None or as_json:
            write_table(table, to, _ENDING_OF_LINES, PLAIN)
            return
        print_lines(_heading(found))
        print_lines(evidence_lines(table) if evidence else table_lines(table, chosen=False))


def _heading(found: Comparison) -> Iterator[str]:
    unit = NOTHING if found.unit is None else coded_label("unit", found.unit)
    yield f"{printable(found.metric)} ({unit}), read as on {found.day}"
    without = [region.name for region in found.regions if region.target.value is None]
    if without:
        yield f"without a target: {'、'.join(without)}"
