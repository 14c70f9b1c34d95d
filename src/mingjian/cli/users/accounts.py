"""``mingjian users list``, ``add``, ``role``, ``disable``, ``enable``, ``password`` and ``sessions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.cli.files import print_lines
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.users.opening import JsonOption, NameArgument, ask_password, open_access
from mingjian.cli.workspace.opening import HERE, WorkspaceOption
from mingjian.core.access.rights import ROLES

if TYPE_CHECKING:
    from mingjian.core.access.accounts import User

_ROLES = ", ".join(ROLES)
RoleOption = Annotated[str, typer.Option("--role", help=f"What the user may: {_ROLES}.")]


def list_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List the users: who may what, and since when."""
    with open_access(workspace) as (access, _):
        from mingjian.serve.access.users import list_users
        from mingjian.serve.access.wire import told_user

        users = [told_user(user) for user in list_users(access)]
    if as_json:
        print_lines(msgspec.json.encode(user).decode() for user in users)
        return
    rows = [(u.name, u.role, u.created, "disabled" if u.disabled else "") for u in users]
    print_lines(lines_of(table_of(("name", "role", "since", ""), rows)))


def add_command(name: NameArgument, role: RoleOption = "reader", workspace: WorkspaceOption = HERE) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.users import add_user, must_be_name, must_be_role

        must_be_name(name), must_be_role(role)
        _tell(add_user(access, asker, name, role, ask_password(name)))


def role_command(
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help=f"One of {_ROLES}.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Give a user another role; it counts at once."""
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.users import change_role, user_called

        _tell(change_role(access, asker, user_called(access, name).number, role))


def disable_command(name: NameArgument, workspace: WorkspaceOption = HERE) -> None:
    """Let a user in no more: sessions end, tokens are refused."""
    _let_in(name, workspace, disabled=True)


def enable_command(name: NameArgument, workspace: WorkspaceOption = HERE) -> None:
    """Let a disabled user in again."""
    _let_in(name, workspace, disabled=False)


def password_command(name: NameArgument, workspace: WorkspaceOption = HERE) -> None:
    """Give a user another password: all sessions end, all tokens are revoked."""
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.users import reset_password, user_called

        number = user_called(access, name).number
        _tell(reset_password(access, asker, number, ask_password(name)))


def sessions_command(
    name: NameArgument,
    workspace: WorkspaceOption = HERE,
    end: Annotated[bool, typer.Option("--end", help="End them all.")] = False,
) -> None:
    """List the sessions of a user, or end them."""
    with open_access(workspace, write=end) as (access, asker):
        from mingjian.serve.access.users import end_sessions_of, list_sessions, user_called
        from mingjian.serve.access.wire import told_session

        user = user_called(access, name)
        if end:
            print_lines([f"{end_sessions_of(access, asker, user.number)} sessions of {user.name} ended"])
            return
        sessions = [told_session(session, asker) for session in list_sessions(access, user.number)]
    rows = [(str(one.number), one.created, one.seen, one.address) for one in sessions]
    print_lines(lines_of(table_of(("number", "begun", "last seen", "from"), rows)))


def _let_in(name: str, workspace: WorkspaceOption, *, disabled: bool) -> None:
    with open_access(workspace, write=True) as (access, asker):
        from mingjian.serve.access.users import disable_user, user_called

        _tell(disable_user(access, asker, user_called(access, name).number, disabled=disabled))


def _tell(user: User) -> None:
    print_lines([f"{user.name}: {user.role}{', disabled' if user.disabled else ''}"])
