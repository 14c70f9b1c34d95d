"""``mingjian mcp``: the workspace as tools for an agent on this machine."""

from __future__ import annotations

from importlib.util import find_spec

from mingjian.cli.workspace.opening import HERE, WorkspaceOption
from mingjian.errors import EngineError


def mcp_command(workspace: WorkspaceOption = HERE) -> None:
    """Let an agent ask the workspace: the Model Context Protocol on standard input and output, read-only.

    Agents start this command themselves; docs/how-to/ask-from-an-agent.md tells how they are told to.
    """
    if find_spec("mcp") is None:
        raise EngineError("mcp", "is not installed", 'install it with `pip install "mingjian[mcp]"`')
    from mingjian.serve.mcp.server import serve_stdio  # here, because a start must not cost it
    from mingjian.serve.workspace import Workspace

    with Workspace(workspace) as opened:
        serve_stdio(opened)
