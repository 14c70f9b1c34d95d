"""The guide for agents: what it tells to configure starts a server that answers, and its Python runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client

from mingjian.serve.mcp.tools import TOOLS
from mingjian.serve.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "ask-from-an-agent.md").read_text(encoding="utf-8")
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
BLOCKS = _BLOCK.findall(GUIDE)
SERVERS = [json.loads(block)["mcpServers"]["mingjian"] for kind, block in BLOCKS if kind == "json"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace of the demonstration, where the program is on the path."""
    place = tmp_path_factory.mktemp("agents")
    done = subprocess.run([*PROGRAM, "demo", "mingjian-workspace"], cwd=place, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return place


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def test_what_is_configured_starts_a_server_that_answers(folder: Path) -> None:
    here, there = SERVERS

    async def ask() -> list[str]:
        command = StdioServerParameters(**here, cwd=folder, env=environment())
        async with Client(command) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert anyio.run(ask) == list(TOOLS)
    assert there["url"] == f"http://127.0.0.1:{Settings(workspace=folder).port}/mcp"


def test_the_python_of_the_guide_prints_values_with_their_words(folder: Path) -> None:
    (code,) = (block for kind, block in BLOCKS if kind == "python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 2


def test_every_tool_is_told() -> None:
    assert re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE) == list(TOOLS)
