"""``mingjian users backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.opening import HERE, WorkspaceOption


def backup_command(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Write the copy here; no file is written over.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Copy users, tokens and the log into a file, for you alone; `mingjian backup` does not take them along."""
    from mingjian.store.access.copying import copy_access  # here, because a start must not cost it

    copy_access(workspace, to)
    print_lines([f"{printable(str(to))}: put it back as access.db while no service runs"])
