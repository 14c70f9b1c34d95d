"""The desk in the browser: what its forms do, who may, and that nothing of a page or a person becomes markup."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient
from tests.browser.hostile import HOSTILE_PAGES, MARKUP
from tests.unit.serve.conftest import Asking, asking

from mingjian.core.books import Asked, Books
from mingjian.core.model.review import QueueAsked
from mingjian.core.model.things import Thing, ThingKind
from mingjian.corpus import Corpus
from mingjian.run import extract_many
from mingjian.serve import deciding
from mingjian.serve.access.asking import nobody
from mingjian.serve.access.users import add_user
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings
from mingjian.store.lock import WriterLock

HTML = {"Accept": "text/html"}


class Made(NamedTuple):
    """A workspace, and the headers of a user of each role."""

    folder: Path
    roles: Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def made(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A workspace of the sample pages and hostile ones, whose facts were weighed, with a user of each role."""
    folder = tmp_path_factory.mktemp("desk") / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "desk.db*", "*.lock"))
    with Corpus.open(folder, write=True) as corpus:
        assert all(True for _ in corpus.add(HOSTILE_PAGES, extract_many))
        assert list(corpus.follow())
        assert corpus.desk.queue().total
    with asking(Settings(workspace=folder, works=False)) as service:
        return Made(folder, service.roles)


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "workspace"))


@pytest.fixture
def site(made: Made, folder: Path) -> Iterator[Asking]:
    app = create_app(Settings(workspace=folder, works=False, anyone_may_read=True))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield Asking(client, made.roles)


class Desk:
    """A reviewer at the desk."""

    def __init__(self, site: Asking, role: str = "reviewer") -> None:
        self.client = site.client
        self.headers = {**HTML, **site.roles[role]}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, form: Mapping[str, str]) -> Any:
        return self.client.post(path, data=dict(form), headers=self.headers, follow_redirects=False)


def first_fact(folder: Path, kind: str = "targets", page: str | None = None) -> tuple[str, str]:
    """The page and the id of the fact that needs a look most."""
    with Corpus.open(folder) as corpus:
        found = corpus.desk.queue(QueueAsked(kinds=(kind,), page=page, limit=1))
        return found.facts[0].page, found.facts[0].fact


def page_with(folder: Path, words: str) -> str:
    """The id of the page whose text holds these words."""
    with Corpus.open(folder) as corpus, corpus.store.reading() as reader:
        return next(page.id for page in reader.pages(0) if words in reader.text(page.number))


def told(folder: Path, page: str) -> tuple[Any, str]:
    with Corpus.open(folder) as corpus:
        found = corpus.desk.page(page)
        return found.reviewed.record, found.text


def wide_target(folder: Path) -> tuple[str, Any, str]:
    """The target of the page whose text has characters beyond the BMP before it."""
    page = page_with(folder, "𠮷野家🚀集团")
    record, text = told(folder, page)
    return page, next(fact for fact in record.targets if "35 EFLOPS" in fact.evidence.text), text


def test_the_queue_says_why_each_fact_is_worth_a_look(site: Asking) -> None:
    shown = Desk(site).get("/review").text
    assert shown.count('class="queued"') > 3
    assert "缺要素" in shown
    assert "机器读作" not in Desk(site).get("/review?kind=quotes&reason=high-stakes").text
    assert Desk(site).get("/review?region=nowhere").status_code == 400


@pytest.mark.parametrize(
    "path", ["/review", "/review/log", "/review/agreement", "/review/rules", "/review/things", "/jobs"]
)
def test_readers_have_no_desk(site: Asking, path: str) -> None:
    assert Desk(site, "reader").get(path).status_code == 403
    assert site.client.get(path, headers=HTML, follow_redirects=False).status_code in {303, 403}


def test_a_reader_cannot_say_anything(site: Asking, folder: Path) -> None:
    page, fact = first_fact(folder)
    assert Desk(site, "reader").post(f"/review/{page}/{fact}", {"do": "accept"}).status_code == 403
    with Corpus.open(folder) as corpus:
        assert not corpus.desk.all()


