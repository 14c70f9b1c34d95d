"""The guide to serving: its commands run, the service lets the first admin in, what it names and shows is there."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
GUIDE = (HOW_TO / "serve.md").read_text(encoding="utf-8")
PICTURES = HOW_TO.parent / "screenshots"
MOST_BYTES = 150_000
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
PASSWORD = "three blue lamps"  # noqa: S105 - of a user who lives as long as the test
_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"\]\(\.\./screenshots/([\w-]+\.png)\)")
_STARTS = re.compile(r"^ +\$ mingjian (serve .+)$", re.MULTILINE)
_CODE = re.compile(r"open (http://[\d.:]+)/setup and give this code: ([\w-]+)")
_OPTION = re.compile(r"`[^`\n]*?(--[a-z][a-z-]+)")
_WATCHED = re.compile(r"^\| `(/[\w/]+)` \|", re.MULTILINE)


def run(*arguments: str, folder: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, input=PASSWORD, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, (arguments, done.stderr)


def test_the_commands_of_the_guide_run_in_their_order(tmp_path: Path) -> None:
    commands = [shlex.split(line, comments=True)[1:] for block in _SHELL.findall(GUIDE) for line in block.splitlines()]
    assert len(commands) >= 5
    for command in commands:
        run(*command, folder=tmp_path)
    assert (tmp_path / "again" / "mingjian.db").exists()


@contextmanager
def started(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """The service as the guide starts it: its address, the code for the first admin, and its log."""
    (command,) = _STARTS.findall(GUIDE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("w", encoding="utf-8") as stream:
        running = subprocess.Popen([*PROGRAM, *shlex.split(command), "--port", str(port)], cwd=folder, stderr=stream)
        try:
            address = f"http://127.0.0.1:{port}"
            while not answers(f"{address}/health/live"):
                assert running.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.1)
            ((told, code),) = _CODE.findall(log.read_text(encoding="utf-8"))
            assert told == address
            yield address, code, log
        finally:
            running.terminate()
            running.wait(60)


def answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.TransportError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="it ends by SIGTERM")
def test_the_first_minutes_are_as_they_are_told(tmp_path: Path) -> None:
    run("demo", "office", folder=tmp_path)
    with started(tmp_path) as (address, code, log), httpx.Client(base_url=address, follow_redirects=True) as browser:
        browser.headers["Accept"] = "text/html"
        assert browser.get("/").url.path == "/setup"
        form = {"code": code, "name": "林岚", "password": PASSWORD, "again": PASSWORD}
        home = browser.post("/setup", data=form, headers={"Origin": address})
        assert (home.status_code, home.url.path) == (200, "/")
        watched = _WATCHED.findall(GUIDE)
        assert len(watched) == 3
        for path in (*watched, "/search?q=算力券", "/targets", "/review", "/match?need=质检", "/briefs", "/policies"):
            assert browser.get(path).status_code == 200, path
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    searched = next(line for line in lines if line.get("route") == "/search")
    assert set(searched) == {"time", "level", "event", "route", "method", "status", "ms", "bytes", "user"}
    assert code not in json.dumps(lines)


def test_every_option_of_the_guide_exists() -> None:
    (_, options, _) = re.split(r"^## Options$|^## From other machines$", GUIDE, flags=re.MULTILINE)
    done = subprocess.run([*PROGRAM, "serve", "--help"], capture_output=True, check=True, text=True)
    told = set(_OPTION.findall(options))
    assert told >= {"--workspace", "--read-only", "--anyone-may-read"}
    assert [option for option in sorted(told) if option not in done.stdout] == []


def test_every_picture_is_there_is_small_and_is_shown() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert len(sizes) > 12
    assert {name: size for name, size in sizes.items() if size >= MOST_BYTES} == {}
    assert sorted(set(_SHOWN.findall(GUIDE))) == sorted(sizes)
