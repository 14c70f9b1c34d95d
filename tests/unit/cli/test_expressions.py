"""``mingjian times``, ``quantities`` and ``names`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.test_commands import mingjian


def test_a_text_gives_an_object_with_its_times(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("到2027年，规模比去年翻番。\n7天后上线", encoding="utf-8")
    done = mingjian("times", path, "--anchor", "2025-01-10")
    assert done.returncode == 0, done.stderr
    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert found["id"] == str(path)
    assert [(time["text"], time["value"], time["function"]) for time in found["times"]] == [
        ("到2027年", "2027", "deadline"),
        ("去年", "2024", "at"),
        ("7天后", "2025-01-17", "at"),
    ]
    assert found["times"][1]["date"]["basis"] == "relative:去年@2025-01-10"


def test_json_lines_bring_their_own_anchor() -> None:
    lines = '{"id": 7, "text": "去年", "anchor": "2020-05"}\n\n{"text": "去年"}\n'
    done = mingjian("times", "-", "--anchor", "2025", given=lines.encode())
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["times"][0]["value"]) for one in found] == [("7", "2019"), ("3", "2024")]


def test_a_profile_reads_otherwise() -> None:
    document = mingjian("times", "-", "--anchor", "2025-03-20", given="三点".encode())
    other = mingjian("times", "-", "--anchor", "2025-03-20", "--profile", "jionlp", given="三点".encode())
    assert json.loads(document.stdout)["times"] == []
    assert json.loads(other.stdout)["times"][0]["value"] == "2025-03-20T03"


def test_a_table_is_for_reading() -> None:
    done = mingjian("times", "-", "--view", "table", "--anchor", "2025-03-20", given="上季度末".encode())
    assert "上季度" in done.stdout.decode()


def test_wrong_use_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("café".encode("latin-1"))
    for arguments, given, words in (
        (["-", "--anchor", "20250-1"], b"x", "no day to count from"),
        (["-", "--profile", "none"], b"x", "name one of"),
        (["no-such-file.txt"], None, "cannot be read"),
        ([str(latin)], None, "is not UTF-8 (byte 3)"),
        (["-"], b'{"text": 3}', "-:1: is no text"),
    ):
        done = mingjian("times", *arguments, given=given)
        assert done.returncode == 2
        assert words in done.stderr.decode()
        assert len(done.stderr.splitlines()) == 1


def test_quantities_keep_every_figure() -> None:
    done = mingjian("quantities", "-", given="规模超过3000亿元，占37.5%".encode())
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["quantities"]
    assert [(one["text"], one["normal_value"], one["normal_unit"], one["comparator"]) for one in found] == [
        ("超过3000亿元", 300000000000, "CNY", ">"),
        ("37.5%", 0.375, "ratio", "="),
    ]
    table = mingjian("quantities", "-", "--view", "table", given="2—3个".encode())
    assert "2–3" in table.stdout.decode()


def test_a_quantity_says_what_it_measures_and_for_when() -> None:
    text = "到2027年，全市算力规模超过40EFLOPS；去年产值达90亿元，同比增长12%。"
    done = mingjian("quantities", "-", "--anchor", "2026-03-01", given=text.encode())
    first, second, third = json.loads(done.stdout)["quantities"]
    assert (first["metric"]["text"], first["region"]["text"], first["time"]["use"]) == ("算力规模", "全市", "deadline")
    assert first["time"]["date"]["end"] == "2027-12-31"
    assert (second["metric"]["text"], second["time"]["text"], second["time"]["value"]) == ("产值", "去年", "2025")
    assert (third["metric"]["text"], third["compared"]["text"], third["growth"]) == ("产值", "同比", "yoy")
    for words in (first, first["metric"], second["time"], third["compared"]):
        assert text[words["start"] : words["end"]] == words["text"]


def test_without_a_day_to_count_from_nothing_is_guessed() -> None:
    done = mingjian("quantities", "-", given="到2027年规模达到3万亿元，去年产值达90亿元。".encode())
    first, second = json.loads(done.stdout)["quantities"]
    assert first["time"]["value"] == "2027"
    assert second["time"] is None
    (_, last_year) = json.loads(mingjian("times", "-", given="到2027年，去年".encode()).stdout)["times"]
    assert (last_year["value"], last_year["date"]["end"]) == ("XXXX", None)
    assert last_year["date"]["basis"] == "relative:去年@unknown"


def test_a_table_of_quantities_is_for_reading() -> None:
    done = mingjian("quantities", "-", "--view", "table", given="营收3亿元".encode())
    words = done.stdout.decode()
    assert "营收" in words
    assert "300000000 CNY" in words


def test_an_anchor_that_is_no_day_is_told_with_its_line() -> None:
    lines = '{"text": "去年"}\n{"text": "去年", "anchor": "gestern"}\n'
    done = mingjian("times", "-", given=lines.encode())
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert "-:2: has an anchor that is no day ('gestern')" in done.stderr.decode()


def test_json_lines_may_begin_with_a_byte_order_mark() -> None:
    done = mingjian("times", "-", "--anchor", "2025", given=b"\xef\xbb\xbf" + '{"id": 7, "text": "去年"}'.encode())
    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (found["id"], found["times"][0]["value"]) == ("7", "2024")


def test_a_wrong_anchor_is_an_error_under_every_profile() -> None:
    done = mingjian("quantities", "-", "--anchor", "gestern", "--profile", "jionlp", given="3元".encode())
    assert done.returncode == 2
    assert "'gestern' is no day to count from" in done.stderr.decode()


def test_a_text_gives_an_object_with_its_names() -> None:
    lines = '{"id": "a", "text": "北京市科学技术委员会主任周岚表示"}\n{"id": "b", "text": "没有"}\n'
    done = mingjian("names", "-", given=lines.encode())
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(name["text"], name["label"]) for name in first["names"]] == [
        ("北京市科学技术委员会", "ORG"),
        ("周岚", "PER"),
    ]
    assert (second["id"], second["names"]) == ("b", [])
    table = mingjian("names", "-", "--view", "table", given="北京市".encode()).stdout.decode()
    assert "lexicon.regions" in table


@pytest.mark.parametrize("command", [("names", "-"), ("extract", "-"), ("verify", "-", "-")])
def test_an_engine_that_there_is_not_is_one_line(command: tuple[str, ...]) -> None:
    done = mingjian(*command[:2], *([__file__] if command[0] == "verify" else []), "--engine", "none", given=b"x")
    assert done.returncode == 2
    assert "there is no engine of this name; name one of" in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


def test_records_made_with_an_engine_are_verified_with_it(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("numpy")
    page, records = tmp_path / "page.txt", tmp_path / "records.jsonl"
    page.write_text("岚州市见闻\n2025年3月1日\n3月1日，妈妈给刘思远打了电话，大家都高兴。\n", encoding="utf-8")
    assert mingjian("extract", page, "--engine", "lac", "--out", records).returncode == 0
    assert b"engine.lac-small@" in records.read_bytes()
    assert mingjian("verify", records, page, "--engine", "lac").returncode == 0
    without = mingjian("verify", records, page)
    assert without.returncode == 1
    assert "names by the engine lac-small@" in without.stderr.decode()