def test_what_is_accepted_leaves_the_queue_and_comes_back_when_that_is_undone(site: Asking, folder: Path) -> None:
    desk, (page, fact) = Desk(site), first_fact(folder)
    said = desk.post(f"/review/{page}/{fact}", {"do": "accept", "seen": "0", "back": "/review?kind=targets"})
    assert (said.status_code, said.headers["Location"]) == (303, "/review?kind=targets&said=1")
    shown = desk.get(said.headers["Location"]).text
    assert f"q-{fact}" not in shown
    assert "/review/reviews/1/undo" in shown
    undone = desk.post("/review/reviews/1/undo", {"back": "/review?kind=targets&said=1"})
    assert undone.headers["Location"] == "/review?kind=targets&said=1"
    again = desk.get("/review?kind=targets&said=1").text
    assert f"q-{fact}" in again
    assert "已撤销" in again


def test_after_a_fact_comes_the_next_of_the_same_question(site: Asking, folder: Path) -> None:
    desk, (page, fact) = Desk(site), first_fact(folder)
    said = desk.post(f"/review/{page}/{fact}?kind=targets&at=0", {"do": "accept", "seen": "0"})
    assert said.status_code == 303
    assert fact not in said.headers["Location"]
    assert "kind=targets" in said.headers["Location"]
    assert desk.get(said.headers["Location"].partition("#")[0]).status_code == 200


def test_nobody_is_sent_to_another_site(site: Asking, folder: Path) -> None:
    page, fact = first_fact(folder)
    said = Desk(site).post(f"/review/{page}/{fact}", {"do": "accept", "back": "//evil.example/x"})
    assert said.headers["Location"].startswith("/?said=")


def test_a_fact_is_rejected_for_a_reason(site: Asking, folder: Path) -> None:
    desk, (page, fact) = Desk(site), first_fact(folder)
    refused = desk.post(f"/review/{page}/{fact}", {"do": "reject", "why": " "})
    assert refused.status_code == 422
    assert desk.post(f"/review/{page}/{fact}", {"do": "reject", "why": MARKUP}).status_code == 303
    shown = desk.get(f"/review/{page}/{fact}").text
    assert "不再出现" in shown
    assert "<script>alert" not in shown + desk.get("/review/log").text
    assert "&lt;script&gt;alert(1)" in shown
    record, _ = told(folder, page)
    assert fact not in {one.id for one in record.targets}


def test_a_value_is_corrected_by_selecting_words_behind_characters_beyond_the_bmp(site: Asking, folder: Path) -> None:
    desk, (page, fact, text) = Desk(site), wide_target(folder)
    start = text.index("3.5亿元")
    form = {"part": "value", "start": str(start), "end": str(start + 5), "words": "3.5亿元", "seen": "0"}
    shown = desk.post(f"/review/{page}/{fact.id}", {**form, "do": "preview"})
    assert "<ins>≥3.5亿元</ins>" in shown.text
    with Corpus.open(folder) as corpus:
        assert not corpus.desk.all()
    assert desk.post(f"/review/{page}/{fact.id}", {**form, "do": "save", "stay": "1"}).status_code == 303
    record, _ = told(folder, page)
    (now,) = (one for one in record.targets if one.by == "review")
    assert (now.value_span.text, now.unit, int(now.normalized.value)) == ("3.5亿元", "亿元", 350_000_000)
    assert text[now.value_span.start : now.value_span.end] == "3.5亿元"
    why = desk.get(f"/pages/{page}/why/{now.id}").text
    for said in ("人工复核", "lin-reviewer 更正", f"原由规则 {fact.by} 得出", "所选原文 「3.5亿元」"):
        assert said in why, said


@pytest.mark.parametrize(
    ("form", "told_why"),
    [
        ({"part": "value", "start": "3", "end": "6", "words": "别的文字"}, "do not stand there"),
        ({"part": "value", "start": "x", "end": "6"}, "no numbers"),
        ({"part": "value", "start": "0", "end": "999999"}, "nothing stands between"),
        ({"part": "metric", "words": "页面上没有的文字"}, "do not stand on the page"),
        ({"part": "value", "words": "𠮷林晚报"}, "no number that can be read"),
        ({"part": "id", "words": "𠮷林晚报"}, "no part that can be changed"),
        ({"changes": "nonsense", "part": "metric", "words": "𠮷林晚报"}, "cannot be read"),
        ({}, "nothing is changed"),
    ],
)
def test_what_cannot_be_kept_says_why(site: Asking, folder: Path, form: dict[str, str], told_why: str) -> None:
    page, fact, _ = wide_target(folder)
    refused = Desk(site).post(f"/review/{page}/{fact.id}", {**form, "do": "save"})
    assert refused.status_code == 422
    assert told_why in refused.text


