"""What admins do to a workspace by way of the service: pages out and in, checks, backups, extraction again."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from tests.unit.serve.conftest import Asking, asking

from mingjian.corpus import Corpus
from mingjian.corpus.inbox import BACKUP, Inbox, Job, JobKind
from mingjian.serve.app import create_app
from mingjian.serve.background import arguments_of
from mingjian.serve.settings import Settings
from mingjian.store.backups import restore

WHY = "重复的样例"


@pytest.fixture
def folder(workspace: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "inbox"))
    return folder


@pytest.fixture
def service(folder: Path) -> Iterator[Asking]:
    with asking(Settings(workspace=folder, works=False)) as asked:
        yield asked


@pytest.fixture
def working(folder: Path) -> Iterator[Asking]:
    """A service that does its jobs."""
    with asking(Settings(workspace=folder)) as asked:
        yield asked


def test_a_page_is_taken_out_and_brought_back_and_it_is_written_down(service: Asking) -> None:
    client, admin = service.client, service.roles["admin"]
    page = client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    before = client.get("/api/status", headers=admin).json()["counts"]
    removed = client.post(f"/api/pages/{page[:9]}/remove", json={"why": WHY}, headers=admin)
    assert (removed.status_code, removed.json()["removed"]) == (200, WHY)
    assert client.get("/api/status", headers=admin).json()["counts"]["removed"] == before["removed"] + 1
    listed = client.get("/api/removed", headers=admin).json()
    assert [(one["id"], one["removed"]) for one in listed["items"]] == [(page, WHY)]
    back = client.post(f"/api/pages/{page}/return", headers=admin)
    assert (back.status_code, back.json().get("removed")) == (200, None)
    assert client.get("/api/status", headers=admin).json()["counts"] == before
    audit = client.get("/api/audit", params={"action": "page"}, headers=admin).json()["lines"]
    assert [(line["action"], line["subject"], line["detail"]) for line in audit] == [
        ("page.return", page, ""),
        ("page.remove", page, WHY),
    ]


def test_the_words_of_a_removed_page_are_for_admins_alone(service: Asking) -> None:
    client, admin, reader = service.client, service.roles["admin"], service.roles["reader"]
    page = client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    parts = ("text", "original", "record", "facts", "changes", "reviews")
    assert {client.get(f"/api/pages/{page}/{part}", headers=reader).status_code for part in parts} == {200}
    assert client.post(f"/api/pages/{page}/remove", json={"why": WHY}, headers=admin).status_code == 200
    for part in parts:
        refused = client.get(f"/api/pages/{page}/{part}", headers=reader)
        assert (refused.status_code, WHY in refused.json()["detail"]) == (404, True), part
        assert client.get(f"/api/pages/{page}/{part}", headers=admin).status_code == 200, part


def test_what_was_said_of_a_removed_page_tells_its_words_to_admins_alone(service: Asking) -> None:
    client, admin, reviewer = service.client, service.roles["admin"], service.roles["reviewer"]
    page, fact, words = _reviewed(service)
    assert client.post(f"/api/pages/{page}/remove", json={"why": WHY}, headers=admin).status_code == 200
    for address in (
        "/api/reviews",
        "/api/reviews/1",
        "/api/reviews/export",
        "/review/log",
        "/review/rules",
        "/review?said=1",
    ):
        told = client.get(address, headers=reviewer)
        assert (told.status_code, words in told.text) == (200, False), address
    assert client.get("/api/reviews/1", headers=admin).json()["anchor"]["exact"] == words
    undone = client.post("/api/reviews/1/undo", headers=reviewer).json()
    assert (undone["who"], undone["anchor"]["exact"], undone["fact"]) == ("lin-reviewer", "", None)
    assert client.post(f"/api/pages/{page}/return", headers=admin).status_code == 200
    assert client.get("/api/reviews/1", headers=reviewer).json()["anchor"]["exact"] == words
    assert client.get(f"/review/{page}/{fact}", headers=reviewer).status_code == 200


def test_a_removed_page_is_not_reviewed(service: Asking) -> None:
    client, admin, reviewer = service.client, service.roles["admin"], service.roles["reviewer"]
    page, fact, words = _reviewed(service)
    assert client.post(f"/api/pages/{page}/remove", json={"why": WHY}, headers=admin).status_code == 200
    said = {"page": page, "fact": fact, "verb": "accept"}
    refused = [client.post(f"/api/reviews{end}", json=said, headers=reviewer) for end in ("", "/preview")]
    refused += [client.get(f"/review/{page}/{end}", headers=reviewer) for end in (fact, "add")]
    assert [(one.status_code, words in one.text) for one in refused] == [(404, False)] * 4
    assert client.get("/review", headers=reviewer).status_code == 200
    assert client.get(f"/pages/{page}", headers=admin).status_code == 200


def _reviewed(service: Asking) -> tuple[str, str, str]:
    """The page, the id and the words of a fact that a reviewer just rejected."""
    client, reviewer = service.client, service.roles["reviewer"]
    page = client.get("/api/pages", headers=reviewer).json()["items"][0]["id"]
    facts = [
        fact
        for listed in client.get(f"/api/pages/{page}/record", headers=reviewer).json().values()
        if isinstance(listed, list)
        for fact in listed
        if isinstance(fact, dict) and {"id", "evidence"} <= fact.keys()
    ]
    held = max(facts, key=lambda fact: len(fact["evidence"]["text"]))  # words that no label of ours says too
    said = {"page": page, "fact": held["id"], "verb": "reject", "why": WHY}
    kept = client.post("/api/reviews", json=said, headers=reviewer)
    assert kept.status_code == 201, kept.text
    return page, held["id"], kept.json()["anchor"]["exact"]


def test_who_saw_a_page_otherwise_does_not_take_it_out(service: Asking) -> None:
    client, admin = service.client, service.roles["admin"]
    page = client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    seen = client.get(f"/api/pages/{page}", headers=admin).headers["etag"]
    again = client.get(f"/api/pages/{page}", headers={**admin, "If-None-Match": seen})
    assert (again.status_code, again.headers["etag"]) == (200, seen)
    removed = client.post(f"/api/pages/{page}/remove", json={"why": WHY}, headers={**admin, "If-Match": seen})
    assert removed.status_code == 200
    for verb in ("return", "remove", "erase"):
        stale = client.post(f"/api/pages/{page}/{verb}", json={"why": WHY}, headers={**admin, "If-Match": seen})
        assert (stale.status_code, stale.headers["content-type"]) == (412, "application/problem+json"), verb
    now = {**admin, "If-Match": removed.headers["etag"]}
    assert client.post(f"/api/pages/{page}/return", headers=now).status_code == 200


def test_while_another_program_writes_a_page_stays_where_it_is(
    service: Asking, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingjian.serve.deciding._WAIT", 0.0)
    admin = service.roles["admin"]
    page = service.client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    with Corpus.open(folder, write=True):
        busy = service.client.post(f"/api/pages/{page}/remove", json={"why": WHY}, headers=admin)
    assert (busy.status_code, int(busy.headers["retry-after"]) > 0) == (503, True)
    assert service.client.get("/api/removed", headers=admin).json()["total"] == 0


@pytest.mark.parametrize("why", ["", " ", None, "x" * 2_001])
def test_a_page_is_not_taken_out_without_a_reason(service: Asking, why: str | None) -> None:
    admin = service.roles["admin"]
    page = service.client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    assert service.client.post(f"/api/pages/{page}/remove", json={"why": why}, headers=admin).status_code == 400


def test_a_backup_is_made_and_fetched_and_can_be_restored(working: Asking, tmp_path: Path) -> None:
    client, admin = working.client, working.roles["admin"]
    asked = client.post("/api/jobs/backup", headers=admin)
    assert asked.status_code == 202
    job = _ended(client, asked.headers["location"], admin)
    assert (job["kind"], job["state"], str(tmp_path) in job["told"]) == ("backup", "done", False)
    address = f"{asked.headers['location']}/backup.db"
    assert client.get(address, headers=working.roles["reviewer"]).status_code == 403
    fetched = client.get(address, headers=admin)
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert "content-encoding" not in fetched.headers
    file = tmp_path / "fetched.db"
    file.write_bytes(fetched.content)
    assert restore(file, tmp_path / "again") is None
    with Corpus.open(tmp_path / "again") as corpus:
        pages = corpus.status().counts["pages"]
    assert pages == client.get("/api/status", headers=admin).json()["counts"]["pages"]
    audit = client.get("/api/audit", headers=admin).json()["lines"]
    assert [line["action"] for line in audit[:2]] == ["export", "job.backup"]


def test_only_the_last_two_backups_are_kept(folder: Path) -> None:
    inbox = Inbox(folder)
    jobs = []
    for day in range(1, 5):
        job = inbox.ask(Job(id="", state="waiting", files=0, who="lin", at=f"2026-03-0{day}T08:00:00Z", kind="backup"))
        (inbox.folder(job.id) / BACKUP).write_bytes(b"x")
        inbox.put(msgspec.structs.replace(job, state="done"))
        jobs.append(job)
    assert [(inbox.folder(job.id) / BACKUP).exists() for job in jobs] == [False, False, True, True]


def test_what_waits_already_is_not_asked_for_twice(service: Asking) -> None:
    client, admin = service.client, service.roles["admin"]
    whole, again, part = (
        client.post("/api/jobs/check", json=extent, headers=admin).json()["id"]
        for extent in ({"whole": True}, {"whole": True}, {})
    )
    assert whole == again
    assert whole != part


def test_a_check_tells_what_is_wrong_and_what_to_do(working: Asking, folder: Path) -> None:
    client, admin = working.client, working.roles["admin"]
    sound = client.post("/api/jobs/check", json={"whole": True}, headers=admin)
    job = _ended(client, sound.headers["location"], admin)
    assert (job["state"], "nothing wrong" in job["told"]) == ("done", True)
    with closing(sqlite3.connect(folder / "mingjian.db")) as connection, connection:
        connection.execute("UPDATE page SET version = 7 WHERE number = 1")
    wrong = client.post("/api/jobs/check", json={}, headers=admin)
    job = _ended(client, wrong.headers["location"], admin)
    assert (job["state"], "page 1" in job["told"]) == ("failed", True)


def test_a_check_and_a_backup_do_not_wait_for_a_program_that_writes(working: Asking, folder: Path) -> None:
    client, admin = working.client, working.roles["admin"]
    with Corpus.open(folder, write=True, wait=60):
        waits = client.post("/api/jobs/reextract", json={}, headers=admin).headers["location"]
        checked = client.post("/api/jobs/check", json={}, headers=admin).headers["location"]
        assert _ended(client, checked, admin)["state"] == "done"
        assert client.get(waits, headers=admin).json()["job"]["state"] == "waiting"


def test_pages_are_extracted_again_and_indexes_made_anew(working: Asking) -> None:
    client, admin = working.client, working.roles["admin"]
    asked = client.post("/api/jobs/reextract", json={"whole": True}, headers=admin)
    job = _ended(client, asked.headers["location"], admin)
    assert job["state"] == "done", job
    assert "pages extracted again, 0 changed" in job["told"]
    again = client.post("/api/jobs/reindex", headers=admin)
    assert _ended(client, again.headers["location"], admin)["state"] == "done"
    assert client.get("/api/search", params={"q": "算力"}, headers=admin).json()["total"] > 0


def test_an_erased_page_is_gone(working: Asking) -> None:
    client, admin = working.client, working.roles["admin"]
    page = client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    asked = client.post(f"/api/pages/{page}/erase", json={"why": "--wait=9 按要求"}, headers=admin)
    assert asked.status_code == 202
    job = _ended(client, asked.headers["location"], admin)
    assert job["state"] == "done", job
    (gone,) = client.get("/api/removed", headers=admin).json()["items"]
    assert (gone["id"], gone["erased"], gone["removed"]) == (page, True, "--wait=9 按要求")
    assert client.get(f"/api/pages/{page}/text", headers=admin).status_code == 404
    assert client.post(f"/api/pages/{page}/return", headers=admin).status_code == 404


def test_the_queue_is_weighed_again_when_a_page_was_erased(working: Asking) -> None:
    client, admin = working.client, working.roles["admin"]
    _weighed(client, admin)
    page = client.get("/api/pages", headers=admin).json()["items"][0]["id"]
    asked = client.post(f"/api/pages/{page}/erase", json={"why": WHY}, headers=admin)
    assert _ended(client, asked.headers["location"], admin)["state"] == "done"
    assert all(one["page"] != page for one in _weighed(client, admin)["items"])


def test_a_service_that_only_reads_does_none_of_it(folder: Path) -> None:
    with asking(Settings(workspace=folder, works=False)) as (client, roles):
        page = client.get("/api/pages", headers=roles["admin"]).json()["items"][0]["id"]
    with TestClient(create_app(Settings(workspace=folder, read_only=True)), base_url="http://127.0.0.1") as client:
        for address in (
            "/api/jobs/backup",
            "/api/jobs/check",
            f"/api/pages/{page}/remove",
            f"/api/pages/{page}/return",
        ):
            refused = client.post(address, json={"why": WHY}, headers=roles["admin"])
            assert (refused.status_code, "read-only" in refused.json()["detail"]) == (403, True), address


def _ended(client: TestClient[Any], address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    for _ in range(600):
        told: dict[str, Any] = client.get(address, headers=headers).json()
        if told["job"]["state"] in ("done", "failed"):
            job: dict[str, Any] = told["job"]
            return job
        time.sleep(0.1)
    raise AssertionError(told)


@pytest.mark.parametrize("kind", ["add", "reextract", "reindex", "erase"])
def test_a_job_waits_for_whoever_began_to_write_before_it(kind: JobKind, tmp_path: Path) -> None:
    job = Job(id="1", state="running", files=1, who="lin", at="2026-03-01T08:00:00Z", kind=kind, page="ab", why=WHY)
    given = arguments_of(job, tmp_path)
    assert float(given[given.index("--wait") + 1]) > 86_400


def _weighed(client: TestClient[Any], headers: Mapping[str, str]) -> dict[str, Any]:
    for _ in range(600):
        answer = client.get("/api/reviews/queue", headers=headers)
        if answer.status_code == 200:
            told: dict[str, Any] = answer.json()
            return told
        time.sleep(0.1)
    raise AssertionError(answer.text)
