"""A folder of rules of one's own: which files are read, in which encodings, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.laws.pages import page_of

import mingjian
from mingjian.core.rulebook import bundled_files, bundled_rulebook
from mingjian.errors import EvidenceError, RuleError
from mingjian.overlay import all_files, load_rulebook

ROWS = "id\tname\taliases\tsource\nown-1\t鹿鸣机器人\t鹿鸣\town\n"
ADDED = "technology_companies.add.tsv"


def write(folder: Path, content: bytes, name: str = ADDED) -> Path:
    (folder / "lexicons").mkdir(exist_ok=True)
    (folder / "lexicons" / name).write_bytes(content)
    return folder


def error_of(folder: Path) -> RuleError:
    with pytest.raises(RuleError) as caught:
        load_rulebook(folder)
    return caught.value


def test_without_a_folder_the_rules_are_the_bundled_ones() -> None:
    assert load_rulebook() is bundled_rulebook()
    assert all_files(None) == bundled_files()


def test_a_page_is_read_and_verified_with_the_users_lexicon(tmp_path: Path) -> None:
    book = mingjian.load_rulebook(str(write(tmp_path, ROWS.encode())))
    page = page_of("鹿鸣机器人今日发布新一代产品。鹿鸣表示，订单充足。")
    record = mingjian.extract(page, book)
    assert [one.canonical for one in record.organisations] == ["鹿鸣机器人"]
    assert record.id != mingjian.extract(page).id
    mingjian.verify(record, page, book)
    with pytest.raises(EvidenceError, match="another version"):
        mingjian.verify(record, page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_spreadsheets_give_the_same_rules(
    tmp_path: Path, encoding: str, ending: str
) -> None:
    files = all_files(write(tmp_path, ROWS.replace("\n", ending).encode(encoding)))
    assert files[f"lexicons/{ADDED}"] == ROWS


def test_gbk_is_recognised_and_the_mend_told(tmp_path: Path) -> None:
    error = error_of(write(tmp_path, ROWS.encode("gbk")))
    assert "not UTF-8" in error.problem
    assert "looks like GBK" in error.problem
    assert "Unicode text" in error.mend


@pytest.mark.parametrize("name", ["firms.csv", "firms.xlsx", "firms.XLS", "firms.txt"])
def test_sheets_of_other_kinds_are_refused_with_the_mend(tmp_path: Path, name: str) -> None:
    error = error_of(write(write(tmp_path, ROWS.encode()), b"PK", name))
    assert error.file.endswith(name)
    assert "mingjian lexicon add" in error.mend


@pytest.mark.parametrize("name", [".~lock.firms.tsv", "~$firms.tsv", "._firms.tsv", "readme.md"])
def test_what_editors_leave_beside_a_file_is_passed_over(tmp_path: Path, name: str) -> None:
    files = all_files(write(write(tmp_path, ROWS.encode()), b"\xff\x00", name))
    assert files.keys() - bundled_files().keys() == {f"lexicons/{ADDED}"}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("my_firms.tsv", "nothing reads a lexicon"),
        ("technology_companies.adds.tsv", "nothing reads a lexicon"),
        ("technology_firms.add.tsv", "there is no lexicon"),
    ],
)
def test_a_file_that_nothing_reads_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    assert problem in str(error_of(write(tmp_path, ROWS.encode(), name)))


def test_the_comment_that_says_what_a_list_is_like_stands_above_its_header(tmp_path: Path) -> None:
    like = "# like: technology_companies\n"
    assert "nothing reads" in str(error_of(write(tmp_path, (ROWS + like).encode(), "my_firms.tsv")))
    book = load_rulebook(write(tmp_path, ("# ours\n\n" + like + ROWS).encode(), "my_firms.tsv"))
    assert len(book.lexicon("my_firms").entries) == 1


def test_a_lexicon_that_the_users_own_settings_name_is_read(tmp_path: Path) -> None:
    write(tmp_path, ROWS.encode(), "my_firms.tsv")
    scanning = bundled_files()["scanning.toml"].replace('"associations",', '"associations", "my_firms",')
    (tmp_path / "scanning.toml").write_text(scanning, encoding="utf-8")
    assert "my_firms" in load_rulebook(tmp_path).lexicons


def test_a_whole_file_still_stands_in_place_of_the_bundled_one_and_is_added_to(tmp_path: Path) -> None:
    head = "id\tname\taliases\tsource\tcountry\tfield\tstock_code\n"
    write(tmp_path, (head + "only\t青禾智算\t\town\t\t\t\n").encode(), "technology_companies.tsv")
    book = load_rulebook(write(tmp_path, ROWS.encode()))
    assert [entry.id for entry in book.lexicon("technology_companies").entries] == ["only", "own-1"]


def test_no_folder_and_an_empty_one_are_told(tmp_path: Path) -> None:
    assert "no such folder" in str(error_of(tmp_path / "none"))
    assert "holds no rule file" in str(error_of(tmp_path))
