"""``mingjian users audit``: who did what, and whether the log is as it was written."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.users.opening import JsonOption, open_access
from mingjian.cli.workspace.opening import HERE, WorkspaceOption

_SHOWN = 50


def audit_command(
    workspace: WorkspaceOption = HERE,
    action: Annotated[str, typer.Option(help="Only actions that begin so, such as session. or token.add.")] = "",
    who: Annotated[str, typer.Option(help="Only what this user did.")] = "",
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="Show so many lines, the newest.")] = _SHOWN,
    noted: Annotated[
        str | None, typer.Option("--holds", metavar="HASH", help="Look whether a hash that was noted earlier is there.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show who did what, newest last, and hold the log to its chain; exit status 1 where it was tampered with."""
    with open_access(workspace) as (access, _):
        from mingjian.serve.access.wire import told_line
        from mingjian.store.access.audit import hash_stands

        lines = [told_line(line) for line in reversed(access.audit(most, action=action, who=who))]
        last = access.audit(1)
        problems = access.audit_problems()
        with access.database.reading() as connection:
            if noted is not None and (len(noted) < 8 or hash_stands(connection, noted) is None):
                problems.append(f"no line has the hash {noted}; if it was noted from this log, that was written anew")
    if as_json:
        print_lines(msgspec.json.encode(line).decode() for line in lines)
    else:
        print_lines(
            printable(f"{one.number}  {one.at}  {one.who or '—'}  {one.action}  {one.subject}  {one.detail}".rstrip())
            for one in lines
        )
    for problem in problems:
        typer.echo(printable(problem), err=True)
    if problems:
        raise typer.Exit(1)
    if last:
        typer.echo(f"the log is as it was written; line {last[0].number} has the hash {last[0].hash.hex()}", err=True)
