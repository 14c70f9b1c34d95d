"""The desk for programs: the queue, saying, taking back, preview, files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.unit.serve.conftest import Asking, asking

from mingjian.corpus import Corpus
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings


@pytest.fixture(scope="module")
def site(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("reviews") / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "*.lock"))
    with Corpus.open(folder) as corpus:
        corpus.desk.queue()
    with asking(Settings(workspace=folder, works=False, anyone_may_read=True)) as service:
        yield service


def say(site: Asking, role: str = "reviewer", **said: Any) -> Any:
    return site.client.post("/api/reviews", json=said, headers=site.roles[role])


def waiting(site: Asking, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = site.client.get("/api/reviews/queue", params={"kind": kind, "limit": 1}).json()["items"][0]
    return found


def test_the_queue_comes_in_parts_with_reasons(site: Asking) -> None:
    first = site.client.get("/api/reviews/queue", params={"limit": 2}).json()
    assert first["total"] > 2
    assert len(first["items"]) == 2
    assert all(one["reasons"] for one in first["items"])
    second = site.client.get(first["next"]).json()
    assert {one["fact"] for one in first["items"]}.isdisjoint({one["fact"] for one in second["items"]})
    assert site.client.get("/api/reviews/queue", params={"knd": "targets"}).status_code == 400


def test_what_is_said_is_kept_by_whoever_asks_and_taken_back(site: Asking) -> None:
    one = waiting(site, "targets")
    said = say(site, page=one["page"], fact=one["fact"], verb="accept", seen=0)
    assert (said.status_code, said.json()["who"]) == (201, "lin-reviewer")
    number = said.json()["number"]
    assert waiting(site, "targets")["fact"] != one["fact"]
    again = say(site, "admin", page=one["page"], fact=one["fact"], verb="reject", why="看错", seen=0)
    assert again.status_code == 409
    assert again.headers["Content-Type"].startswith("application/problem+json")
    assert "lin-reviewer" in again.json()["detail"]
    undone = site.client.post(f"/api/reviews/{number}/undo", headers=site.roles["reviewer"])
    assert undone.json()["undone"].startswith("lin-reviewer")
    assert waiting(site, "targets")["fact"] == one["fact"]
    listed = site.client.get(f"/api/pages/{one['page']}/reviews").json()["items"]
    assert number in {each["number"] for each in listed}
    assert site.client.get(f"/api/reviews/{number}").json()["verb"] == "accept"


def test_a_correction_is_seen_before_it_is_kept(site: Asking) -> None:
    one = waiting(site, "statistics")
    change = {"part": "metric", "spans": [[one["start"], one["start"] + 2]]}
    sent = {"page": one["page"], "fact": one["fact"], "verb": "correct", "changes": [change]}
    shown = site.client.post("/api/reviews/preview", json=sent, headers=site.roles["reviewer"])
    assert shown.status_code == 200
    assert shown.json()["fact"]["metric"] == one["words"][:2]
    kept = say(site, **sent)
    assert kept.json()["outcome"]["metric"] == one["words"][:2]
    assert kept.json()["changes"] == [{"part": "metric", "spans": change["spans"], "value": None}]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"verb": "reject"}, 422),
        ({"verb": "correct"}, 422),
        ({"verb": "correct", "changes": [{"part": "value", "spans": [[0, 10**9]]}]}, 422),
        ({"verb": "nonsense"}, 400),
        ({"verb": "accept", "who": "somebody else"}, 400),
    ],
)
def test_what_cannot_be_kept_is_refused(site: Asking, said: dict[str, Any], status: int) -> None:
    one = waiting(site, "events")
    assert say(site, page=one["page"], fact=one["fact"], **said).status_code == status


def test_what_people_changed_is_explained(site: Asking) -> None:
    one = waiting(site, "events")
    change = {"part": "object", "spans": [[one["start"], one["start"] + 2]]}
    asked = {"page": one["page"], "fact": one["fact"], "verb": "correct", "why": "看错了", "changes": [change]}
    kept = say(site, **asked).json()
    address = f"/api/pages/{one['page']}/facts/{kept['outcome']['id']}/explanation"
    told = site.client.get(address).json()
    (review,) = told["reviews"]
    assert {name: review[name] for name in ("number", "verb", "who", "why", "rule")} == {
        "number": kept["number"],
        "verb": "correct",
        "who": "lin-reviewer",
        "why": "看错了",
        "rule": kept["rule"],
    }
    (part,) = review["changed"]
    assert (part["name"], part["was"], part["now"]) == ("object", kept["fact"].get("object"), one["words"][:2])
    assert [word["text"] for word in part["words"]] == [one["words"][:2]]
    assert [rule["kind"] for rule in told["rules"][:1]] == ["review"]
    site.client.post(f"/api/reviews/{kept['number']}/undo", headers=site.roles["reviewer"])
    again = site.client.get(f"/api/pages/{one['page']}/facts/{one['fact']}/explanation").json()["reviews"]
    assert [review["undone_by"] for review in again] == ["lin-reviewer"]


def test_codes_are_chosen_from_what_there_is(site: Asking) -> None:
    one = waiting(site, "events")
    parts = {part["name"]: part for part in site.client.get("/api/reviews/parts/events").json()}
    assert (parts["type"]["telling"], "policy_issue" in parts["type"]["choices"]) == ("choice", True)
    change = {"part": "type", "value": "misspelt"}
    refused = say(site, page=one["page"], fact=one["fact"], verb="correct", changes=[change])
    assert (refused.status_code, "policy_issue" in refused.json()["mend"]) == (422, True)
    kept = say(
        site, page=one["page"], fact=one["fact"], verb="correct", changes=[{**change, "value": "award_selection"}]
    )
    assert (kept.status_code, kept.json()["outcome"]["type"]) == (201, "award_selection")
    site.client.post(f"/api/reviews/{kept.json()['number']}/undo", headers=site.roles["reviewer"])
    assert site.client.get("/api/reviews/parts/nothing").status_code == 404


def test_readers_look_and_say_nothing(site: Asking) -> None:
    one = waiting(site, "events")
    assert say(site, "reader", page=one["page"], fact=one["fact"], verb="accept").status_code == 403
    for path in ("", "/agreement", "/rules"):
        assert site.client.get(f"/api/reviews{path}").status_code == 200


def test_rules_are_held_against_what_people_said(site: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    one = waiting(site, "events")
    said = say(site, page=one["page"], fact=one["fact"], verb="reject", why="看错").json()
    held = site.client.get("/api/reviews/rules/held", params={"rule": said["rule"]}).json()["items"]
    (mine,) = (each for each in held if each["review"] == said["number"])
    assert (mine["verdict"], mine["right"], mine["words"]) == ("reject", False, said["fact"]["evidence"]["text"])
    monkeypatch.setattr("mingjian.corpus.desk.desk.held_against", None)  # it is not done again for the same reviews
    assert site.client.get("/api/reviews/rules/held", params={"limit": 1}).json()["total"] >= len(held)
    site.client.post(f"/api/reviews/{said['number']}/undo", headers=site.roles["reviewer"])


def test_answers_change_with_what_is_said(site: Asking) -> None:
    one = waiting(site, "events")
    before = site.client.get(f"/api/pages/{one['page']}/reviews")
    held = {"If-None-Match": before.headers["ETag"]}
    assert site.client.get(f"/api/pages/{one['page']}/reviews", headers=held).status_code == 304
    assert say(site, page=one["page"], fact=one["fact"], verb="accept").status_code == 201
    assert site.client.get(f"/api/pages/{one['page']}/reviews", headers=held).status_code == 200


def test_who_said_it_is_written_down(site: Asking) -> None:
    one = waiting(site, "events")
    assert say(site, "admin", page=one["page"], fact=one["fact"], verb="accept").status_code == 201
    line = site.client.app.state.access.audit(1)[0]
    assert (line.deed.action, line.deed.who) == ("review.accept", "lin-admin")


def test_of_those_who_say_something_at_once_one_is_heard(site: Asking) -> None:
    one = waiting(site, "statistics")
    roles = ("reviewer", "admin") * 4
    with ThreadPoolExecutor(len(roles)) as threads:
        asked = [
            threads.submit(say, site, role, page=one["page"], fact=one["fact"], verb="accept", seen=0) for role in roles
        ]
        statuses = sorted(each.result().status_code for each in asked)
    assert statuses == [201] + [409] * (len(roles) - 1)


def test_two_services_over_one_desk_see_each_other(site: Asking) -> None:
    folder = site.client.app.state.workspace.folder
    one = waiting(site, "statistics")
    with TestClient(create_app(Settings(workspace=folder, works=False)), base_url="http://127.0.0.1") as other:
        headers = site.roles["admin"]
        said = {"page": one["page"], "fact": one["fact"], "verb": "accept", "seen": 0}
        assert other.post("/api/reviews", json=said, headers=headers).status_code == 201
        assert say(site, **said).status_code == 409


HOSTILE = (
    {"why": "\0"},
    {"why": "x" * 100_000},
    {"fact": "../../etc"},
    {"fact": ""},
    {"page": ""},
    {"page": "%"},
    {"page": "x" * 5_000},
    {"seen": -1},
    {"seen": 2**70},
    {"changes": [{"part": "__class__", "spans": [[0, 1]]}]},
    {"changes": [{"part": "value", "spans": [[5, 1]]}]},
    {"changes": [{"part": "value", "spans": [[-5, -1]]}]},
    {"changes": [{"part": "value", "spans": [[0, 2**70]]}]},
    {"changes": [{"part": "evidence", "spans": [[0, 1]] * 5_000}]},
    {"changes": [{"part": "value", "spans": [[0, 1]], "value": {"a": [None] * 1000}}]},
    {"changes": [{"part": "comparator", "spans": [], "value": "<script>"}]},
)


@pytest.mark.parametrize("wrong", HOSTILE)
@pytest.mark.parametrize("verb", ["accept", "correct", "reject", "add"])
def test_what_is_said_amiss_is_told_plainly(site: Asking, wrong: dict[str, Any], verb: str) -> None:
    one = waiting(site, "events")
    said = {"page": one["page"], "fact": one["fact"], "kind": "events", "verb": verb, "why": "看错", "seen": 0, **wrong}
    answer = say(site, **said)
    if answer.status_code == 201:  # as where what is wrong is not looked at
        assert site.client.post(answer.headers["Location"] + "/undo", headers=site.roles["admin"]).status_code < 300
        return
    assert answer.status_code in {400, 404, 409, 422}, answer.text
    assert answer.json()["mend"]


def test_a_reviewer_may_take_back_what_another_said_and_a_reader_may_not(site: Asking) -> None:
    """By program and by form: who took it back stands in the log beside who said it."""
    for address in ("/api/reviews/{}/undo", "/review/reviews/{}/undo"):
        one = waiting(site, "targets")
        number = say(site, "admin", page=one["page"], fact=one["fact"], verb="accept").json()["number"]
        for role, taken in (("reader", (403,)), ("reviewer", (200, 303))):
            headers = site.roles[role]
            answer = site.client.post(address.format(number), data={}, headers=headers, follow_redirects=False)
            assert answer.status_code in taken, (address, role)
        told = site.client.get(f"/api/reviews/{number}", headers=site.roles["reader"]).json()
        assert told["who"] == "lin-admin"
        assert told["undone"].startswith("lin-reviewer")
    log = site.client.get("/api/audit?action=review.undo", headers=site.roles["admin"]).json()["lines"]
    assert {line["who"] for line in log[:2]} == {"lin-reviewer"}


def test_a_reader_keeps_no_need_and_a_reviewer_says_what_became_of_that_of_another(site: Asking) -> None:
    need = {"name": "质检", "need": "制造企业要用视觉大模型做质检"}
    assert site.client.post("/api/needs", json=need, headers=site.roles["reader"]).status_code == 403
    kept = site.client.post("/api/needs", json=need, headers=site.roles["admin"])
    assert kept.status_code == 201, kept.text
    place = kept.headers["Location"]
    said = {"state": "asked", "note": "已联系"}
    assert site.client.post(f"{place}/log", json=said, headers=site.roles["reader"]).status_code == 403
    entry = site.client.post(f"{place}/log", json=said, headers=site.roles["reviewer"])
    assert entry.status_code == 201, entry.text
    assert entry.json()["who"] == "lin-reviewer"
    for method in ("DELETE", "PUT", "PATCH"):  # needs are closed by a word in their log, never changed
        answer = site.client.request(method, place, json=said, headers=site.roles["admin"])
        assert answer.status_code == 405
