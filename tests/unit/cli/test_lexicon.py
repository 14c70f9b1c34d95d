"""The ``lexicon`` commands as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.unit.cli.test_commands import EXAMPLES, mingjian

FIRMS = "technology_companies"
PAGE = "鹿鸣机器人股份有限公司今日发布新品。鹿鸣表示，订单充足，发展很快。\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    done = mingjian("lexicon", "add", FIRMS, "--name", "鹿鸣机器人股份有限公司", "--alias", "鹿鸣", "--into", folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_lexicons_are_listed_with_rows_families_and_date() -> None:
    lines = [line.split("\t") for line in mingjian("lexicon", "list").stdout.decode().splitlines()]
    by_name = {line[0]: line for line in lines}
    assert len(by_name) > 20
    assert by_name[FIRMS][2:4] == ["names", "bundled"]
    assert by_name["gbt4754"][2] == "not searched"


def test_the_licences_of_all_lexicons_are_printed() -> None:
    printed = mingjian("lexicon", "list", "--licences").stdout.decode()
    assert "no status stated" not in printed
    assert "Apache-2.0" in printed
    rows = [json.loads(line) for line in mingjian("lexicon", "list", "--view", "json").stdout.splitlines()]
    assert all(row["status"] and row["sources"] and row["as_of"] for row in rows)


def test_a_changed_lexicon_has_another_version(rules: Path) -> None:
    def listed(*given: str | Path) -> dict[str, dict[str, object]]:
        lines = mingjian("lexicon", "list", "--view", "json", *given).stdout.splitlines()
        return {row["name"]: row for row in map(json.loads, lines)}

    before, after = listed(), listed("--rules", rules)
    changed = {name for name in before if before[name]["version"] != after[name]["version"]}
    assert changed == {FIRMS}
    assert after[FIRMS]["own"] is True


def test_find_shows_the_row_and_what_the_scanner_does(rules: Path) -> None:
    done = mingjian("lexicon", "find", "鹿鳴", "--rules", rules)
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "[alias]" in shown
    assert "found as technology_companies:own-" in shown
    missing = mingjian("lexicon", "find", "鹿鸣青禾")
    assert missing.returncode == 1
    assert "no row has this term" in missing.stdout.decode()


def test_find_gives_json() -> None:
    told = json.loads(mingjian("lexicon", "find", "制造", "--view", "json", "--most", "2").stdout)
    assert told["verdicts"]["industries"]["kind"] == "weak"
    assert len(told["rows"]) == 2 < told["count"]


def test_what_is_added_is_extracted_and_verified(rules: Path, page: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    assert mingjian("extract", page, "--rules", rules, "--out", records).returncode == 0
    (organisation,) = json.loads(records.read_text(encoding="utf-8"))["organisations"]
    assert len(organisation["mentions"]) == 2
    assert mingjian("verify", records, page, "--rules", rules).returncode == 0
    assert mingjian("verify", records, page).returncode == 1


def test_a_double_is_refused_in_one_line(rules: Path) -> None:
    before = {path: path.read_bytes() for path in rules.rglob("*") if path.is_file()}
    done = mingjian("lexicon", "add", FIRMS, "--name", "青禾智算", "--alias", "鹿鸣", "--into", rules)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert "鹿鸣机器人股份有限公司" in done.stderr.decode()
    assert {path: path.read_bytes() for path in rules.rglob("*") if path.is_file()} == before


def test_a_field_needs_a_column_and_a_value(tmp_path: Path) -> None:
    done = mingjian("lexicon", "add", FIRMS, "--name", "青禾智算", "--field", "CN", "--into", tmp_path)
    assert done.returncode == 2
    assert b"COLUMN=VALUE" in done.stderr


def test_words_that_are_no_unicode_are_refused(tmp_path: Path) -> None:
    done = mingjian("lexicon", "add", FIRMS, "--name", "\udcff鸣", "--into", tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"Traceback" not in mingjian("lexicon", "find", "\udcff").stderr


def test_test_prints_by_page_what_the_lexicon_changes(rules: Path, page: Path) -> None:
    done = mingjian("lexicon", "test", page, EXAMPLES / "07-not-ai.txt", "--rules", rules)
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "1 of 2 pages change" in shown
    assert re.search(r"^  ~ organisations +鹿鸣机器人股份有限公司", shown, re.MULTILINE)
    assert "鹿鸣  1 times on 1 of 2 pages" in shown
    assert mingjian("lexicon", "test", page, "--rules", rules, "--exit-code").returncode == 1


def test_test_compares_two_folders_and_gives_json(rules: Path, page: Path) -> None:
    same = mingjian("lexicon", "test", page, "--rules", rules, "--against", str(rules), "--view", "json", "--exit-code")
    assert same.returncode == 0
    (summary,) = map(json.loads, same.stdout.splitlines())
    assert (summary["pages"], summary["changed"]) == (1, 0)
    lines = mingjian("lexicon", "test", page, "--rules", rules, "--view", "json").stdout.splitlines()
    changed, summary = map(json.loads, lines)
    assert {one["field"] for one in changed["differences"]} >= {"organisations"}
    assert summary["names"][0]["pages"] == 1


def test_an_ordinary_word_is_pointed_at(tmp_path: Path) -> None:
    rules, pages = tmp_path / "rules", tmp_path / "pages.jsonl"
    done = mingjian("lexicon", "add", FIRMS, "--name", "鹿鸣机器人", "--alias", "发展", "--into", rules)
    assert "ordinary word" in done.stderr.decode()
    lines = [json.dumps({"id": str(n), "text": f"岚州市第{n}次会议研究产业发展。"}) for n in range(12)]
    pages.write_text("\n".join(lines), encoding="utf-8")
    shown = mingjian("lexicon", "test", pages, "--rules", rules).stdout.decode()
    assert "发展  12 times on 12 of 12 pages  ← is it an ordinary word?" in shown


def test_a_page_that_fails_is_listed_and_the_rest_compared(rules: Path, page: Path) -> None:
    done = mingjian("lexicon", "test", page, "no-such-page.txt", "--rules", rules)
    assert done.returncode == 1
    assert b"no-such-page.txt" in done.stderr
    assert "1 of 1 pages change" in done.stdout.decode()


def test_what_is_retired_is_no_more_found(tmp_path: Path) -> None:
    done = mingjian("lexicon", "retire", "华为", "--into", tmp_path, "--reason", "too often goods")
    assert "the name 华为 of technology_companies:huawei" in done.stdout.decode()
    assert "[retired]" in mingjian("lexicon", "find", "华为", "--rules", tmp_path).stdout.decode()
    unclear = mingjian("lexicon", "retire", "智能制造", "--into", tmp_path)
    assert unclear.returncode == 2
    assert b"--lexicon" in unclear.stderr


def test_rules_check_tells_what_may_not_be_meant(rules: Path) -> None:
    added = mingjian("lexicon", "add", FIRMS, "--name", "青禾智算", "--alias", "腾讯", "--take", "--into", rules)
    assert added.returncode == 0
    done = mingjian("rules", "check", "--rules", rules)
    assert done.returncode == 0
    assert "technology_companies:tencent" in done.stderr.decode()
