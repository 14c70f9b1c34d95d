"""The guide to serving safely: its commands run in their order, and its limits are those of the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mingjian.core.access.lifetimes import DAY, HOUR, Lifetimes
from mingjian.core.access.names import LONGEST_PASSWORD, SHORTEST_PASSWORD
from mingjian.core.access.waiting import OF_ADDRESS, OF_NAME
from mingjian.serve.access.connections import HEAD_BYTES, HEAD_SECONDS
from mingjian.serve.access.settings import AccessSettings

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "serve-safely.md").read_text(encoding="utf-8")
PROGRAM = f'{sys.executable} -c "from mingjian_start import run; run()"'
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a shell")
def test_the_commands_of_the_guide_run_in_their_order(tmp_path: Path) -> None:
    (block,) = _BLOCK.findall(GUIDE)
    script = "set -e\n" + re.sub(r"\bmingjian (?=demo|users|check)", lambda _: f"{PROGRAM} ", block)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "周桥: reader, disabled" in done.stdout.decode()
    assert "nothing wrong" in done.stdout.decode()
    assert "the log is as it was written" in done.stderr.decode()
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
    assert len(files) == 4
    assert all((root / file).exists() for file in files)
