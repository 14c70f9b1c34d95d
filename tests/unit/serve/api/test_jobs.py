"""Pages that are sent are added beside requests, and found then."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from tests.unit.serve.conftest import asking

from mingjian.corpus.inbox import Inbox
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

PAGE = """<html><head><title>槐城市发布算力券申领通知</title></head><body><h1>槐城市发布算力券申领通知</h1>
<p>来源：槐城晨报 2026-03-02 09:10</p><p>槐城市数据局3月2日发布通知，到2027年全市智能算力规模超过5EFLOPS。</p></body>
</html>"""


SENT = [{"url": "https://huaicheng.example/1", "text": "槐城市数据局发布人工智能行动方案。"}, {"url": "x"}]


def test_what_is_sent_is_added_and_found(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "inbox"))
    with asking(Settings(workspace=folder, anyone_may_read=True)) as (client, roles):
        client.headers.update(roles["reviewer"])
        pages = client.get("/api/status").json()["counts"]["pages"]
        files = client.post("/api/jobs/files", files=[("data", ("../通知.html", PAGE.encode(), "text/html"))])
        assert (files.status_code, files.json()["files"], files.json()["who"]) == (202, 1, "lin-reviewer")
        lines = client.post("/api/jobs/pages", json=SENT)
        assert lines.status_code == 202
        assert _ended(client, files.headers["location"])["job"]["state"] == "done"
        told = _ended(client, lines.headers["location"])
        assert told["job"]["state"] == "done"
        assert [failure["reason"].split(":")[0] for failure in told["failures"]] == ["no-text"]
        assert client.get("/api/status").json()["counts"]["pages"] == pages + 2


def test_what_becomes_of_a_job_is_told_anew_each_time(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "inbox"))
    with asking(Settings(workspace=folder, works=False)) as (client, roles):
        client.headers.update(roles["reviewer"])
        address = client.post("/api/jobs/pages", json=SENT).headers["location"]
        inbox = Inbox(folder)
        for path in ("/api/jobs", address):
            known = client.get(path).headers.get("etag", "none")
            job = inbox.job(address.rpartition("/")[2])
            inbox.put(msgspec.structs.replace(job, state="failed", told=path))
            again = client.get(path, headers={"If-None-Match": known})
            assert again.status_code == 200
            assert path in again.text


def test_a_page_that_takes_too_long_keeps_no_other_waiting(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingjian.serve.background._SECONDS_A_PAGE", 0.2)
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "inbox"))
    with asking(Settings(workspace=folder, anyone_may_read=True)) as (client, roles):
        client.headers.update(roles["reviewer"])
        slow = {"url": "https://huaicheng.example/slow", "text": "“甲”说1%" * 30_000}
        sent = [client.post("/api/jobs/pages", json=pages).headers["location"] for pages in ([slow], SENT)]
        told = [_ended(client, address) for address in sent]
        assert [failure["reason"].split(":")[0] for failure in told[0]["failures"]] == ["too-slow"]
        assert [failure["reason"].split(":")[0] for failure in told[1]["failures"]] == ["no-text"]


def test_only_reviewers_send_and_only_where_something_may_be_changed(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "inbox"))
    with asking(Settings(workspace=folder, works=False)) as (client, roles):
        from_us = {"Origin": "http://127.0.0.1"}
        assert client.post("/api/jobs/pages", json=SENT, headers=from_us).status_code == 401
        assert client.post("/api/jobs/pages", json=SENT, headers=roles["reader"]).status_code == 403
        assert client.post("/api/jobs/pages", json=SENT, headers=roles["admin"]).status_code == 202
    settings = Settings(workspace=folder, read_only=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        refused = client.post("/api/jobs/pages", json=SENT, headers=roles["admin"])
        assert refused.status_code == 403
        assert "read-only" in refused.json()["detail"]
        assert client.get("/api/status", headers=roles["reader"]).status_code == 200


def _ended(client: TestClient[Any], address: str) -> dict[str, Any]:
    for _ in range(600):
        told: dict[str, Any] = client.get(address).json()
        if told["job"]["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)