def test_words_are_pasted_where_there_are_no_scripts_and_several_parts_changed_at_once(
    site: Asking, folder: Path
) -> None:
    desk, (page, fact, _) = Desk(site), wide_target(folder)
    first = desk.post(f"/review/{page}/{fact.id}", {"do": "more", "part": "metric", "words": "智能算力中心"}).text
    (waiting,) = re.findall(r'name="changes" value="([^"]*)"', first)
    changes = waiting.replace("&#34;", '"')
    form = {"do": "save", "changes": changes, "part": "deadline", "value-deadline": "2028年底", "words": "2027年"}
    assert desk.post(f"/review/{page}/{fact.id}", form).status_code == 303
    record, _ = told(folder, page)
    (now,) = (one for one in record.targets if one.by == "review")
    assert (now.metric, now.deadline.end) == ("智能算力中心", "2028-12-31")


def test_a_correction_never_takes_the_place_of_one_that_was_not_seen(site: Asking, folder: Path) -> None:
    page, fact, _ = wide_target(folder)
    assert Desk(site, "admin").post(f"/review/{page}/{fact.id}", {"do": "reject", "why": "看错了"}).status_code == 303
    late = Desk(site).post(
        f"/review/{page}/{fact.id}", {"do": "save", "part": "metric", "words": "智能算力中心", "seen": "0"}
    )
    assert late.status_code == 409
    assert "lin-admin" in late.text
    assert "看错了" in late.text
    assert "智能算力中心</textarea>" in late.text  # what was filled in is still there
    back = Desk(site).post(f"/review/{page}/{fact.id}", {"do": "accept", "seen": "0", "back": "/review"})
    assert back.headers["Location"] == "/review?met=1"
    assert "lin-admin" in Desk(site).get("/review?met=1").text
    with Corpus.open(folder) as corpus:
        assert [one.verb for one in corpus.desk.all()] == ["reject"]


def test_who_comes_second_sees_the_correction_and_agrees_with_that(site: Asking, folder: Path) -> None:
    page, fact, _ = wide_target(folder)
    address, correction = (
        f"/review/{page}/{fact.id}",
        {"do": "save", "part": "metric", "words": "智能算力中心", "seen": "0"},
    )
    stayed = Desk(site, "admin").post(address, {**correction, "stay": "1"})
    (now,) = (one for one in told(folder, page)[0].targets if one.by == "review")
    assert f"/{now.id}?" in stayed.headers["Location"]
    late = Desk(site).post(address, {"do": "accept", "seen": "0"})
    assert (late.status_code, "智能算力中心" in late.text) == (409, True)
    assert f'action="/review/{page}/{now.id}' in late.text
    assert Desk(site).post(f"/review/{page}/{now.id}", {"do": "accept", "seen": "1"}).status_code == 303
    with Corpus.open(folder) as corpus:
        assert [(one.n, one.agreed) for one in corpus.desk.agreement()] == [(1, 1), (1, 1)]


def test_coded_parts_are_chosen_from_lists_in_chinese(site: Asking, folder: Path) -> None:
    desk, (page, fact) = Desk(site), first_fact(folder, "events")
    for shown in (desk.get(f"/review/{page}/{fact}").text, desk.get(f"/review/{page}/add?kind=events").text):
        for part, code, label in (
            ("type", "agreement_sign", "签约合作"),
            ("role", "investor", "投资方"),
            ("actuality", "planned", "计划"),
        ):
            (options,) = re.findall(rf'<select name="value-{part}".*?</select>', shown, re.DOTALL)
            assert re.search(rf'<option value="{code}"[^>]*>{label}</option>', options), options
    refused = desk.post(f"/review/{page}/{fact}", {"do": "save", "part": "type", "value-type": "misspelt"})
    assert (refused.status_code, "请从列表里选" in refused.text) == (422, True)
    form = {"do": "save", "part": "type", "value-type": "award_selection"}
    assert desk.post(f"/review/{page}/{fact}", form).status_code == 303
    assert "award_selection" in {event.type for event in told(folder, page)[0].events if event.by == "review"}


