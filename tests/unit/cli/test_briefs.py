"""``mingjian brief`` on a workspace of the sample pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]
SAMPLES = Path(__file__).parents[3] / "examples" / "corpus"
ASKED = ("--as-of", "2026-04-10", "--since", "2026-03")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    done = run(folder, "add", str(SAMPLES))
    assert done.returncode == 0, done.stderr.decode()
    return folder


def run(folder: Path, command: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    where = ("-w", str(folder / "workspace"))
    return subprocess.run([*PROGRAM, command, *where, *options], cwd=folder, capture_output=True, check=False)


def test_a_brief_is_printed_and_written_whole_and_twice_the_same(workspace: Path) -> None:
    printed = run(workspace, "brief", *ASKED, "--topic", "算力").stdout.decode()
    assert printed.startswith("# 算力情况简报\n")
    assert "（3个独立来源，首见于" in printed
    written = []
    for _ in range(2):
        done = run(workspace, "brief", *ASKED, "--to", "out.docx")
        assert done.returncode == 0, done.stderr.decode()
        assert b"sentences" in done.stderr
        written.append((workspace / "out.docx").read_bytes())
    assert written[0] == written[1]
    assert sorted(path.name for path in workspace.iterdir()) == ["out.docx", "workspace"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--to", "out.pdf"), "end it with .md"),
        (("--region", "无此地"), "is no place"),
        (("--since", "soon"), "is no day, month or year"),
        (("--since", "2026-05", "--until", "2026-04"), "give the earlier day"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(workspace: Path, options: tuple[str, ...], told: str) -> None:
    done = run(workspace, "brief", *options)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert not (workspace / "out.pdf").exists()


def test_nothing_to_tell_is_said(workspace: Path) -> None:
    done = run(workspace, "brief", "--as-of", "2001-01-01", "--to", "none.html")
    assert done.returncode == 0
    assert "nothing was told" in done.stderr.decode()
