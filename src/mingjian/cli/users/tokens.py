"""``mingjian users token add``, ``list`` and ``revoke``."""

from __future__ import annotations

from typing import Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.users.opening import NameArgument, open_access
from mingjian.cli.workspace.opening import HERE, WorkspaceOption

_DAYS = 90


def add_command(
    name: NameArgument,
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="What it is for, such as the name of a program.")],
    scopes: Annotated[
        list[str] | None, typer.Option("--scope", help="read (default), review (with read) or admin (with both).")
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="How long it stands.")] = _DAYS,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Make a token for a program: it is printed this once, and kept as a hash."""
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.tokens import make_token
        from mingjian.serve.access.users import user_called

        user = user_called(access, name)
        secret, token = make_token(access, asker, user, purpose, scopes or ["read"], days)
    told = f"token {token.number} of {user.name} may {', '.join(token.scopes)} for {days} days; it is shown this once:"
    typer.echo(printable(told), err=True)
    print_lines([secret])


def list_command(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The name of a user; without it, all.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """List tokens, revoked and expired ones too."""
    with open_access(workspace) as (access, _):
        from mingjian.serve.access.tokens import list_tokens
        from mingjian.serve.access.users import user_called
        from mingjian.serve.access.wire import told_token

        number = None if name is None else user_called(access, name).number
        tokens = [told_token(token) for token in list_tokens(access, number)]
    rows = [
        (str(t.number), t.user, t.name, " ".join(t.scopes), t.expires, t.used or "", "revoked" if t.revoked else "")
        for t in tokens
    ]
    print_lines(lines_of(table_of(("number", "user", "for", "may", "expires", "last used", ""), rows)))


def revoke_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a token.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Revoke a token: from now on it is worth nothing."""
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.tokens import revoke_token

        token = revoke_token(access, asker, number)
    print_lines([f"token {number} of {token.user.name} is revoked"])
