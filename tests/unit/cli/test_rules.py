"""The ``rules`` commands as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.test_commands import EXAMPLES, mingjian

from mingjian.core.rulebook import bundled_files

HELD = "event.meeting.took-place"
PAGE = "全市算力建设推进会3月5日在岚州召开。市工业和信息化局和岚州大学参加碰头会。\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    own = (
        '\n[[rule]]\nid = "event.meeting.met"\ntype = "meeting"\npattern = "(?P<trigger>参加碰头会)"\n'
        'note = "Somebody met."\nexample = [{ text = "双方参加碰头会", match = "参加碰头会" }]\n'
        'counter_example = ["碰头会"]\n'
    )
    (folder / "events.toml").write_text(bundled_files()["events.toml"] + own, encoding="utf-8")
    return folder


def test_rules_are_listed_by_family_and_for_programs() -> None:
    lines = mingjian("rules", "list", "--family", "events").stdout.decode().splitlines()
    assert {line.split("\t")[2] for line in lines} == {"events"}
    rows = [json.loads(line) for line in mingjian("rules", "list", "--json").stdout.splitlines()]
    assert {row["kind"] for row in rows} == {"rule", "cue", "frame", "method"}
    assert len(rows) > len(lines)
    wrong = mingjian("rules", "list", "--family", "event")
    assert wrong.returncode == 2
    assert b"events" in wrong.stderr


def test_a_rule_is_shown_with_all_that_is_known_of_it(page: Path) -> None:
    shown = mingjian("rules", "show", HELD, page).stdout.decode()
    for word in ("pattern", "field", "asked", "trigger", "finds", "silent", "1 on 1 of 1 pages", "1 events"):
        assert word in shown
    told = json.loads(mingjian("rules", "show", HELD, page, "--json").stdout)
    assert told["use"] == {"pages": 1, "pages_with_matches": 1, "matches": 1, "made": {"events": 1}}
    assert "召开" in told["triggers"]


@pytest.mark.parametrize(
    ("rule_id", "word"), [("event.planned", "a cue"), ("time.point", "form"), ("figure.target", "no single pattern")]
)
def test_cues_frames_and_methods_are_shown(rule_id: str, word: str) -> None:
    assert word in mingjian("rules", "show", rule_id).stdout.decode()


def test_an_unknown_id_is_told_the_nearest() -> None:
    for command in (["show", "event.meeting.hold"], ["test", "event.meeting.hold", EXAMPLES]):
        done = mingjian("rules", *command)
        assert done.returncode == 2
        assert b"event.meeting.held" in done.stderr
    assert b"lexicon find" in mingjian("rules", "show", "lexicon.media").stderr
    assert b"no pattern" in mingjian("rules", "test", "figure.target", EXAMPLES).stderr


def test_check_holds_rules_to_their_examples(mine: Path) -> None:
    assert b"rules hold" in mingjian("rules", "check", "--rules", mine).stdout
    events = mine / "events.toml"
    events.write_text(
        events.read_text(encoding="utf-8").replace('match = "参加碰头会"', 'match = "会"'), encoding="utf-8"
    )
    done = mingjian("rules", "check", "--rules", mine)
    assert done.returncode == 2
    assert b"events.toml:" in done.stderr


def test_a_rule_is_tried_by_leaving_it_out(page: Path) -> None:
    done = mingjian("rules", "test", HELD, page, EXAMPLES / "07-not-ai.txt")
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "before: without event.meeting.took-place; after: the bundled rules" in shown
    assert "⟦推进会3月5日在岚州召开⟧" in shown
    assert "1 match on 1 of 2 pages" in shown
    assert "  + events" in shown
    turned = mingjian("rules", "test", HELD, page, "--without", "--exit-code")
    assert turned.returncode == 1
    assert "  - events" in turned.stdout.decode()


def test_another_pattern_shows_what_it_finds_more_and_less(page: Path) -> None:
    lines = mingjian("rules", "test", HELD, page, "--pattern", "参加(?P<trigger>碰头)会", "--json").stdout.splitlines()
    changed, summary = map(json.loads, lines)
    assert [(one["sign"], one["text"]) for one in changed["matches"]] == [
        ("-", "推进会3月5日在岚州召开"),
        ("+", "参加碰头会"),
    ]
    assert {one["kind"] for one in changed["differences"]} >= {"disappears"}
    assert (summary["matches"], summary["pages"], summary["changed"]) == (1, 1, 1)
    for wrong in ("碰头(", ".*碰头"):
        done = mingjian("rules", "test", HELD, page, "--pattern", wrong)
        assert done.returncode == 2
        assert b"the pattern for event.meeting.took-place" in done.stderr
    assert mingjian("rules", "test", HELD, page, "--pattern", "碰头", "--without").returncode == 2
    empty = mingjian("rules", "test", HELD, page, "--pattern", "")
    assert (empty.returncode, b"the pattern is empty" in empty.stderr) == (2, True)


def test_a_folder_is_compared_with_the_bundled_rules(page: Path, mine: Path) -> None:
    done = mingjian("rules", "test", "event.meeting.met", page, "--rules", mine, "--json")
    changed, summary = map(json.loads, done.stdout.splitlines())
    assert [one["text"] for one in changed["matches"]] == ["参加碰头会"]
    assert summary["before"] == "the bundled rules"
    same = mingjian("rules", "test", HELD, page, "--rules", mine)
    assert "  = " in same.stdout.decode()
    without = mingjian("rules", "test", "event.meeting.met", page, "--rules", mine, "--without")
    assert without.returncode == 0


def test_a_cue_is_tried_too(page: Path) -> None:
    shown = mingjian("rules", "test", "event.done", page).stdout.decode()
    assert "it is a cue" in shown


def test_a_frame_on_which_others_stand_cannot_be_left_out(page: Path) -> None:
    done = mingjian("rules", "test", "time.clock", page)
    assert done.returncode == 2
    assert b"cannot do without it" in done.stderr
    assert b"--pattern" in done.stderr


def test_a_page_that_fails_loses_no_other(page: Path) -> None:
    done = mingjian("rules", "test", HELD, "no-such-page.txt", page)
    assert done.returncode == 1
    assert b"no-such-page.txt" in done.stderr
    assert "1 match on 1 of 1 pages" in done.stdout.decode()
