"""The lexicon tables are well formed and carry a few facts that must not drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjian.core.rulebook import bundled_rulebook

FOLDER = Path(__file__).parents[3] / "src" / "mingjian" / "rules" / "lexicons"
FILES = sorted(path.name for path in FOLDER.glob("*.tsv"))
SURNAMES = {"surnames.tsv", "japanese_surnames.tsv"}
LOOK_UP_ONLY = {"units.tsv", "unit_names.tsv", "event_types.tsv", "gbt4754.tsv", *SURNAMES}
BY_CHARACTER = {
    "surname_words.tsv",
    "follower_words.tsv",
    "plain_words.tsv",
    "name_characters.tsv",
}  # a row a character
WORDS_OF_FRAMES = {"time_words.tsv", "quantity_words.tsv"}  # one surface may be of several kinds: the frame decides
OF_NAMES = [name for name in FILES if name not in LOOK_UP_ONLY | WORDS_OF_FRAMES | BY_CHARACTER]
REQUIRED = {"id", "name", "aliases", "source"}


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Return the rows of one table as cells by column name."""
    lines = (FOLDER / file_name).read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    header, *rows = table
    return [dict(zip(header, row, strict=True)) for row in rows]


def surfaces(file_name: str) -> dict[str, str]:
    """Return every surface of one table with the id it stands for."""
    found: dict[str, str] = {}
    for row in read_rows(file_name):
        for surface in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[surface] = row["id"]
    return found


@pytest.mark.parametrize("file_name", FILES)
def test_table_is_well_formed(file_name: str) -> None:
    """Every row has the required cells and an id of its own."""
    rows = read_rows(file_name)
    assert rows
    assert set(rows[0]) >= REQUIRED
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert all(identifier.isascii() and identifier for identifier in ids)
    assert all(row["name"] and row["source"] for row in rows)
    assert all(cell == cell.strip() for row in rows for cell in row.values())


@pytest.mark.parametrize("file_name", FILES)
def test_header_comment_names_each_source(file_name: str) -> None:
    """A reader learns from the file itself where its rows come from."""
    text = (FOLDER / file_name).read_text(encoding="utf-8")
    comments = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    assert all(f"{row['source']} = " in comments for row in read_rows(file_name))
    assert "as of 20" in comments.lower()


@pytest.mark.parametrize("file_name", OF_NAMES)
def test_surface_belongs_to_one_row(file_name: str) -> None:
    """One surface of a table tells one id, and is longer than one character."""
    seen: dict[str, str] = {}
    for row in read_rows(file_name):
        for surface in (row["name"], *filter(None, row["aliases"].split("|"))):
            assert len(surface) > 1, surface
            assert surface not in seen, surface
            seen[surface] = row["id"]


@pytest.mark.parametrize("file_name", sorted(WORDS_OF_FRAMES))
def test_word_says_one_thing_in_one_place(file_name: str) -> None:
    """Frames choose between the kinds of a word, but not between two rows of one kind at one place."""
    seen: dict[tuple[str, ...], str] = {}
    for row in read_rows(file_name):
        for surface in (row["name"], *filter(None, row["aliases"].split("|"))):
            for place in row["place"] or "?":
                key = (surface, row["kind"], place, row["only"])
                assert key not in seen, (key, seen[key])
                seen[key] = row["id"]


@pytest.mark.parametrize(
    ("file_name", "surface", "identifier"),
    [
        ("technologies.tsv", "无人驾驶", "autonomous_driving"),
        ("technologies.tsv", "“人工智能+”", "ai_plus"),
        ("state_bodies.tsv", "国资委", "sasac"),
        ("state_bodies.tsv", "国常会", "executive-meeting"),
        ("state_bodies.tsv", "美国国务院", "us-state"),
        ("regions.tsv", "吉林", "220000"),
        ("regions.tsv", "海南", "460000"),
        ("regions.tsv", "济源示范区", "419001"),
        ("countries.tsv", "中国", "156"),
        ("listed_companies.tsv", "国联证券", "601456"),
        ("technology_companies.tsv", "科大讯飞", "iflytek"),
        ("universities.tsv", "智源研究院", "baai"),
    ],
)
def test_surface_stands_for(file_name: str, surface: str, identifier: str) -> None:
    """Well-known names lead to the right row."""
    assert surfaces(file_name)[surface] == identifier


@pytest.mark.parametrize(
    ("file_name", "word"),
    [
        ("listed_companies.tsv", "机器人"),
        ("listed_companies.tsv", "太阳能"),
        ("listed_companies.tsv", "中国软件"),
        ("regions.tsv", "朝阳"),
        ("regions.tsv", "来宾"),
        ("regions.tsv", "和平区"),
        ("countries.tsv", "我国"),
        ("technology_companies.tsv", "苹果"),
        ("industries.tsv", "安全"),
        ("media.tsv", "求是"),
    ],
)
def test_ordinary_word_is_no_surface(file_name: str, word: str) -> None:
    """Words that news mostly uses in another meaning stay out."""
    assert word not in surfaces(file_name)


