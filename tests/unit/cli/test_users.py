"""``mingjian users`` as somebody types it who sits at the machine of the workspace."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mingjian.cli.main import app
from mingjian.store import open_workspace
from mingjian.store.access import ACCESS_DATABASE

Run = Callable[..., Result]
WORDS = "three blue lamps"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_workspace(tmp_path / "w", write=True, create=True).close()
    return tmp_path / "w"


@pytest.fixture
def run(folder: Path) -> Run:
    def invoke(words: str, *, typed: str = "", status: int = 0) -> Result:
        done = CliRunner(env={"MINGJIAN_WORKSPACE": str(folder)}).invoke(app, ["users", *words.split()], input=typed)
        assert done.exit_code == status, done.output
        return done

    return invoke


def test_users_are_added_and_changed(run: Run) -> None:
    assert "no users yet" in run("list", status=2).stderr
    run("add Ada --role admin", typed=f"{WORDS}\n")
    assert "somebody has it already" in run("add ADA", typed="four green doors\n", status=2).stderr
    assert "shorter than 10" in run("add rea", typed="short\n", status=2).stderr
    assert "holds no password" in run("add rea", typed="", status=2).stderr
    assert "is none; give one of reader" in run("add rea --role king", typed="four green doors\n", status=2).stderr
    run("add rea", typed="four green doors\n")
    assert run("role rea reviewer").stdout == "rea: reviewer\n"
    assert run("disable rea").stdout == "rea: reviewer, disabled\n"
    assert run("enable rea").stdout == "rea: reviewer\n"
    assert "last admin" in run("disable ada", status=2).stderr
    assert "there is none" in run("role nobody reader", status=2).stderr
    users = [json.loads(line) for line in run("list --json").stdout.splitlines()]
    assert [(user["name"], user["role"], user["disabled"]) for user in users] == [
        ("Ada", "admin", False),
        ("rea", "reviewer", False),
    ]
    assert run("list").stdout.splitlines()[0].split() == ["name", "role", "since"]
    assert run("password rea", typed="five amber bells\n").stdout == "rea: reviewer\n"
    assert run("sessions rea").exit_code == 0
    assert run("sessions rea --end").stdout == "0 sessions of rea ended\n"


def test_a_token_is_shown_once(run: Run) -> None:
    run("add Ada --role admin", typed=f"{WORDS}\n")
    made = run("token add ada nightly --scope read --scope review --days 7")
    assert made.stdout.startswith("mj_")
    assert len(made.stdout.strip()) == 46
    assert made.stdout.strip() not in run("token list").stdout
    assert "nightly" in run("token list ada").stdout
    assert "everything" in run("token add ada nightly --scope everything", status=2).stderr
    assert run("token revoke 1").stdout == "token 1 of Ada is revoked\n"
    assert "revoked" in run("token list").stdout
    assert "none of this number" in run("token revoke 9", status=2).stderr


def test_the_log_tells_who_did_it_and_whether_it_was_tampered_with(run: Run, folder: Path) -> None:
    run("add Ada --role admin", typed=f"{WORDS}\n")
    run("token add ada nightly")
    lines = [json.loads(line) for line in run("audit --json").stdout.splitlines()]
    assert [(line["action"], line["via"]) for line in lines] == [("user.add", "terminal"), ("token.add", "terminal")]
    assert lines[0]["who"]
    assert lines[0]["hash"] not in run("audit").stderr
    assert lines[1]["hash"] in run("audit --action token.").stderr
    run(f"audit --holds {lines[0]['hash'][:16]}")
    assert "written anew" in run(f"audit --holds {'0' * 16}", status=1).stderr
    with closing(sqlite3.connect(folder / ACCESS_DATABASE)) as connection:
        connection.execute("DROP TRIGGER audit_is_not_changed")
        connection.execute("UPDATE audit SET subject = 'nobody' WHERE number = 1")
        connection.commit()
    assert "line 1 of the audit log is not as it was written" in run("audit", status=1).stderr
    checked = CliRunner().invoke(app, ["check", "--workspace", str(folder)])
    assert checked.exit_code == 1
    assert "line 1 of the audit log" in checked.stdout


def test_a_copy_can_be_put_back(run: Run, folder: Path, tmp_path: Path) -> None:
    run("add Ada --role admin", typed=f"{WORDS}\n")
    run(f"backup {tmp_path / 'users.db'}")
    assert stat.S_IMODE((tmp_path / "users.db").stat().st_mode) == 0o600
    assert "never written over" in run(f"backup {tmp_path / 'users.db'}", status=2).stderr
    run("add rea", typed="four green doors\n")
    for file in folder.glob("access.db*"):
        file.unlink()
    (tmp_path / "users.db").rename(folder / ACCESS_DATABASE)
    assert [json.loads(line)["name"] for line in run("list --json").stdout.splitlines()] == ["Ada"]
    run("audit")


def test_there_must_be_a_workspace(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["users", "add", "Ada", "-w", str(tmp_path)], input=f"{WORDS}\n")
    assert done.exit_code == 2
    assert "there is no workspace" in done.stderr
    assert list(tmp_path.iterdir()) == []
