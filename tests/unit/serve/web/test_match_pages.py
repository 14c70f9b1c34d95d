"""Match in the browser: a need and what answers it, needs that are kept, and how far they have come."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.hostile import MARKUP
from tests.unit.serve.conftest import Asking, asking

from mingjian.core.books import Asked
from mingjian.corpus import Corpus
from mingjian.serve.settings import Settings

NEED = "为汽车零部件企业寻找智能算力和质量检测大模型"


@pytest.fixture(scope="module")
def site(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("match") / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "*.lock"))
    with asking(Settings(workspace=folder, works=False, anyone_may_read=True)) as service:
        yield service


def get(site: Asking, path: str, role: str = "reviewer", **asked: Any) -> Any:
    return site.client.get(path, params=asked, headers={"Accept": "text/html", **site.roles[role]})


def post(site: Asking, path: str, form: dict[str, str], role: str = "reviewer") -> Any:
    headers = {"Accept": "text/html", **site.roles[role]}
    return site.client.post(path, data=form, headers=headers, follow_redirects=False)


def kept(site: Asking, **form: str) -> str:
    said = post(site, "/match/needs", {"need": NEED, **form})
    assert said.status_code == 303
    return str(said.headers["Location"])


def test_a_need_is_answered_with_the_words_of_both_sides(site: Asking) -> None:
    shown = get(site, "/match", need=NEED).text
    assert shown.count('class="hit') > 1
    assert "<mark>算力" in shown
    assert 'class="need-words">算力' in shown
    assert re.search(r'class="cited" href="/pages/[0-9a-f]+#s=\d+,\d+"', shown)


def test_passages_say_that_they_are_no_facts_and_lead_to_their_words(site: Asking) -> None:
    shown = get(site, "/match", need=NEED).text
    (passages,) = re.findall(r'<section class="passages">.*?</section>', shown, re.DOTALL)
    assert "不是事实" in passages
    assert "铝材表面缺陷检测大模型" in passages
    assert re.search(r'<p class="quoted"><a class="cited" href="/pages/[0-9a-f]+#s=\d+,\d+"', passages)
    assert shown.index('class="passages"') < shown.index('class="hit over"')
    address = kept(site)
    new = '<section class="passages">.*?<span class="badge info">新</span>.*?</section>'
    assert re.search(new, get(site, address).text, re.DOTALL)
    post(site, f"{address}/seen", {})
    assert not re.search(new, get(site, address).text, re.DOTALL)


def test_programs_are_given_passages_apart_from_hits(site: Asking) -> None:
    told = site.client.get("/api/match", params={"need": NEED}, headers=site.roles["reader"]).json()
    (passage,) = told["passages"]
    words = passage["words"]
    page = site.client.get(f"/api/pages/{words['page']}/text", headers=site.roles["reader"])
    assert page.json()["text"][words["start"] : words["end"]] == words["text"]
    assert {reason["kind"] for reason in passage["reasons"]} >= {"scenario"}
    rows = site.client.get("/api/match", params={"need": NEED, "format": "csv"}, headers=site.roles["reader"]).text
    assert [line for line in rows.splitlines() if "原文语句" in line and words["text"] in line]


def test_a_reader_may_ask_and_not_keep(site: Asking) -> None:
    shown = get(site, "/match", "reader", need=NEED)
    assert shown.status_code == 200
    assert 'action="/match/needs"' not in shown.text
    assert post(site, "/match/needs", {"need": NEED}, "reader").status_code == 403


@pytest.mark.parametrize("asked", [{"need": "的了吗"}, {"need": NEED, "region": "无此地"}, {"scenario": "nothing"}])
def test_what_cannot_be_matched_says_so(site: Asking, asked: dict[str, str]) -> None:
    shown = get(site, "/match", **asked)
    assert shown.status_code == 200
    assert 'class="flash warn"' in shown.text


def test_what_is_typed_is_never_markup(site: Asking) -> None:
    for path, asked in (("/match", {"need": f"算力{MARKUP}"}), ("/match", {"need": NEED, "region": MARKUP})):
        assert "<script>alert" not in get(site, path, **asked).text
    address = kept(site, name=MARKUP)
    assert post(site, f"{address}/say", {"contact": MARKUP, "note": MARKUP, "state": "asked"}).status_code == 303
    shown = get(site, address).text + get(site, "/match").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_new_hits_are_marked_until_they_were_seen(site: Asking) -> None:
    address = kept(site)
    before = get(site, address).text
    assert '<span class="badge info">新</span>' in before
    assert post(site, f"{address}/seen", {}).status_code == 303
    assert '<span class="badge info">新</span>' not in get(site, address).text


def test_how_far_a_hit_has_come_is_kept(site: Asking) -> None:
    address = kept(site)
    (hit,) = re.findall(r'id="hit-([0-9a-f]+)"', get(site, address).text)[:1]
    said = {"hit": hit, "state": "running", "contact": "林工", "note": "下周看现场"}
    answered = post(site, f"{address}/say", said)
    assert answered.headers["Location"] == f"{address}#hit-{hit}"
    shown = get(site, address).text
    assert shown.count("林工") > 1
    assert "进行中" in shown
    assert "下周看现场" in shown
    assert post(site, f"{address}/say", {"state": "nonsense"}).status_code == 400
    assert post(site, f"{address}/say", {"state": "asked"}, "reader").status_code == 403
    assert get(site, "/match/needs/ffffffff").status_code == 404


def test_hits_are_files(site: Asking) -> None:
    address = kept(site)
    for path in (f"{address}/file.xlsx", "/match/file.xlsx"):
        given = get(site, path, **({} if path.startswith(address) else {"need": NEED}))
        assert given.status_code == 200
        assert given.content[:2] == b"PK"
    assert "智能算力" in get(site, "/api/match", need=NEED, format="csv").text


def test_a_scenario_is_a_need(site: Asking) -> None:
    folder = site.client.app.state.workspace.folder
    with Corpus.open(folder) as corpus, corpus.books() as books:
        scenario = next(iter(books.find(Asked(kind="scenario", ai=False))))
    shown = get(site, "/match", scenario=scenario.id).text
    assert f"/scenarios/{scenario.id}" in shown
    assert 'class="need-read"' in shown


def test_programs_keep_needs_too(site: Asking) -> None:
    headers = site.roles["reviewer"]
    made = site.client.post("/api/needs", json={"need": NEED, "name": "甲"}, headers=headers)
    assert made.status_code == 201
    path = made.headers["Location"]
    assert [one["id"] for one in site.client.get("/api/needs", params={"state": "open"}).json()["items"]]
    look = site.client.get(path).json()
    assert look["kept"]["name"] == "甲"
    hit = look["matching"]["hits"][0]["thing"]
    said = site.client.post(f"{path}/log", json={"hit": hit, "state": "asked"}, headers=headers)
    assert (said.status_code, said.json()["who"]) == (201, "lin-reviewer")
    assert [one["hit"] for one in site.client.get(f"{path}/log").json()] == [hit]
    assert site.client.post(f"{path}/seen", headers=headers).status_code == 204
    assert site.client.get(path).json()["new"] == []
    assert site.client.get("/api/match", params={"need": NEED, "scenario": "x"}).status_code == 400
    assert site.client.post("/api/needs", json={"need": "的"}, headers=headers).status_code == 400
