"""Ledgers as a user asks for them."""

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
from mingjian.corpus import Corpus, Question

PAGE = """标题：河南省智能算力规模将超过2000PFLOPS
来源：岚讯网
时间：2024-03-10

3月9日，河南省人民政府印发《河南省算力提升方案》。方案提出，到2026年，河南省智能算力规模超过2000PFLOPS，人工智能产业规模超过300亿元。
"""
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ledgers")
    (place / "page.txt").write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(app, ["add", str(place / "page.txt"), "-w", str(place / "w")])
    assert done.exit_code == 0, done.output
    return place / "w"


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner(env={"MINGJIAN_WORKSPACE": str(folder), "COLUMNS": "120"}).invoke(app, list(words))

    return invoke


def test_all_ledgers_are_listed_with_their_rows(run: Run) -> None:
    counts = {line.split()[0]: line.split()[-1] for line in run("ledger").stdout.splitlines()[2:]}
    assert int(counts["targets"]) >= 2
    assert counts["policies"] == "1"


def test_a_table_says_as_of_when_it_is_read_and_what_it_leaves_out(run: Run) -> None:
    done = run("ledger", "targets", "--as-of", "2025", "--limit", "1")
    head, *_ = done.stdout.splitlines()
    assert "as known on 2025-12-31; 1 are shown" in head
    assert "未到期" in done.stdout
    assert "not shown (--columns)" in done.stdout
    assert max(map(len, done.stdout.splitlines()[1:5])) <= 120


def test_filters_sort_and_columns(run: Run) -> None:
    rows = [json.loads(line) for line in run("ledger", "targets", "--region", "河南", "--json").stdout.splitlines()]
    assert len(rows) >= 2
    assert run("ledger", "targets", "--region", "广东", "--json").stdout == ""
    done = run("ledger", "targets", "--sort", "-value", "--columns", "value", "--format", "csv")
    (_, *values) = csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert [float(value) for (value,) in values] == sorted((float(value) for (value,) in values), reverse=True)


def test_evidence_shows_the_words(run: Run) -> None:
    done = run("ledger", "policies", "--evidence")
    assert "「河南省算力提升方案」（岚讯网 2024-03-10）" in done.stdout
    assert "（缺：" in done.stdout


