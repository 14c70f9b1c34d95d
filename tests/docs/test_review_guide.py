"""The commands of the how-to of reviews, in their order, on the workspace of the demo."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from typer.testing import CliRunner

from mingjian.cli.main import app

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "review.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_every_command_of_the_guide_runs(tmp_path: Path) -> None:
    runner = CliRunner(env={"MINGJIAN_WORKSPACE": str(tmp_path / "w")})
    assert runner.invoke(app, ["demo", str(tmp_path / "w")]).exit_code == 0
    queued = runner.invoke(app, ["review", "queue", "--kind", "targets", "--limit", "500", "--json"]).stdout
    facts = [json.loads(line) for line in queued.splitlines()]
    one = next(fact for fact in facts if "利用率不低于60%" in fact["words"])
    text = GUIDE.read_text(encoding="utf-8")
    commands = [shlex.split(line, comments=True) for block in _BLOCK.findall(text) for line in block.splitlines()]
    assert len(commands) > 12
    fact = one["fact"]
    for command in commands:
        assert command[0] == "mingjian"
        words = [{"PAGE": one["page"], "FACT": fact}.get(word, word) for word in command[1:]]
        done = runner.invoke(app, words)
        assert done.exit_code == 0, (words, done.output)
        if command[2] in ("correct", "accept"):  # what was corrected bears another id
            shown = json.loads(runner.invoke(app, ["review", "show", one["page"], "--json"]).stdout)
            fact = shown["reviewed"]["states"][0]["fact"]
    listed = runner.invoke(app, ["review", "list", "--json"]).stdout.splitlines()
    assert [json.loads(line)["verb"] for line in listed] == ["accept", "correct", "correct", "correct", "reject"]
    assert json.loads(listed[0])["undone"]
