"""``mingjian review`` and ``rules test --against-reviews``, as a user types them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.corpus.pages import STORY, story_pages, text_of, web_page
from tests.unit.corpus.test_desk import URL, add, figure, page_at
from typer.testing import CliRunner, Result

from mingjian.cli.main import app
from mingjian.corpus import Corpus

Run = Callable[..., Result]
Find = Callable[[str], tuple[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "workspace"
    add(place, [web_page(URL, text_of(STORY)), *story_pages()[3:]])
    return place


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    folder = shutil.copytree(made, tmp_path / "w")

    def invoke(*words: str) -> Result:
        return CliRunner(env={"MINGJIAN_WORKSPACE": str(folder)}).invoke(app, list(words))

    return invoke


@pytest.fixture
def fact_of(made: Path) -> Find:
    """The ids of a page and of its fact over some words."""

    def find(words: str) -> tuple[str, str]:
        with Corpus.open(made) as corpus:
            return page_at(corpus), figure(corpus, words).id

    return find


def test_what_is_said_is_listed_told_and_taken_back(run: Run, fact_of: Find) -> None:
    page, fact = fact_of("6300万元")
    done = run("review", "correct", page[:12], fact[:8], "--words", "metric=安排资金", "--who", "甲", "--why", "样例")
    assert done.exit_code == 0, done.output
    assert "1  correct metric" in done.stdout and "甲" in done.stdout and "样例" in done.stdout
    assert "(corrected: review 1)" in run("review", "show", page).stdout
    assert "安排资金" in run("show", page).stdout
    assert 'by":"review"' in run("show", page, "--view", "record").stdout
    assert run("review", "undo", "1", "--who", "乙").exit_code == 0
    assert "undone by 乙" in run("review", "list").stdout
    assert "corrected" not in run("review", "show", page).stdout.split("1  correct")[0]


def test_a_fact_that_people_changed_is_explained_by_its_old_and_its_new_id(run: Run, fact_of: Find) -> None:
    page, fact = fact_of("6300万元")
    run("review", "correct", page, fact, "--words", "metric=安排资金", "--who", "甲", "--why", "样例")
    record = json.loads(run("show", page, "--view", "record").stdout)
    (now,) = (one for one in record["statistics"] + record["targets"] if one["by"] == "review")
    for name in (fact, now["id"]):
        shown = run("explain", name)
        assert shown.exit_code == 0, shown.output
        for told in ("人工复核", "甲 更正", "理由：样例", "安排资金"):
            assert told in shown.stdout, told
        (review,) = json.loads(run("explain", name, "--json").stdout)["reviews"]
        assert (review["who"], review["verb"], review["rule"] != "") == ("甲", "correct", True)
        assert [(part["name"], part["now"], part["words"][0]["text"]) for part in review["changed"]] == [
            ("metric", "安排资金", "安排资金")
        ]
    assert run("review", "undo", "1", "--who", "乙").exit_code == 0
    assert "已由 乙 于" in run("explain", fact).stdout


def test_use_that_is_wrong_is_told_in_a_line(run: Run, fact_of: Find) -> None:
    page, fact = fact_of("6300万元")
    for words, told in (
        (("accept", page, "zz"), "is the id of no fact"),
        (("accept", "zzzz", fact), "no page has an id"),
        (("correct", page, fact), "nothing is changed"),
        (("correct", page, fact, "--words", "metric"), "names no part and its words"),
        (("correct", page, fact, "--words", "metric=没有的词"), "do not stand on the page"),
        (("correct", page, fact, "--words", "value=澜山市"), "stand on the page more than once"),
        (("correct", page, fact, "--words", "value=资金"), "hold no number"),
        (("correct", page, fact, "--give", "comparator=many"), "cannot be"),
        (("correct", page, fact, "--words", "metric=0-999999"), "nothing stands between"),
        (("reject", page, fact, "--why", ""), "say why"),
        (("undo", "7"), "is the number of no review"),
        (("add", page, "nothing", "--words", "evidence=资金"), "is no kind of facts"),
    ):
        done = run("review", *words)
        assert (done.exit_code, done.output.count("\n")) == (2, 1), (words, done.output)
        assert told in done.output
    assert run("review", "list").stdout == ""


def test_two_people_agree_and_rules_are_held_against_them(run: Run, fact_of: Find, tmp_path: Path) -> None:
    (page, first), (_, second) = fact_of("6300万元"), fact_of("150万元")
    assert "no two reviewers" in run("review", "agreement").stdout
    assert "nobody judged any fact" in run("rules", "test", "--against-reviews").stdout
    for who in ("甲", "乙"):
        run("review", "accept", page, first, "--who", who)
        run("review", "reject", page, second, "--who", who, "--why", "样例")
    assert "2 of 2 alike  kappa 1.00" in run("review", "agreement").stdout
    told = run("rules", "test", "--against-reviews").stdout
    assert "1 of 2 claims are made as people have them; 1 otherwise" in told
    assert [
        json.loads(line)["kind"] for line in run("rules", "test", "--against-reviews", "--json").stdout.splitlines()
    ]
    assert run("rules", "test").exit_code == 2
    for form, sign in (("jsonl", '"verdict":"accept"'), ("conll", "B-"), ("w3c", "TextQuoteSelector")):
        to = tmp_path / f"out.{form}"
        assert run("review", "export", "--format", form, "--to", str(to)).exit_code == 0
        assert sign in to.read_text(encoding="utf-8")
        assert run("review", "export", "--format", form).stdout == to.read_text(encoding="utf-8")
    inside = run("review", "export", "--to", str(tmp_path / "w" / "out.jsonl"))
    assert inside.exit_code == 2 and "within the workspace" in inside.output


def test_status_counts_what_people_said_and_what_waits_for_them(run: Run, fact_of: Find) -> None:
    fresh = json.loads(run("status", "--json").stdout)["desk"]
    assert (fresh["reviews"], fresh["reviewers"], fresh["needs"]) == (0, 0, 0)
    page, fact = fact_of("150万元")
    assert fact in run("review", "queue", "--limit", "50").stdout
    before = json.loads(run("status", "--json").stdout)["desk"]["waiting"]
    for verb, who in (("accept", "甲"), ("accept", "乙")):
        assert run("review", verb, page, fact, "--who", who).exit_code == 0
    run("review", "undo", "1", "--who", "甲")
    assert run("needs", "save", "找算力", "--who", "甲").exit_code == 0
    desk = json.loads(run("status", "--json").stdout)["desk"]
    assert desk == {"reviews": 2, "undone": 1, "reviewers": 2, "waiting": before - 1, "needs": 1}
    assert f"reviews: 2 by 2 people, 1 taken back; {before - 1} facts wait" in run("status").stdout


def test_the_queue_says_why(run: Run) -> None:
    done = run("review", "queue", "--limit", "2")
    assert "缺要素 parts-missing" in done.stdout and "facts are worth a look" in done.stdout
    assert run("review", "queue", "--region", "无此地").exit_code == 2
    assert "0 facts are worth a look" in run("review", "queue", "--kind", "reports").stdout
