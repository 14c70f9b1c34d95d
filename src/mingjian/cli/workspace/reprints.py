"""``mingjian reprints``: groups of reprints, what ties a page to others, and what people decide of it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.adding import follow
from mingjian.cli.workspace.opening import HERE, WAIT, WaitOption, WorkspaceOption, open_corpus
from mingjian.cli.workspace.searching import said, titled
from mingjian.core.model.corpus import Decision
from mingjian.core.model.reprints import Delay, Description

if TYPE_CHECKING:
    from mingjian.corpus import ReprintGroup, Tie
    from mingjian.corpus.marking import Marks
    from mingjian.corpus.pages import ListedPage

_ENCODE = msgspec.json.Encoder().encode
_ID = 12
_RUNS = 6
_HOUR, _DAY = 60, 24 * 60
PageArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A page's id, or as much of its beginning as is needed.")
]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, which is kept.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides; default: the name of the user.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON, one object a line, for programs.")]


def list_command(
    context: typer.Context,
    workspace: WorkspaceOption = HERE,
    limit: Annotated[int, typer.Option(min=1, help="Show so many groups.")] = 10,
    skip: Annotated[int, typer.Option(min=0, help="Leave out so many of the largest.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Show groups of reprints, the largest first: the first source, and who copied from whom how long after."""
    if context.invoked_subcommand is not None:
        return
    with open_corpus(workspace) as corpus:
        groups = corpus.groups(limit, skip)
        if as_json:
            print_lines(_ENCODE(group).decode() for group in groups)
        else:
            print_lines(line for group in groups for line in _group_lines(group))


