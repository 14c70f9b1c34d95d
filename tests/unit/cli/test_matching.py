"""Needs as a user matches and keeps them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from mingjian.cli.main import app

EXAMPLES = Path(__file__).parents[3] / "examples" / "pages"
NEED = "澜山市纺织企业想用机器视觉做布匹瑕疵检测，需要2000P算力和补贴"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("matching") / "w"
    done = CliRunner().invoke(app, ["add", str(EXAMPLES), "-w", str(place)])
    assert done.exit_code == 0, done.output
    return place


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner(env={"MINGJIAN_WORKSPACE": str(folder), "COLUMNS": "120", "USER": "王"}).invoke(
            app, list(words)
        )

    return invoke


def test_hits_are_printed_with_their_reasons_and_gaps(run: Run) -> None:
    done = run("match", NEED)
    assert done.exit_code == 0, done.output
    assert "需求读作：技术 计算机视觉；行业 纺织；所需 算力" in done.stdout
    assert "「机器视觉」↔「机器视觉」" in done.stdout
    assert "缺口" not in run("match", NEED, "--kinds", "measures").stdout.split("所需 算力")[0]


def test_passages_are_told_apart_from_hits(run: Run, tmp_path: Path) -> None:
    need = "为汽车零部件企业寻找智能算力和质量检测大模型"
    (passage,) = json.loads(run("match", need, "--json").stdout)["passages"]
    printed = run("match", need).stdout
    heading = printed.index("没有抽取成条目，不是事实")
    assert printed.index("【只是相近】") > printed.index(f"「{passage['words']['text']}」") > heading
    assert run("match", need, "--to", str(tmp_path / "p.csv")).exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text("utf-8-sig"))))
    (row,) = [row for row in rows if row["sentence"]]
    assert (row["id"], row["sentence"], row["ledger"]) == (
        passage["id"],
        passage["words"]["text"],
        "原文语句（不是事实）",
    )
    assert {one["weak"] for one in rows if int(one["rank"]) > int(row["rank"])} == {"true"}


def test_json_holds_everything(run: Run) -> None:
    found = json.loads(run("match", NEED, "--json", "--limit", "3").stdout)
    assert len(found["hits"]) == 3
    assert found["hits"][0]["score"] >= found["hits"][1]["score"]
    assert {reason["kind"] for hit in found["hits"] for reason in hit["reasons"]} >= {"technology", "asked"}


def test_files_have_the_words_beside_each_value(run: Run, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv", "a.jsonl"):
        assert run("match", NEED, "--to", str(tmp_path / name)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert any("计算机视觉" in row["technology"] for row in rows)
    told = json.loads(run("match", NEED, "--json").stdout)["hits"]
    assert [row["weak"] for row in rows] == ["true" if hit["weak"] else "false" for hit in told]
    assert {row["weak"] for row in rows} == {"true", "false"}
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "机器视觉" in {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    heads, *lines_of_book = book.worksheets[0].iter_rows(values_only=True)
    assert [line[heads.index("只是相近")] == "是" for line in lines_of_book] == [hit["weak"] for hit in told]
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["thing"] for line in lines] == [row["id"] for row in rows]


def test_a_need_is_kept_shown_and_told_of(run: Run) -> None:
    assert "no needs are kept" in run("needs").stdout
    need = run("needs", "save", NEED).stdout.split()[0]
    assert "新出现" in run("needs", "show", need, "--keep-new").stdout
    assert "新出现" in run("needs", "show", need).stdout
    shown = run("needs", "show", need).stdout
    assert "新出现" not in shown
    assert "此前已有" in shown
    hit = json.loads(run("match", "--need", need, "--json").stdout)["hits"][0]["thing"]
    assert run("needs", "state", need, "--hit", hit, "--state", "agreed", "--contact", "李").exit_code == 0
    assert "已达成意向" in run("needs", "show", need).stdout
    assert run("needs", "state", need, "--state", "closed").exit_code == 0
    assert need not in run("needs").stdout
    assert need in run("needs", "--closed").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("match",),
        ("match", "的"),
        ("match", NEED, "--scenario", "abcd"),
        ("match", "--scenario", "ffffffff"),
        ("match", NEED, "--kinds", "people"),
        ("match", NEED, "--to", "x.doc"),
        ("needs", "show", "ffffffff"),
        ("needs", "save", "的"),
        ("needs", "state", "ffffffff"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
