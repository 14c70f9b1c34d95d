"""``mingjian review accept``, ``correct``, ``reject``, ``add`` and ``undo``: what somebody says of a fact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.reviewing.changes import Typed, fact_beginning, part_changes
from mingjian.cli.reviewing.looking import worded_review
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus
from mingjian.cli.workspace.reprints import PageArgument, WhoOption, WhyOption, user_name
from mingjian.core.model.review import Review, Verb

FactArgument = Annotated[
    str, typer.Argument(metavar="FACT", help="A fact's id, or as much of its beginning as is needed on this page.")
]
WordsOption = Annotated[
    list[str] | None,
    typer.Option("--words", metavar="PART=WORDS", help="The words of the page that tell this part; read by the rules."),
]
GiveOption = Annotated[
    list[str] | None,
    typer.Option("--give", metavar="PART=VALUE", help="A value that words alone do not tell, as text or JSON."),
]
DropOption = Annotated[list[str] | None, typer.Option("--drop", metavar="PART", help="Take this part away.")]


def accept_command(
    page: PageArgument, fact: FactArgument, workspace: WorkspaceOption = HERE, why: WhyOption = "", who: WhoOption = ""
) -> None:
    """Say that a fact is right as it is."""
    _say(workspace, (page, fact, "accept"), (who, why), Typed())


def reject_command(
    page: PageArgument,
    fact: FactArgument,
    why: Annotated[str, typer.Option("--why", help="The reason, which is kept.")],
    workspace: WorkspaceOption = HERE,
    who: WhoOption = "",
) -> None:
    """Say that a fact is wrong: it is told no more."""
    _say(workspace, (page, fact, "reject"), (who, why), Typed())


def correct_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    page: PageArgument,
    fact: FactArgument,
    words: WordsOption = None,
    give: GiveOption = None,
    drop: DropOption = None,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
) -> None:
    """Say what is right instead: which words tell a part, or what its value is; PART=12-20 names places of the text.

    With --words and --give of one part, the value is given, and these are the words that say so.
    """
    _say(workspace, (page, fact, "correct"), (who, why), Typed(words or (), give or (), drop or ()))


def add_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    page: PageArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What kind of fact: targets, funds, events …")],
    words: WordsOption = None,
    give: GiveOption = None,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
) -> None:
    """Add a fact that the rules missed: --words evidence=… names the clause, the others its parts."""
    with open_corpus(workspace) as corpus:
        told = corpus.desk.page(page)
        changes = part_changes(told, None, Typed(words or (), give or ()))
        _print(corpus.desk.add(told.kept.id, kind, changes, who=who or user_name(), why=why))


def undo_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a review.")],
    workspace: WorkspaceOption = HERE,
    who: WhoOption = "",
) -> None:
    """Take a review back; it stays in the log."""
    with open_corpus(workspace) as corpus:
        _print(corpus.desk.undo(number, who=who or user_name()))


def _say(workspace: Path, of: tuple[str, str, Verb], said_by: tuple[str, str], typed: Typed) -> None:
    page, beginning, verb = of
    who, why = said_by
    with open_corpus(workspace) as corpus:
        told = corpus.desk.page(page)
        fact, within = fact_beginning(told, beginning)
        changes = part_changes(told, within, typed)
        _print(corpus.desk.review(told.kept.id, fact, verb, who=who or user_name(), why=why, changes=changes))


def _print(review: Review) -> None:
    print_lines([printable(worded_review(review))])