def test_a_status_that_no_row_has_is_answered_with_those_that_rows_have(run: Run) -> None:
    done = run("ledger", "targets", "--status", "finished")
    assert done.exit_code == 0
    assert "no row has that status; " in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("target",), "did you mean targets"),
        (("targets", "--columns", "valu"), "did you mean value"),
        (("targets", "--sort", "nothing"), "is no column"),
        (("targets", "--region", "朝阳区"), "220104 (吉林省长春市朝阳区)"),
        (("targets", "--since", "soon"), "is no day"),
        (("targets", "--since", "2026", "--until", "2025"), "ends before 2026 begins"),
        (("targets", "--to", "x.csv", "--format", "jsonl"), "leave out --format"),
        (("targets", "--to", "x.csv", "--json"), "leave out --format"),
        (("--to", "x.csv"), "is for the rows of a ledger"),
        (("--json",), "is for the rows of a ledger"),
        (("targets", "--to", "."), "without an ending"),
        (("targets", "--to", "x.ods"), ".xlsx"),
        (("policies", "--tree", "nothing"), "holds nothing called"),
    ],
)
def test_what_cannot_be_answered_is_one_line(run: Run, words: tuple[str, ...], told: str) -> None:
    done = run("ledger", *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("compare", "河南", "--metric", " "), "is no metric"),
        (("graph", "neighbours", "河南省算力提升方案", "--as-of", "13"), "is no day"),
        (("graph", "path", "河南省算力提升方案", "河南省算力提升方案", "--as-of", "2025-13-40"), "is no day"),
        (("graph", "neighbours", "河南省算力提升方案", "--kind", "polices"), "is no kind of thing"),
    ],
)
def test_what_means_nothing_is_refused_and_not_passed_over(run: Run, words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_graph_as_of_a_year_is_that_of_its_last_day(run: Run) -> None:
    asked = ("graph", "neighbours", "河南省算力提升方案", "--json", "--as-of")
    assert run(*asked, "2024").stdout == run(*asked, "2024-12-31").stdout != run(*asked, "2023").stdout


def test_a_place_that_is_a_folder_is_refused_with_the_option_that_named_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    done = run("ledger", "targets", "--to", str(tmp_path / "x.csv"))
    assert done.exit_code == 2
    assert "name a file in it with --to" in done.stderr


def test_no_graph_is_written_into_the_workspace(run: Run, folder: Path, tmp_path: Path) -> None:
    before = sorted(folder.iterdir())
    for place in (str(folder), str(folder / "csv"), "-"):
        done = run("graph", "export", "--to", place)
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before
    assert run("graph", "export", "--to", str(tmp_path / "csv")).exit_code == 0


def test_a_file_is_written_whole_and_again_the_same(run: Run, tmp_path: Path) -> None:
    for ending in (".xlsx", ".csv", ".jsonl", ".parquet"):
        places = [tmp_path / f"{name}{ending}" for name in ("one", "two")]
        for place in places:
            done = run("ledger", "targets", "--as-of", "2025", "--to", str(place))
            assert done.exit_code == 0, done.output
        assert places[0].read_bytes() == places[1].read_bytes()
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert {"目标台账", "证据", "说明"} <= set(book.sheetnames)
    assert not list(tmp_path.glob(".*"))


def test_the_tree_of_a_document_names_it(run: Run) -> None:
    (row,) = run("ledger", "policies", "--json").stdout.splitlines()
    done = run("ledger", "policies", "--tree", json.loads(row)["id"])
    assert done.stdout.startswith(json.loads(row)["id"][:12])


def test_regions_are_compared_and_who_has_no_target_is_named(run: Run, tmp_path: Path) -> None:
    done = run("compare", "河南", "广东", "--metric", "智能算力规模", "--as-of", "2025")
    assert done.exit_code == 0, done.output
    assert "智能算力规模 (EFLOPS), read as on 2025-12-31" in done.stdout
    assert "without a target: 广东省" in done.stdout
    place = tmp_path / "compared.xlsx"
    assert run("compare", "河南", "广东", "--metric", "智能算力规模", "--to", str(place)).exit_code == 0
    sheet = openpyxl.load_workbook(place)["地区对照"]
    values = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (values["地区"], values["数值"], values["单位"]) == ("河南省", 2, "EFLOPS")


def test_python_gets_the_rows(folder: Path) -> None:
    with Corpus.open(folder) as corpus:
        rows = list(corpus.ledger("targets", Question(regions=("河南",))))
    assert len(rows) >= 2
    assert {row.facets.regions for row in rows} == {("410000",)}


def test_where_no_row_answers_what_there_is_is_told(run: Run) -> None:
    assert "no row answers; there are" in run("ledger", "targets", "--region", "广東").stdout
    assert "no row answers; there are" in run("ledger", "targets", "--as-of", "１９９９年").stdout
    assert "no row has that status" in run("ledger", "targets", "--status", "nonsense").stdout
    assert "nothing was told" in run("brief", "--since", "2001", "--until", "2002").stderr


def test_a_workspace_without_pages_says_so(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    where = ("-w", str(tmp_path / "w"))
    CliRunner().invoke(app, ["add", str(tmp_path / "none"), *where])
    asked = (["ledger"], ["ledger", "targets"], ["brief"], ["graph", "export"], ["link"])
    for words in (*asked, ["compare", "广东", "--metric", "算力"]):
        done = CliRunner().invoke(app, [*words, *where])
        assert done.exit_code == 0, done.output
        assert "holds no pages; add some with `mingjian add`" in done.stderr


@pytest.mark.parametrize(
    "words",
    [("ledger", "targets", "--to", "x.csv"), ("brief", "--to", "x.md"), ("graph", "export", "--to", "x.html"),
     ("compare", "河南", "--metric", "算力", "--to", "x.csv")],
)  # fmt: skip
def test_nothing_is_written_into_the_workspace(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    done = run(*words[:-1], str(folder / "indexes" / words[-1]))
    assert done.exit_code == 2
    assert "within the workspace" in done.stderr
    assert not (folder / "indexes" / words[-1]).exists()


def test_explain_takes_the_name_of_a_thing(run: Run) -> None:
    done = run("explain", "河南省人民政府")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == run("link", "show", "河南省人民政府").stdout
    assert "holds nothing called" in run("explain", "火星公司").stderr