def test_standard_table_is_complete() -> None:
    """GB/T 4754-2017 has 20 sections, 97 divisions, 473 groups and 1,380 classes."""
    levels = [row["level"] for row in read_rows("gbt4754.tsv")]
    counts = {level: levels.count(level) for level in set(levels)}
    assert counts == {"section": 20, "division": 97, "group": 473, "class": 1380}


def test_industry_sections_exist_in_the_standard() -> None:
    """Every section letter of an industry is one of the standard's."""
    letters = {row["id"] for row in read_rows("gbt4754.tsv") if row["level"] == "section"}
    for row in read_rows("industries.tsv"):
        given = set(filter(None, row["gbt4754"].split(",")))
        assert given <= letters
        assert given or row["optional"] == "yes"


def test_weak_surfaces_belong_to_their_row() -> None:
    """A surface marked as weak is a surface of the same row."""
    for file_name in ("technologies.tsv", "industries.tsv"):
        for row in read_rows(file_name):
            own = {row["name"], *row["aliases"].split("|")}
            assert set(filter(None, row["weak"].split("|"))) <= own


def test_bare_surfaces_are_plain_words_of_their_row() -> None:
    """A surface that needs a version or a head noun is a surface of the same row; 九天 and 盘古 are such."""
    rows = {row["id"]: row for row in read_rows("products.tsv")}
    for row in rows.values():
        assert set(filter(None, row["bare"].split("|"))) <= {row["name"], *row["aliases"].split("|")}
    assert "九天" in rows["jiutian"]["bare"].split("|")
    assert "盘古" in rows["pangu"]["bare"].split("|")


def test_divisions_and_emerging_industries_exist() -> None:
    """Every division of an industry lies in its sections, and every emerging industry is one of the classification."""
    divisions = {row["id"] for row in read_rows("gbt4754.tsv") if row["level"] == "division"}
    emerging = {row["id"] for row in read_rows("emerging_industries.tsv")}
    for row in read_rows("industries.tsv"):
        assert not row["division"] or (row["division"] in divisions and row["division"][0] in row["gbt4754"])
        assert not row["emerging"] or row["emerging"] in emerging


def test_scenarios_belong_to_sections_of_the_standard() -> None:
    """Every scenario of the vocabulary has the letter of a section."""
    letters = {row["id"] for row in read_rows("gbt4754.tsv") if row["level"] == "section"}
    assert {row["section"] for row in read_rows("scenarios.tsv")} <= letters


@pytest.mark.parametrize(
    "file_name",
    ["technologies.tsv", "industries.tsv", "gbt4754.tsv", "emerging_industries.tsv", "products.tsv", "scenarios.tsv"],
)
def test_a_taxonomy_has_a_version(file_name: str) -> None:
    """Every taxonomy states its version."""
    assert bundled_rulebook().lexicon(file_name.removesuffix(".tsv")).version


def test_unit_names_belong_to_units() -> None:
    """Every name of another system is that of a unit of ours, and names given in full say how many of theirs one is."""
    units = {row["id"]: row for row in read_rows("units.tsv")}
    for row in read_rows("unit_names.tsv"):
        unit = units[row["unit"]]
        assert row["recognizers"] or row["duckling"]
        assert bool(row["duckling"]) == bool(row["duckling_dimension"]) == bool(row["duckling_factor"])
        assert row["scope"] in {"unit", "surface"}
        if row["scope"] == "surface":
            own = "|".join(unit[column] for column in ("name", "aliases", "before", "joined"))
            assert {row["name"], *filter(None, row["aliases"].split("|"))} <= {*own.split("|"), "￥"}


def test_units_of_one_currency_are_worth_one() -> None:
    """A currency's own row counts single units; its parts are rows of their own."""
    codes = {row["normal"] for row in read_rows("units.tsv") if row["measure"] == "money" and row["factor"] == "1"}
    assert len(codes) > 150
    assert {"CNY", "USD", "SEK", "NGN", "XOF", "XXX"} <= codes


def test_successors_and_groups_are_rows_themselves() -> None:
    """What a row points to stands in the tables: the successor of a body, the group of a firm."""
    bodies = {row["id"] for row in read_rows("state_bodies.tsv")}
    assert {row["successor"] for row in read_rows("state_bodies.tsv")} - {""} <= bodies
    firms = ("central_enterprises.tsv", "technology_companies.tsv")
    names = {row["name"] for file_name in firms for row in read_rows(file_name)}
    assert {row["parent"] for file_name in firms for row in read_rows(file_name)} - {""} <= names


def test_dates_of_bodies_are_in_order() -> None:
    """A body is announced before it stands, and stands before it is no more."""
    for row in read_rows("state_bodies.tsv"):
        dates = [row[column] for column in ("named_from", "valid_from", "valid_to") if row[column]]
        assert dates == sorted(dates), row["id"]


def test_places_lead_to_places_of_today() -> None:
    """A former place names one of today as its successor; the codes of a shared name are codes of today."""
    today = {row["id"] for row in read_rows("regions.tsv")}
    shared = {code for row in read_rows("shared_place_names.tsv") for code in row["codes"].split("|")}
    assert all(len(code) == 6 and code.isdigit() for code in shared)
    assert {row["successor"] for row in read_rows("former_regions.tsv")} <= today | shared
    assert all(row["needs"] in {"", "page", "before", "list"} for row in read_rows("shared_place_names.tsv"))
