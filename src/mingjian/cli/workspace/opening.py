"""Which workspace a command works on, and how it is opened; ``corpus`` is loaded only then, for it is heavy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from mingjian import __version__
from mingjian.brief.wording import printable
from mingjian.errors import ReadError

if TYPE_CHECKING:
    from mingjian.corpus import Corpus

HERE = Path("mingjian-workspace")
WAIT = 60.0

WorkspaceOption: TypeAlias = Annotated[
    Path, typer.Option("--workspace", "-w", envvar="MINGJIAN_WORKSPACE", help="The folder of the workspace.")
]
WaitOption: TypeAlias = Annotated[
    float, typer.Option("--wait", help="Seconds to wait while another program writes to the workspace.")
]


def open_corpus(folder: Path, *, write: bool = False, create: bool = False, wait: float = WAIT) -> Corpus:
    """The workspace, opened; while another program writes, a line says who, and the command waits."""
    from mingjian.corpus import Corpus  # here, because a start must not cost it

    return Corpus.open(folder, write=write, create=create, wait=wait, told=_tell, program=f"mingjian {__version__}")


def outside(to: Path | None, workspace: Path) -> Path | None:
    """The same place, where a file is to be written; raises ``ReadError`` for one in the workspace."""
    if to is not None and to.resolve().is_relative_to(workspace.resolve()):
        raise ReadError(str(to), "is within the workspace", "name a place outside of it with --to")
    return to


def _tell(words: str) -> None:
    typer.echo(f"mingjian: {printable(words)}", err=True)
