"""``mingjian brief``: what happened and what is to be watched, as a document in which every sentence is footnoted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines, write_together
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside

Several: TypeAlias = list[str] | None
Date: TypeAlias = str | None


class Layout(StrEnum):
    """The layout of Word documents: that of official documents, or a plain one."""

    PLAIN = "plain"
    GBT9704 = "gbt9704"


def brief_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    workspace: WorkspaceOption = HERE,
    topic: Annotated[Several, typer.Option("--topic", help="About this word or technology; several: any.")] = None,
    region: Annotated[Several, typer.Option("--region", help="In this place: a name such as 广东, or a code.")] = None,
    since: Annotated[Date, typer.Option(metavar="DATE", help="From this day; by default the last 30 days.")] = None,
    until: Annotated[Date, typer.Option(metavar="DATE", help="To this day; by default the day of the brief.")] = None,
    as_of: Annotated[
        Date, typer.Option(metavar="DATE", help="Written on this day, of what was published then.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write a file: .md, .html, .docx or .xlsx.")] = None,
    layout: Annotated[Layout, typer.Option(help="Of Word: that of GB/T 9704-2012, or plain.")] = Layout.GBT9704,
    everything: Annotated[bool, typer.Option("--all", help="Also what no page about AI tells of.")] = False,
) -> None:
    """Write a brief in which every sentence cites its words; docs/how-to/brief.md."""
    from mingjian.brief.briefs.files import brief_files, check_ending  # here, because a start must not cost it
    from mingjian.brief.briefs.markdown import render_markdown
    from mingjian.core.ledger.briefing.asking import scope_of
    from mingjian.corpus.clock import now

    if to is not None:
        check_ending(to)
        outside(to, workspace)
    scope = scope_of(tuple(topic or ()), tuple(region or ()), (since, until, as_of), now()[:10])
    with open_corpus(workspace) as corpus:
        written = corpus.brief(msgspec.structs.replace(scope, ai=not everything))
    count = sum(len(section.items) for section in written.sections)
    if not count:
        typer.echo("mingjian: nothing was told; ask for more days, another topic, or --all", err=True)
    if to is None:
        print_lines(render_markdown(msgspec.structs.replace(written, timeline=None, charts=()), "")[0].splitlines())
        return
    write_together(brief_files(written, to, layout.value))
    typer.echo(f"mingjian: {printable(str(to))}: {count} sentences", err=True)
