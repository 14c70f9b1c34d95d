"""The guide to briefs: its commands and its Python run in their order, on the samples of the demonstration."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "brief.md").read_text(encoding="utf-8")
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_guide_run_in_their_order(tmp_path: Path) -> None:
    blocks = dict(_BLOCK.findall(GUIDE))
    commands = [shlex.split(line, comments=True)[1:] for line in blocks["sh"].splitlines()]
    assert len(commands) == 7
    for command in commands:
        done = subprocess.run([*PROGRAM, *command], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, (command, done.stderr.decode())
    written = {path.name for path in tmp_path.iterdir()}
    assert {"brief.docx", "brief.html", "brief.xlsx", "brief.md", "brief.timeline.svg", "plain.docx"} <= written
    done = subprocess.run([sys.executable, "-c", blocks["python"]], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "智能算力平均成交价" in done.stdout.decode()
