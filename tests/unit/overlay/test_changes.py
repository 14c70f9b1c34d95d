"""Rows added and retired in a user's folder: what is written, what is refused, and that nothing is half-written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mingjian.errors import RuleError
from mingjian.overlay import changes, load_rulebook
from mingjian.overlay.changes import NewRow, Retirement, add_row, retire

FIRMS = "technology_companies"


def add(folder: Path, **given: object) -> changes.Change:
    return add_row(folder, NewRow(**{"lexicon": FIRMS, **given}))  # type: ignore[arg-type]


def text_of(folder: Path, name: str = f"{FIRMS}.add.tsv") -> str:
    return (folder / "lexicons" / name).read_text(encoding="utf-8")


def test_a_row_is_added_to_a_new_folder_and_found_in_the_rules(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "rules"
    change = add(folder, name="鹿鸣机器人", aliases=("鹿鸣",), fields={"country": "CN"}, source="site")
    assert text_of(folder) == (
        "# source: site = added by its user.\nid\tname\taliases\tsource\tcountry\n"
        f"{change.entry.id}\t鹿鸣机器人\t鹿鸣\tsite\tCN\n"
    )
    book = load_rulebook(folder)
    assert change.version == book.version
    assert change.entry.surfaces in [entry.surfaces for entry in book.lexicon(FIRMS).entries]


def test_ids_are_made_of_the_name_and_stay_the_same(tmp_path: Path) -> None:
    first = add(tmp_path / "a", name="鹿鸣机器人").entry.id
    assert first == add(tmp_path / "b", name="鹿鸣机器人").entry.id
    assert first.startswith("own-")
    assert add(tmp_path / "a", name="Lumo Robotics").entry.id == "own-lumo-robotics"


def test_names_are_added_to_a_known_row_in_one_line_and_columns_grow(tmp_path: Path) -> None:
    add(tmp_path, id="huawei", aliases=("华为坤灵",))
    add(tmp_path, name="鹿鸣机器人", fields={"country": "CN"})
    change = add(tmp_path, id="huawei", aliases=("华为新牌",), fields={"note": "2025"})
    assert change.entry.surfaces[-2:] == ("华为坤灵", "华为新牌")
    lines = text_of(tmp_path).splitlines()
    assert lines[1] == "id\tname\taliases\tsource\tcountry\tnote"
    assert lines[2] == "huawei\t\t华为坤灵|华为新牌\town\t\t2025"
    assert lines[3].endswith("\town\tCN\t")


def test_comments_and_lines_of_the_user_stay(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    file = tmp_path / "lexicons" / f"{FIRMS}.add.tsv"
    file.write_text("# mine\nid\tname\taliases\tsource\n# robots\nr1\t青禾智算\t\town", encoding="utf-8")
    add(tmp_path, id="r2", name="鹿鸣机器人")
    assert text_of(tmp_path).splitlines() == [
        "# mine",
        "id\tname\taliases\tsource",
        "# robots",
        "r1\t青禾智算\t\town",
        "r2\t鹿鸣机器人\t\town",
    ]


def test_a_list_of_ones_own_is_begun_and_added_to(tmp_path: Path) -> None:
    add_row(tmp_path, NewRow(lexicon="my_firms", like=FIRMS, name="鹿鸣机器人"))
    change = add_row(tmp_path, NewRow(lexicon="my_firms", name="青禾智算"))
    assert text_of(tmp_path, "my_firms.tsv").startswith(f"# like: {FIRMS}\n")
    assert change.entry.by == "lexicon.my_firms"
    assert len(load_rulebook(tmp_path).lexicon("my_firms").entries) == 2


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "neither an id nor a name"),
        ({"name": "华为"}, "give --id huawei"),
        ({"name": "鹿鸣机器人", "aliases": ("腾讯",)}, "--take"),
        ({"name": "鹿鸣机器人", "aliases": ("人民网",)}, "media:people-cn"),
        ({"id": "huawei", "aliases": ("华为公司",)}, "says all of this already"),
        ({"id": "no-such", "aliases": ("鹿鸣",)}, "needs a name"),
        ({"id": "#1", "name": "鹿鸣"}, "is no id"),
        ({"name": "鹿"}, "one character"),
        ({"name": "鹿鸣\t青禾"}, "a tab or a line break"),
        ({"name": "鹿鸣\ud800"}, "U+D800"),
        ({"name": "鹿鸣\u202e"}, "U+202E"),
        ({"name": '"鹿鸣"'}, "in quotes"),
        ({"name": "鹿鸣", "lexicon": "firms"}, "no such lexicon"),
        ({"name": "鹿鸣", "lexicon": "../firms", "like": FIRMS}, "no such lexicon"),
        ({"name": "鹿鸣", "lexicon": "media", "like": FIRMS}, "a bundled lexicon has this name"),
        ({"name": "鹿鸣局", "lexicon": "state_bodies"}, "has no type"),
    ],
)
def test_what_would_not_be_sound_is_refused_and_nothing_written(
    tmp_path: Path, given: dict[str, object], problem: str
) -> None:
    with pytest.raises(RuleError) as caught:
        add(tmp_path, **given)
    assert problem in str(caught.value)
    assert list(tmp_path.rglob("*.tsv")) == []


def test_a_name_can_be_taken_over(tmp_path: Path) -> None:
    change = add(tmp_path, name="鹿鸣机器人", aliases=("腾讯",), take=True)
    assert [notice.kind for notice in change.notices] == ["taken"]


def test_an_ordinary_word_is_written_and_noted(tmp_path: Path) -> None:
    assert [notice.kind for notice in add(tmp_path, name="鹿鸣机器人", aliases=("发展",)).notices] == ["common"]


def test_a_name_is_retired_alone_and_an_id_with_its_row(tmp_path: Path) -> None:
    name = retire(tmp_path, Retirement(term="华为公司", reason="too wide", since="2026-01-01"))
    assert (name.entry.id, name.alias) == ("huawei", "华为公司")
    assert retire(tmp_path, Retirement(term="huawei-cloud", lexicon=FIRMS)).alias == ""
    assert retire(tmp_path, Retirement(term="腾讯", whole=True)).alias == ""
    assert text_of(tmp_path, f"{FIRMS}.retire.tsv").splitlines() == [
        "id\talias\tsince\treason",
        "huawei\t华为公司\t2026-01-01\ttoo wide",
        "huawei-cloud\t\t\t",
        "tencent\t\t\t",
    ]
    ids = {entry.id for entry in load_rulebook(tmp_path).lexicon(FIRMS).entries}
    assert not ids & {"huawei-cloud", "tencent"}


def test_rows_of_ones_own_are_retired_in_their_own_list(tmp_path: Path) -> None:
    add_row(tmp_path, NewRow(lexicon="my_firms", like=FIRMS, name="鹿鸣机器人", aliases=("鹿鸣",)))
    assert retire(tmp_path, Retirement(term="鹿鸣")).file.name == "my_firms.retire.tsv"
    (entry,) = load_rulebook(tmp_path).lexicon("my_firms").entries
    assert entry.surfaces == ("鹿鸣机器人",)


def test_a_row_that_is_retired_is_not_added_to_in_silence(tmp_path: Path) -> None:
    retire(tmp_path, Retirement(term=f"{FIRMS}:huawei"))
    with pytest.raises(RuleError, match="is retired"):
        add(tmp_path, id="huawei", aliases=("华为坤灵",))


@pytest.mark.parametrize(
    ("going", "problem"),
    [
        (Retirement(term="鹿鸣机器人"), "lexicon find"),
        (Retirement(term="chatgpt", lexicon="media"), "no row of media"),
        (Retirement(term="智能制造"), "several rows"),
    ],
)
def test_what_is_not_clear_is_not_retired(tmp_path: Path, going: Retirement, problem: str) -> None:
    with pytest.raises(RuleError, match=problem):
        retire(tmp_path, going)
    assert list(tmp_path.rglob("*.tsv")) == []


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mingjian.overlay.changes import NewRow, add_row\n"
        "for number in range(4):\n"
        "    add_row(Path(sys.argv[1]), NewRow(lexicon='media', name=f'鹿鸣{sys.argv[2]}{number}报'))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), sign]) for sign in "甲乙丙"]
    assert [process.wait() for process in running] == [0, 0, 0]
    names = {line.split("\t")[1] for line in text_of(tmp_path, "media.add.tsv").splitlines()[2:]}
    assert names == {f"鹿鸣{sign}{number}报" for sign in "甲乙丙" for number in range(4)}
    assert sorted(path.name for path in (tmp_path / "lexicons").iterdir()) == ["media.add.tsv"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RuleError, match="cannot be written"):
        add(tmp_path / "file", name="鹿鸣机器人")


def test_a_name_that_is_retired_is_not_added_in_silence(tmp_path: Path) -> None:
    add(tmp_path, name="鹿鸣机器人", aliases=("鹿鸣智造",), id="deer")
    retire(tmp_path, Retirement(term="鹿鸣智造"))
    before = text_of(tmp_path)
    with pytest.raises(RuleError, match="鹿鸣智造 of the row deer is retired"):
        add(tmp_path, id="deer", aliases=("鹿鸣|鹿鸣智造",))
    assert text_of(tmp_path) == before