def show_command(page: PageArgument, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Show the group of one page, and all that ties the page to others: series, shared releases, parts."""
    with open_corpus(workspace) as corpus:
        group, ties = corpus.reprints_of(page)
        if as_json:
            print_lines([_ENCODE({"group": group, "ties": ties}).decode()])
        else:
            print_lines(_of_page(group, ties))


def split_command(
    first: PageArgument,
    second: PageArgument,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
    wait: WaitOption = WAIT,
) -> None:
    """Keep two pages apart, whatever the rules say, now and when pages come."""
    _decide("split", (first, second), (who, why), workspace, wait)


def merge_command(
    first: PageArgument,
    second: PageArgument,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
    wait: WaitOption = WAIT,
) -> None:
    """Put two pages and their groups together, whatever the rules say, now and when pages come."""
    _decide("merge", (first, second), (who, why), workspace, wait)


def marks_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List sites that mirror others, and pages that are stitched together of unrelated articles."""
    with open_corpus(workspace) as corpus:
        marks = corpus.marks()
    print_lines([_ENCODE(marks).decode()] if as_json else _mark_lines(marks))


def decisions_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List what people decided, undone decisions too."""
    with open_corpus(workspace) as corpus, corpus.store.reading() as reader:
        decisions = reader.decisions()
        print_lines(_ENCODE(one).decode() if as_json else worded_decision(one) for one in decisions)


def undo_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a decision.")],
    workspace: WorkspaceOption = HERE,
    who: WhoOption = "",
    wait: WaitOption = WAIT,
) -> None:
    """Undo a decision; it stays on the books."""
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        decision = corpus.decisions.undo(number, printable(who or user_name()))
        follow(corpus)
        print_lines([worded_decision(decision)])


def _decide(kind: str, pages: tuple[str, str], said_by: tuple[str, str], workspace: object, wait: float) -> None:
    with open_corpus(workspace, write=True, wait=wait) as corpus:  # type: ignore[arg-type]
        decision = corpus.decisions.of_pages(kind, pages, printable(said_by[0] or user_name()), printable(said_by[1]))
        follow(corpus)
        print_lines([worded_decision(decision)])


def user_name() -> str:
    """The name of the user; the number of one without a name, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "—"


def _shortened(named: str) -> str:
    """The beginning of the id of a page, or of the fact of a mention."""
    _, _, mention = named.partition("#")
    return mention.split(":", 2)[2] if mention else named[:_ID]


def worded_decision(decision: Decision) -> str:
    """What a person decided, in a line."""
    first, second = map(_shortened, decision.ids)
    why = f": {decision.why}" if decision.why else ""
    undone = f"; undone by {decision.undone}" if decision.undone else ""
    return printable(f"{decision.number}  {decision.kind} {first} {second}  {decision.who} {decision.at}{why}{undone}")


def _mark_lines(marks: Marks) -> Iterator[str]:
    if not marks.mirrors and not marks.stitched:
        yield "no mirrors and no pages that are stitched together"
    for mirror in marks.mirrors:
        told = f"{mirror.site} mirrors {mirror.of}: {mirror.pages} pages, {mirror.share:.0%} of what it has here"
        yield printable(told)
    for found in marks.stitched:
        yield f"{_named(found.page)}  {found.share:.0%} of it stands in unrelated articles:"
        yield from (f"  {_named(part)}" for part in found.parts)


def _of_page(group: ReprintGroup | None, ties: tuple[Tie, ...]) -> Iterator[str]:
    if group is None:
        yield "no reprints of it are known, and it is none"
    else:
        yield from _group_lines(group)
    if ties:
        yield "shares text with:"
    for tie in ties:
        shares = " and ".join(f"{share:.0%}" for share in tie.relation.contained)
        slots = f"; {tie.relation.conflicting} numbers otherwise" if tie.relation.conflicting else ""
        yield f"  {tie.relation.kind} ({tie.relation.reason}; {shares}{slots})  {_named(tie.page)}"
        yield f"    both say the same in {_places(tie.description)}"


def _places(description: Description) -> str:
    """Where the words that both have stand, in the earlier page and in the other."""
    runs = description.runs[:_RUNS]
    shown = "; ".join(
        f"{first[0]}–{first[1]} = {second[0]}–{second[1]}"
        for first, second in ((run.first, run.second) for run in runs)
    )
    return f"{shown or 'no stretch of their texts'}{' …' if len(description.runs) > _RUNS else ''}"


def _group_lines(group: ReprintGroup) -> Iterator[str]:
    yield f"{len(group.copies)} pages  {titled(group.source.title, group.source.doc_id)}"
    for copy in group.copies:
        placed = copy.placed
        if copy.parent is None:
            yield f"  source   {_named(copy.page)}"
            continue
        reason = placed.relation.reason if placed.relation else "a person's decision"
        yield f"  +{_delay(placed.copy.after_source):<8}{_named(copy.page)}"
        done = f": {', '.join(copy.description.changes)}" if copy.description and copy.description.changes else ""
        yield f"           {placed.copy.kind} of {copy.parent[:_ID]} ({reason}{done})"
    yield ""


def _named(page: ListedPage) -> str:
    told = (page.id[:_ID], said(page.publisher, page.source), said(page.published), titled(page.title, page.doc_id))
    return "  ".join(told)


def _delay(delay: Delay) -> str:
    """Minutes, hours or days; bounds where times are not known to the minute.

    >>> _delay(Delay(43, 43)), _delay(Delay(1440, 2879)), _delay(Delay(-900, 540)), _delay(Delay())
    ('43 min', '1 d–2 d', '≤ 9 h', '?')
    """
    if delay.least is None or delay.most is None:
        return "?"
    if delay.least == delay.most:
        return _time(delay.least)
    if delay.least <= 0 <= delay.most:
        return f"≤ {_time(delay.most)}"
    return f"{_time(delay.least)}–{_time(delay.most)}"


def _time(minutes: int) -> str:
    if abs(minutes) < 2 * _HOUR:
        return f"{minutes} min"
    return f"{minutes / _HOUR:.0f} h" if abs(minutes) < _DAY - 1 else f"{minutes / _DAY:.0f} d"
