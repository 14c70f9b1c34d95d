"""The commands as a user runs them."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples" / "pages"
SAMPLES = len(list((Path(__file__).parents[2] / "golden" / "records").glob("*.json")))
PROGRAM = [sys.executable, "-c", "from mingjian_start import run; run()"]


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
    assert len(out.read_bytes().splitlines()) == SAMPLES
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
    assert len(written) == SAMPLES + 1
    assert "index.html" in written


def test_html_needs_a_folder() -> None:
    done = mingjian("extract", EXAMPLES / "07-not-ai.txt", "--view", "html")
    assert done.returncode == 2
    assert b"--out" in done.stderr


def test_rules_are_listed_shown_and_checked() -> None:
    listed = mingjian("rules", "list").stdout.decode().splitlines()
    assert len(listed) > 100
    shown = mingjian("rules", "show", listed[0].split("\t")[0]).stdout.decode()
    assert "pattern" in shown
    assert mingjian("rules", "show", "no.such-rule").returncode == 2


def test_the_schema_is_json() -> None:
    assert json.loads(mingjian("schema").stdout)["$ref"] == "#/$defs/Record"


@pytest.mark.parametrize("arguments", [["page.txt"], ["."], ["page.txt", "--view", "html"]])
def test_out_never_replaces_a_page_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text("岚州市发布消息。", encoding="utf-8")
    refused = mingjian("extract", *arguments, "--out", "page.txt")
    assert refused.returncode == 2
    assert b"page.txt" in refused.stderr
    assert page.read_text(encoding="utf-8") == "岚州市发布消息。"
    assert list(tmp_path.iterdir()) == [page]


def test_out_inside_a_folder_that_is_read_is_refused_where_it_would_be_read(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("岚州市发布消息。", encoding="utf-8")
    assert mingjian("extract", tmp_path, "--out", tmp_path / "records.jsonl").returncode == 2
    assert mingjian("extract", tmp_path, "--view", "html", "--out", tmp_path / "out").returncode == 2
    assert mingjian("extract", tmp_path, "--out", tmp_path / "records.json").returncode == 0


def test_what_is_no_regular_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe, page = tmp_path / "pipe", EXAMPLES / "07-not-ai.txt"
    os.mkfifo(pipe)
    with subprocess.Popen([*PROGRAM, "extract", str(page), "--out", str(pipe)]) as running:
        content = pipe.read_bytes()
        assert running.wait() == 0
    assert len(content.splitlines()) == 1
    assert pipe.is_fifo()


def test_out_through_a_link_writes_the_file_behind_it(tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to("target.jsonl")
    assert mingjian("extract", EXAMPLES / "07-not-ai.txt", "--out", link).returncode == 0
    assert link.is_symlink()
    assert len((tmp_path / "target.jsonl").read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["--out", "folder"], ["--view", "html", "--out", "file"], ["--out", "file/below.jsonl"]]
)
def test_a_place_that_cannot_be_written_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"kept")
    done = mingjian("extract", EXAMPLES / "07-not-ai.txt", *arguments)
    assert done.returncode == 2
    assert b"--out" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_the_old_file_survives_whatever_ends_the_program(tmp_path: Path, sign: signal.Signals) -> None:
    out, page = tmp_path / "records.jsonl", tmp_path / "page"
    out.write_bytes(b"old")
    os.mkfifo(page)
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell may have it ignored
    program = [*PROGRAM[:-1], heard + PROGRAM[-1]]
    command = [*program, "extract", str(EXAMPLES / "07-not-ai.txt"), str(page), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as running, page.open("wb") as held:
        held.write(b"half")
        held.flush()
        time.sleep(0.3)
        running.send_signal(sign)
        assert running.wait() == (130 if sign == signal.SIGINT else -signal.SIGKILL)
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()
    assert out.read_bytes() == b"old"


@pytest.mark.parametrize("arguments", [["extract", str(EXAMPLES)], ["rules", "list"], ["schema"]])
def test_a_reader_that_leaves_early_is_no_failure(arguments: list[str]) -> None:
    with subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["-", "-"],
        [""],
        ["-", "--max-megabytes", "nan"],
        ["-", "--max-megabytes", "-1"],
        ["-", "--max-megabytes", "inf"],
    ],
)
def test_wrong_use_is_one_line_and_status_2(arguments: list[str]) -> None:
    done = mingjian("extract", *arguments, given="岚州市发布消息。".encode())
    assert done.returncode == 2
    assert done.stderr.startswith(b"mingjian: ")
    assert done.stderr.count(b"\n") == 1


def test_closed_streams_are_told(tmp_path: Path) -> None:
    for redirection in ("<&-", ">&-"):
        command = f"{shlex.join([*PROGRAM, 'extract', '-'])} {redirection}"
        done = subprocess.run(["sh", "-c", command], input=b"a", capture_output=True, check=False, cwd=tmp_path)
        assert done.returncode == 2
        assert b"is closed" in done.stderr


def test_no_locale_is_needed() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment.pop("PYTHONIOENCODING", None)
    for arguments in (
        ["extract", str(EXAMPLES), "--view", "card"],
        ["rules", "list"],
        ["rules", "show", "times.no"],
        ["extract", "缺.txt"],
    ):
        done = subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False, env=environment)
        assert b"Traceback" not in done.stderr
        assert done.stdout.decode() or done.stderr


def test_names_of_pages_command_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\nb.txt").write_bytes(b"")
    done = mingjian("extract", tmp_path)
    assert b"\x1b" not in done.stderr
    assert done.stderr.count(b"\n") == 2


def test_pages_of_one_name_and_content_are_both_written(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("岚州市印发《岚州市人工智能行动计划》。", encoding="utf-8")
    out = tmp_path / "out"
    assert mingjian("extract", tmp_path / "one", tmp_path / "two", "--view", "html", "--out", out).returncode == 0
    assert len(list(out.iterdir())) == 3
    assert sum("two/a.txt" in path.read_text(encoding="utf-8") for path in out.iterdir()) == 2


def test_verify_lists_pages_that_it_cannot_read(tmp_path: Path) -> None:
    page, records = EXAMPLES / "07-not-ai.txt", tmp_path / "records.jsonl"
    mingjian("extract", page, "--out", records)
    done = mingjian("verify", records, page, "no-such-file.txt")
    assert done.returncode == 1
    assert b"no-such-file.txt" in done.stderr


def test_verify_tells_apart_pages_of_the_same_bytes(tmp_path: Path) -> None:
    text = "岚州市印发《岚州市人工智能行动计划》。"
    lines = [json.dumps({"id": name, "url": f"http://{name}.example/", "text": text}) for name in ("a", "b")]
    crawl, records = tmp_path / "crawl.jsonl", tmp_path / "records.jsonl"
    crawl.write_text("\n".join(lines), encoding="utf-8")
    mingjian("extract", crawl, "--out", records)
    done = mingjian("verify", records, crawl)
    assert done.returncode == 0, done.stderr


def test_verify_refuses_members_that_no_record_has(tmp_path: Path) -> None:
    page, records = EXAMPLES / "07-not-ai.txt", tmp_path / "records.jsonl"
    mingjian("extract", page, "--out", records)
    line = records.read_bytes()
    for changed, named in (
        (line.replace(b'{"schema"', b'{"grants":[3],"schema"', 1), b"grants"),
        (line.replace(b'"language":', b'"language":"en","language":', 1), b"language"),
        (line.replace(b'"n_chars":', b'"text":"x","n_chars":', 1), b"page.text"),
    ):
        records.write_bytes(changed)
        refused = mingjian("verify", records, page)
        assert refused.returncode == 1
        assert named in refused.stderr


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("events.toml", b"x = [", b"not TOML"),
        ("events.toml", b"\xff", b"not UTF-8"),
        ("events.toml", b"", b"is missing"),
        ("products.tsv", b"id\tname\taliases\n", b"lexicons/products.tsv"),
        ("lexicons/products.tsv", b"junk\n", b"column"),
        ("readme.md", b"", b"no rule file"),
    ],
)
def test_rule_files_that_nothing_can_be_made_of_are_named(
    tmp_path: Path, file: str, content: bytes, named: bytes
) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / file).write_bytes(content)
    done = mingjian("rules", "list", "--rules", tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert b"Traceback" not in done.stderr


_INTERRUPTED = """
import os, signal, sys
from importlib.abc import MetaPathFinder

class Interrupts(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == sys.argv[-1]:
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
sys.meta_path.insert(0, Interrupts())
from mingjian_start import run
run()
"""


@pytest.mark.parametrize("module", ["mingjian", "msgspec", "mingjian.core.clean.article", "mingjian.cli.main"])
def test_an_interrupt_while_modules_are_loaded_is_one_line(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", _INTERRUPTED, "version", module], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode() == "mingjian: interrupted; nothing half-written is left\n"
