"""The guide to serving safely: its commands run in their order, and its limits are those of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mingjian.cli.main import app
from mingjian.core.access.lifetimes import DAY, HOUR, Lifetimes
from mingjian.core.access.names import LONGEST_PASSWORD, SHORTEST_PASSWORD
from mingjian.core.access.waiting import OF_ADDRESS, OF_NAME
from mingjian.serve.access.connections import HEAD_BYTES, HEAD_SECONDS
from mingjian.serve.access.settings import AccessSettings
from mingjian.store import open_workspace

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "serve-safely.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_guide_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = _BLOCK.findall(GUIDE)
    told = {}
    demo, *lines = block.splitlines()
    assert demo == "mingjian demo office"  # which other tests run; users need no pages
    open_workspace(tmp_path / "office", write=True, create=True).close()
    for line in lines:
        typed, _, command = line.rpartition(" | ")
        given = shlex.split(typed)[1].replace("\\n", "\n") if typed else ""
        done = CliRunner().invoke(app, shlex.split(command)[1:], input=given)
        assert done.exit_code == 0, (command, done.output)
        told[command] = done.output
    assert len(told) == 11
    assert "周桥: reader, disabled" in told["mingjian users disable 周桥 --workspace office"]
    assert "nothing wrong" in told["mingjian check --workspace office"]
    assert "the log is as it was written" in told["mingjian users audit --workspace office"]
    assert (tmp_path / "users.db").exists()


def test_the_limits_of_the_guide_are_those_of_the_program() -> None:
    settings, lifetimes = AccessSettings(), Lifetimes()
    told = [
        f"| password | {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
        f"| {OF_NAME.free} free, then 1, 2, 4 … {OF_NAME.longest} seconds |",
        f"| {OF_ADDRESS.free} free, then 1, 2, 4 … {OF_ADDRESS.longest} seconds",
        f"user {settings.requests_of_session}, token {settings.requests_of_token},",
        f"address without login {settings.requests_of_address} |",
        f"| {lifetimes.idle // HOUR} hours without a request, {lifetimes.absolute // DAY} days at most |",
        f"| {lifetimes.token // DAY} days, {lifetimes.longest_token // DAY} at most |",
        f"| {HEAD_BYTES // 1024} kB; {HEAD_SECONDS:.0f} seconds |",
        f"| {settings.stranger_body_bytes // 1024} kB without login, else {settings.body_bytes // 1_000_000} MB;",
        f"| {settings.body_seconds:.0f} seconds, and a second more for every {settings.body_bytes_a_second // 1000} kB",
    ]
    assert [line for line in told if line not in GUIDE] == []


def test_every_attack_of_the_guide_names_tests_that_exist() -> None:
    root = Path(__file__).parents[2]
    files = re.findall(r"`(tests/[\w/]+\.py)`", GUIDE)
    assert len(files) >= GUIDE.count("| attack | what stops it |") > 0
    assert [file for file in files if not (root / file).exists()] == []