def test_a_fact_that_was_missed_is_added(site: Asking, folder: Path) -> None:
    desk, page = Desk(site), page_with(folder, "𠮷野家🚀集团")
    assert "依据的原文" in desk.get(f"/review/{page}/add?kind=targets").text
    first = desk.post(
        f"/review/{page}/add",
        {"kind": "targets", "do": "more", "part": "evidence", "words": "人工智能企业已超过1200家"},
    )
    (waiting,) = re.findall(r'name="changes" value="([^"]*)"', first.text)
    form = {
        "kind": "targets",
        "do": "save",
        "changes": waiting.replace("&#34;", '"'),
        "part": "value",
        "words": "1200家",
    }
    said = desk.post(f"/review/{page}/add", form)
    assert said.status_code == 303
    assert "人工补充" in desk.get(said.headers["Location"]).text
    record, _ = told(folder, page)
    assert [one.evidence.text for one in record.targets if one.by == "review"] == ["人工智能企业已超过1200家"]
    assert desk.post(f"/review/{page}/add", {"kind": "nonsense", "do": "save"}).status_code == 422


def test_text_of_a_page_is_never_markup_on_the_desk(site: Asking, folder: Path) -> None:
    page = page_with(folder, "alert(4)")
    _, fact = first_fact(folder, page=page)
    for path in (f"/review/{page}/{fact}", f"/review/{page}/add", f"/review?page={page}&seen=all"):
        shown = Desk(site).get(path).text
        assert "alert(" in shown, path
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<iframe" not in shown


def test_two_reviewers_and_what_comes_of_it(site: Asking, folder: Path) -> None:
    page, fact, _ = wide_target(folder)
    Desk(site).post(f"/review/{page}/{fact.id}", {"do": "accept"})
    Desk(site, "admin").post(f"/review/{page}/{fact.id}", {"do": "reject", "why": "不是目标"})
    agreement = Desk(site).get("/review/agreement").text
    assert "lin-admin" in agreement
    assert "0.00" in agreement
    rules = Desk(site).get("/review/rules").text
    assert fact.by in rules
    assert "100%" in rules
    log = Desk(site).get("/review/log").text
    assert log.count("<tr data-row") == 2
    assert "不是目标" in log


@pytest.mark.parametrize("to", ["jsonl", "conll", "w3c"])
def test_labelled_data_is_a_file_that_no_browser_opens(site: Asking, folder: Path, to: str) -> None:
    page, fact, _ = wide_target(folder)
    Desk(site).post(f"/review/{page}/{fact.id}", {"do": "accept"})
    given = Desk(site).get(f"/api/reviews/export?to={to}")
    assert given.status_code == 200
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert ("EFLOPS" if to != "conll" else page) in given.text
    assert Desk(site, "reader").get(f"/api/reviews/export?to={to}").status_code == 403


def test_things_are_merged_and_that_is_undone(site: Asking, folder: Path) -> None:
    desk = Desk(site)
    with Corpus.open(folder) as corpus, corpus.books() as books:
        first, second = (thing.id for thing in _things(books, "event")[:2])
    shown = desk.get(f"/review/things?first={first}&second={second}").text
    assert shown.count('class="mentions"') == 2
    said = desk.post("/review/things", {"kind": "merge", "one": first, "other": second, "first": first, "why": MARKUP})
    assert said.status_code == 303
    after = desk.get("/review/things").text
    assert "&lt;script&gt;alert(1)" in after
    assert "<script>alert" not in after
    assert desk.post("/review/things/decisions/1/undo", {}).status_code == 303
    assert desk.post("/review/things", {"kind": "merge", "one": first, "other": ""}).status_code == 400


def _things(books: Books, kind: ThingKind) -> list[Thing]:
    return list(books.find(Asked(kind=kind, ai=False)))


