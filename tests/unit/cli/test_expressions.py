"""``mingjian times`` and ``mingjian quantities`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

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
