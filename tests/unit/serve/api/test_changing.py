"""Decisions by way of the service, and extraction that keeps nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.serve.conftest import Asking, asking

from mingjian.corpus import Corpus
from mingjian.serve.settings import Settings

TEXT = "澜山市数据局3月2日发布通知，到2027年全市智能算力规模超过5EFLOPS。"


@pytest.fixture
def service(workspace: Path, tmp_path: Path) -> Iterator[Asking]:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*"))
    with asking(Settings(workspace=folder, works=False)) as asked:
        yield asked


def test_who_decides_second_of_the_same_two_is_told(service: Asking) -> None:
    first, second = service.roles["reviewer"], service.roles["admin"]
    ids = [page["id"] for page in service.client.get("/api/pages", headers=first).json()["items"][:2]]
    said = {"kind": "merge", "of": "pages", "first": ids[0], "second": ids[1], "seen": 0}
    decision = service.client.post("/api/decisions", json=said, headers=first).json()
    other = {**said, "kind": "split", "first": ids[1], "second": ids[0]}
    late = service.client.post("/api/decisions", json=other, headers=second)
    assert (late.status_code, "lin-reviewer decided merge" in late.json()["detail"]) == (409, True)
    assert len(service.client.get("/api/decisions", headers=first).json()["items"]) == 1
    told = service.client.post("/api/decisions", json={**other, "seen": decision["number"]}, headers=second)
    assert told.status_code == 201


def test_the_page_says_that_somebody_decided_meanwhile(service: Asking) -> None:
    first, second = service.roles["reviewer"], service.roles["admin"]
    rows = service.client.get("/api/ledgers/organisations", headers=first).json()["items"]
    ids = [row["id"] for row in rows[:2]]
    form = {"kind": "merge", "one": ids[0], "other": ids[1], "first": ids[0], "second": ids[1], "seen": "0"}
    kept = service.client.post("/review/things", data=form, headers=first, follow_redirects=False)
    assert kept.status_code == 303
    late = service.client.post("/review/things", data={**form, "kind": "split"}, headers=second)
    assert late.status_code == 409
    assert "刚才有人对这两条作了决定" in late.text
    assert 'name="seen" value="1"' in late.text


def test_a_reviewer_decides_and_undoes_and_it_is_written_down(service: Asking) -> None:
    reviewer, admin = service.roles["reviewer"], service.roles["admin"]
    ids = [page["id"] for page in service.client.get("/api/pages", headers=reviewer).json()["items"][:2]]
    said = {"kind": "split", "of": "pages", "first": ids[0], "second": ids[1][:9], "why": "=1+1 <b>"}
    refused = service.client.post("/api/decisions", json=said, headers=service.roles["reader"])
    assert refused.status_code == 403
    decided = service.client.post("/api/decisions", json=said, headers=reviewer)
    assert decided.status_code == 201
    decision = decided.json()
    assert (decision["who"], sorted(decision["ids"]), decision["undone"]) == ("lin-reviewer", sorted(ids), None)
    listed = service.client.get("/api/decisions", params={"of": "pages"}, headers=reviewer).json()["items"]
    assert listed == [decision]
    undone = service.client.post(f"/api/decisions/{decision['number']}/undo", headers=reviewer).json()
    assert undone["undone"].startswith("lin-reviewer")
    assert service.client.post("/api/decisions/99/undo", headers=reviewer).status_code == 404
    audit = service.client.get("/api/audit", params={"action": "decision"}, headers=admin)
    assert [line["action"] for line in audit.json()["lines"]] == ["decision.undo", "decision.split"]


def test_things_are_merged_by_their_ids(service: Asking) -> None:
    reviewer = service.roles["reviewer"]
    rows = service.client.get("/api/ledgers/organisations", headers=reviewer).json()["items"]
    said = {"kind": "merge", "of": "things", "first": rows[0]["id"], "second": rows[1]["id"]}
    decided = service.client.post("/api/decisions", json=said, headers=reviewer).json()
    assert decided["kind"] == "merge-things"
    same = service.client.post("/api/decisions", json={**said, "second": rows[0]["id"]}, headers=reviewer)
    assert same.status_code == 400
    assert "named twice" in same.json()["detail"]


def test_while_another_program_writes_a_decision_is_to_come_again(
    service: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingjian.serve.deciding._WAIT", 0.0)
    reviewer = service.roles["reviewer"]
    ids = [page["id"] for page in service.client.get("/api/pages", headers=reviewer).json()["items"][:2]]
    said = {"kind": "merge", "of": "pages", "first": ids[0], "second": ids[1]}
    with Corpus.open(tmp_path / "workspace", write=True):
        busy = service.client.post("/api/decisions", json=said, headers=reviewer)
    assert busy.status_code == 503
    assert int(busy.headers["retry-after"]) > 0
    assert service.client.post("/api/decisions", json=said, headers=reviewer).status_code == 201


def test_exports_of_users_are_written_down(service: Asking) -> None:
    service.client.get("/api/ledgers/targets", params={"format": "csv"}, headers=service.roles["reader"])
    audit = service.client.get("/api/audit", params={"action": "export"}, headers=service.roles["admin"])
    (line,) = audit.json()["lines"]
    assert (line["who"], line["action"], line["subject"]) == ("lin-reader", "export.csv", "/api/ledgers/targets")


def test_a_page_that_is_sent_is_read_and_not_kept(service: Asking) -> None:
    reader = service.roles["reader"]
    record = service.client.post("/api/extract", json={"text": TEXT}, headers=reader).json()
    (target,) = record["targets"]
    assert (target["metric"], target["value"], target["unit"]) == ("智能算力规模", 5, "EFLOPS")
    assert "text" not in record["page"]
    page = {
        "html": f"<html><body><h1>通知</h1><p>{TEXT}</p></body></html>",
        "with_text": True,
        "url": "https://a.example/1",
    }
    record = service.client.post("/api/extract", json=page, headers=reader).json()
    assert TEXT in record["page"]["text"]
    for wrong in ({}, {"text": TEXT, "html": TEXT}, {"text": TEXT, "other": 1}, {"text": " "}):
        assert service.client.post("/api/extract", json=wrong, headers=reader).status_code == 400, wrong
    total = service.client.get("/api/runs", headers=reader).json()["total"]
    assert total == 1