def test_a_decision_that_has_to_wait_says_so(site: Asking, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_WAIT", 0.05)
    with Corpus.open(folder) as corpus, corpus.books() as books:
        first, second = (thing.id for thing in _things(books, "event")[:2])
    lock = WriterLock(folder)
    try:
        said = Desk(site).post(
            "/review/things", {"kind": "merge", "one": first, "other": second, "first": first, "second": second}
        )
    finally:
        lock.release()
    assert said.status_code == 503
    assert said.headers["Retry-After"]
    assert "另一个程序正在写入" in said.text
    assert 'value="merge"' in said.text


def test_another_site_says_nothing_for_a_reviewer(site: Asking, folder: Path) -> None:
    access = site.client.app.state.access
    add_user(access, nobody("127.0.0.1", may_read=False), "wu", "reviewer", "nine amber kites")
    form = {"name": "wu", "password": "nine amber kites"}
    home = {"Sec-Fetch-Site": "same-origin"}
    assert site.client.post("/login", data=form, headers=home, follow_redirects=False).status_code == 303
    page, fact = first_fact(folder)
    path = f"/review/{page}/{fact}"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert site.client.post(path, data={"do": "accept"}, headers=headers).status_code == 403
    with Corpus.open(folder) as corpus:
        assert not corpus.desk.all()
    assert site.client.post(path, data={"do": "accept"}, headers=home, follow_redirects=False).status_code == 303


def test_where_nothing_may_change_nothing_is_offered(made: Made, folder: Path) -> None:
    page, fact = first_fact(folder)
    settings = Settings(workspace=folder, works=False, anyone_may_read=True, read_only=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        headers = {**HTML, **made.roles["reviewer"]}
        shown = client.get(f"/review/{page}/{fact}", headers=headers)
        assert 'name="do"' not in shown.text
        assert client.post(f"/review/{page}/{fact}", data={"do": "accept"}, headers=headers).status_code == 403


def test_facts_that_nobody_weighed_are_weighed_when_asked(site: Asking, folder: Path) -> None:
    shutil.rmtree(folder / "indexes" / "queue", ignore_errors=True)
    desk = Desk(site)
    assert "开始整理" in desk.get("/review").text
    assert desk.post("/review/weigh", {}).status_code == 303
    assert "q-" in desk.get("/review").text


def test_what_is_said_is_kept_and_told_where_no_queue_is(site: Asking, folder: Path) -> None:
    page, fact, _ = wide_target(folder)
    shutil.rmtree(folder / "indexes" / "queue", ignore_errors=True)
    for asked in ("", "?at=0"):
        said = Desk(site).post(f"/review/{page}/{fact.id}{asked}", {"do": "accept"})
        assert said.status_code == 303
        assert Desk(site).get(said.headers["Location"]).status_code == 200


def test_a_fact_that_the_page_has_not_is_not_found(site: Asking, folder: Path) -> None:
    page, _ = first_fact(folder)
    assert Desk(site).get(f"/review/{page}/0123456789abcdef").status_code == 404
    assert Desk(site).post("/review/reviews/99/undo", {}).status_code == 404


def test_a_page_is_sent_and_told_of(site: Asking) -> None:
    desk, name = Desk(site), '"><script>alert(7)</script>.html'
    sent = site.client.post(
        "/jobs/files", files=[("files", (name, b"<p>x</p>"))], headers=desk.headers, follow_redirects=False
    )
    assert sent.status_code == 303
    assert desk.post("/jobs/page", {"url": MARKUP, "content": "甲"}).status_code == 303
    shown = desk.get("/jobs").text
    assert shown.count("<tr data-row") == 2
    assert "<script>alert" not in shown
    (first,) = re.findall(r'href="/jobs/([0-9a-f]{32})"', shown)[:1]
    assert desk.get(f"/jobs/{first}").status_code == 200
    assert desk.get("/jobs/none").status_code == 404
    assert desk.post("/jobs/page", {"url": "", "content": ""}).status_code == 400


def test_why_something_cannot_be_kept_is_said_in_chinese_first(site: Asking, folder: Path) -> None:
    page, fact, _ = wide_target(folder)
    refused = Desk(site).post(f"/review/{page}/{fact.id}", {"do": "save", "part": "value", "words": "𠮷林晚报"}).text
    assert "选中的文字里没有能读出的数" in refused
    assert "驳回要写理由" in Desk(site).post(f"/review/{page}/{fact.id}", {"do": "reject"}).text
