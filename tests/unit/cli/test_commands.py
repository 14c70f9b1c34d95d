"""The commands as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples" / "pages"
PROGRAM = [sys.executable, "-c", "from mingjian.cli.main import run; run()"]


def mingjian(*arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=environment)


def test_extract_prints_a_record_a_line_in_the_order_of_the_input() -> None:
    first, second = EXAMPLES / "07-not-ai.txt", EXAMPLES / "01-portal-article.txt"
    done = mingjian("extract", first, second)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(record["page"]["path"]).name for record in records] == [first.name, second.name]
    assert "text" not in records[0]["page"]


def test_with_text_puts_the_text_layer_into_the_record() -> None:
    done = mingjian("extract", EXAMPLES / "08-gb18030.html", "--with-text")
    record = json.loads(done.stdout)
    assert record["page"]["encoding"] == "gb18030"
    span = record["title"]["evidence"]
    assert record["page"]["text"][span["start"] : span["end"]] == span["text"]


def test_standard_input_is_a_page() -> None:
    done = mingjian("extract", "-", given="2025年3月1日，岚州市印发《岚州市人工智能行动计划》。".encode("gb18030"))
    assert json.loads(done.stdout)["policies"][0]["title"] == "岚州市人工智能行动计划"


def test_a_missing_path_is_listed_and_fails_the_run_but_loses_nothing() -> None:
    done = mingjian("extract", EXAMPLES / "07-not-ai.txt", "no-such-file.txt")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert b"no-such-file.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_bad_pages_are_failures_that_only_strict_turns_into_an_exit_status(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "good.txt").write_text("岚州市印发《岚州市人工智能行动计划》。", encoding="utf-8")
    done = mingjian("extract", tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert b"empty.txt" in done.stderr
    assert b"picture.html" in done.stderr
    assert mingjian("extract", tmp_path, "--strict").returncode == 1


def test_a_page_over_the_limit_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("岚州市发布消息。" * 9000, encoding="utf-8")
    done = mingjian("extract", tmp_path, "--max-megabytes", "0.1")
    assert b"--max-megabytes" in done.stderr


def test_a_bad_rule_file_names_file_line_and_mend(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "event.odd"\npattern = "印发("\nnote = "odd"\nexample = [{text="印发", match="印发"}]\n'
    (tmp_path / "events.toml").write_text(rule + 'counter_example = ["发"]\n', encoding="utf-8")
    done = mingjian("extract", EXAMPLES / "07-not-ai.txt", "--rules", tmp_path)
    assert done.returncode == 2
    assert b"events.toml:2" in done.stderr
    assert b"Traceback" not in done.stderr


def test_out_is_whole_or_absent(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    assert mingjian("extract", EXAMPLES, "--out", out).returncode == 0
    assert len(out.read_bytes().splitlines()) == 14
    assert list(tmp_path.iterdir()) == [out]


def test_verify_accepts_what_extract_gave_and_refuses_a_changed_value(tmp_path: Path) -> None:
    page, records = EXAMPLES / "09-policy-text.txt", tmp_path / "records.jsonl"
    mingjian("extract", page, "--out", records)
    assert mingjian("verify", records, page).returncode == 0
    raw = json.loads(records.read_text(encoding="utf-8"))
    raw["targets"][0]["value"] = 41
    records.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    refused = mingjian("verify", records, page)
    assert refused.returncode == 1
    assert b"targets" in refused.stderr


@pytest.mark.parametrize("content", [b"not json", b"{}", b'{"schema": 3}', b"\xff\xfe"])
def test_verify_says_what_is_no_record(tmp_path: Path, content: bytes) -> None:
    records = tmp_path / "records.jsonl"
    records.write_bytes(content)
    done = mingjian("verify", records, EXAMPLES / "07-not-ai.txt")
    assert done.returncode == 1
    assert b"not a record" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_card_and_the_html_view_show_the_record(tmp_path: Path) -> None:
    card = mingjian("extract", EXAMPLES / "01-portal-article.txt", "--view", "card").stdout.decode()
    assert all(label in card for label in ("标题", "来源", "时间", "总结", "关键词", "AI技术", "行业", "重大事件摘要"))
    done = mingjian("extract", EXAMPLES, "--view", "html", "--out", tmp_path / "pages")
    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert len(written) == 15
    assert "index.html" in written


def test_html_needs_a_folder() -> None:
    done = mingjian("extract", EXAMPLES / "07-not-ai.txt", "--view", "html")
    assert done.returncode == 2
    assert b"--out" in done.stderr


def test_rules_are_listed_shown_and_checked() -> None:
    listed = mingjian("rules").stdout.decode().splitlines()
    assert len(listed) > 100
    shown = mingjian("rules", listed[0].split("\t")[0]).stdout.decode()
    assert "pattern" in shown
    assert mingjian("rules", "no.such-rule").returncode == 2


def test_the_schema_is_json() -> None:
    assert json.loads(mingjian("schema").stdout)["$ref"] == "#/$defs/Record"
