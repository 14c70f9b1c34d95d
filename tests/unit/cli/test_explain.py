"""``mingjian explain`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.test_commands import EXAMPLES, mingjian

PAGE = EXAMPLES / "09-policy-text.txt"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("records") / "records.jsonl"
    assert mingjian("extract", PAGE, EXAMPLES / "01-portal-article.txt", "--with-text", "--out", out).returncode == 0
    return out


def target_of(records: Path) -> dict[str, object]:
    record = json.loads(records.read_text(encoding="utf-8").splitlines()[0])
    target: dict[str, object] = record["targets"][0]
    return target


def fact_of(records: Path) -> str:
    return str(target_of(records)["id"])


def test_a_fact_is_explained_by_the_beginning_of_its_id(records: Path) -> None:
    target = target_of(records)
    done = mingjian("explain", str(target["id"])[:12], records)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert str(target["id"]) in shown
    assert str(target["by"]) in shown
    assert "⟦" in shown
    assert all(label in shown for label in ("组成", "规则", "缺项"))


def test_json_is_for_programs_and_a_folder_holds_records(records: Path) -> None:
    target = target_of(records)
    done = mingjian("explain", str(target["id"]), records.parent, "--json")
    told = json.loads(done.stdout)
    assert told["id"] == target["id"]
    assert told["kind"] == "targets"
    assert told["same_rules"] is True
    piped = mingjian("explain", str(target["id"]), "-", "--json", given=records.read_bytes())
    assert json.loads(piped.stdout) == told


def test_records_without_text_need_their_page(tmp_path: Path, records: Path) -> None:
    bare = tmp_path / "bare.jsonl"
    mingjian("extract", PAGE, "--out", bare)
    fact = str(target_of(bare)["id"])
    refused = mingjian("explain", fact, bare)
    assert refused.returncode == 2
    assert b"--with-text" in refused.stderr
    assert b"--pages" in refused.stderr
    done = mingjian("explain", fact, bare, "--pages", EXAMPLES / "07-not-ai.txt", "--pages", PAGE)
    assert done.returncode == 0, done.stderr.decode()
    wrong = mingjian("explain", fact, bare, "--pages", EXAMPLES / "07-not-ai.txt")
    assert wrong.returncode == 2
    assert b"is not among the pages given" in wrong.stderr
    moved = tmp_path / "page.txt"
    moved.write_bytes(PAGE.read_bytes())
    mingjian("extract", moved, "--out", tmp_path / "moved.jsonl")
    moved.write_text("岚州市发布消息。", encoding="utf-8")
    changed = mingjian("explain", fact_of(tmp_path / "moved.jsonl"), tmp_path / "moved.jsonl", "--pages", moved)
    assert changed.returncode == 2
    assert b"text_sha256" in changed.stderr
    lost = mingjian("explain", fact, bare, "--pages", "no-such-page.txt")
    assert b"no-such-page.txt" in lost.stderr


def test_a_text_of_another_hash_is_refused(tmp_path: Path, records: Path) -> None:
    line = json.loads(records.read_text(encoding="utf-8").splitlines()[0])
    line["page"]["text"] += "。"
    changed = tmp_path / "changed.jsonl"
    changed.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    done = mingjian("explain", line["targets"][0]["id"], changed)
    assert done.returncode == 2
    assert b"text_sha256" in done.stderr


def test_ids_that_name_none_or_several_are_told(records: Path) -> None:
    target = str(target_of(records)["id"])
    several = mingjian("explain", "0", records)
    assert several.returncode == 2
    assert b"give more of the one" in several.stderr
    near = mingjian("explain", target[:-1] + "x", records)
    assert near.returncode == 2
    assert target in near.stderr.decode()
    assert mingjian("explain", "", records).returncode == 2
    alone = mingjian("explain", records)
    assert alone.returncode == 2
    assert b"is no id of a fact" in alone.stderr


def test_a_line_cut_off_and_a_record_of_another_schema_are_told(tmp_path: Path, records: Path) -> None:
    fact, lines = fact_of(records), records.read_bytes()
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(lines[:400])
    assert b"cut.jsonl:1: the line is cut off" in mingjian("explain", fact, cut).stderr
    later = tmp_path / "later.jsonl"
    later.write_bytes(lines.replace(b"mingjian/record/1", b"mingjian/record/9"))
    done = mingjian("explain", fact, later)
    assert done.returncode == 2
    assert b"it says 'mingjian/record/9'" in done.stderr


def test_what_is_no_source_of_records_is_told(tmp_path: Path) -> None:
    for arguments in ([], ["no-such-file.jsonl"], [tmp_path]):
        done = mingjian("explain", "abc", *arguments)
        assert done.returncode == 2
        assert b"mingjian extract" in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_line_that_is_no_record_loses_no_other(tmp_path: Path, records: Path) -> None:
    fact = str(target_of(records)["id"])
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(f'{{"id":"{fact}"}}\nnot json\n'.encode() + records.read_bytes())
    done = mingjian("explain", fact, mixed)
    assert done.returncode == 0
    assert b"mixed.jsonl:1" in done.stderr
