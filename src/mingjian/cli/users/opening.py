"""The users of a workspace, opened for a command; what the service needs is loaded only then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from mingjian.cli.workspace.reprints import user_name
from mingjian.errors import ReadError, StoreError

if TYPE_CHECKING:
    from mingjian.serve.access.asking import Asker
    from mingjian.serve.access.service import Access

NameArgument: TypeAlias = Annotated[str, typer.Argument(metavar="NAME", help="The name of a user.")]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


@contextmanager
def open_access(workspace: Path, *, write: bool = False) -> Iterator[tuple[Access, Asker]]:
    """The users of a workspace, and whoever is at the terminal; raises ``StoreError`` where there is no workspace.

    The file is made where a command that writes finds none; one that reads says that there are no users.
    """
    try:
        from mingjian.serve.access.asking import Asker
        from mingjian.serve.access.service import Access
        from mingjian.store import DATABASE
        from mingjian.store.access import ACCESS_DATABASE
    except ImportError as error:
        raise ReadError("users", f"need what is not installed ({error})", 'pip install "mingjian[serve]"') from error
    if not (workspace / DATABASE).is_file():
        mend = "make one with `mingjian add`, or name its folder with --workspace"
        raise StoreError(str(workspace), "there is no workspace", mend)
    if not write and not (workspace / ACCESS_DATABASE).exists():
        mend = "add the first: `mingjian users add NAME --role admin`"
        raise StoreError(str(workspace), "it has no users yet", mend)
    asker = Asker(user_name(), role="admin", rights=frozenset(("read", "review", "admin")), via="terminal")
    with closing(Access.open(workspace, write=write)) as access:
        yield access, asker


def ask_password(name: str) -> str:
    """A password, asked twice at a terminal, else a line of standard input: never an argument, which others could see.

    Raises ``ReadError`` where there is none.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return str(typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True))
    line = "" if sys.stdin is None else sys.stdin.readline()
    if not line.rstrip("\r\n"):
        raise ReadError("standard input", "holds no password", "give it as one line, or run this at a terminal")
    return line.rstrip("\r\n")
