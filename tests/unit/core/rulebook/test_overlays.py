"""Users' lexicons over the bundled ones: what is added, retired, claimed, refused and noted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.pages import page_of

from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import Entry, Rulebook, bundled_files, load_lexicons, load_rulebook, version_of
from mingjian.core.rulebook.overlays import Layers, part_of_lexicon
from mingjian.errors import RuleError

HEAD = "id\tname\taliases\tsource\n"
RETIRED = "id\talias\tsince\treason\n"
FIRMS = "lexicons/technology_companies.add.tsv"
OWN = "lexicons/my_firms.tsv"
GONE = "lexicons/technology_companies.retire.tsv"
LIKE = "# like: technology_companies\n"


def layers(own: Mapping[str, str]) -> Layers:
    return load_lexicons({**bundled_files(), **own})


def row(own: Mapping[str, str], key: str, lexicon: str = "technology_companies") -> Entry | None:
    return next((entry for entry in layers(own).lexicons[lexicon].entries if entry.id == key), None)


def error_of(own: Mapping[str, str]) -> RuleError:
    with pytest.raises(RuleError) as caught:
        layers(own)
    return caught.value


def book(own: Mapping[str, str]) -> Rulebook:
    return load_rulebook({**bundled_files(), **own})


def test_a_new_id_is_a_new_row_with_every_column_of_its_lexicon() -> None:
    added = row({FIRMS: HEAD + "own-1\t鹿鸣机器人\t鹿鸣|鹿鸣公司\town\n"}, "own-1")
    assert added is not None
    assert added.surfaces == ("鹿鸣机器人", "鹿鸣", "鹿鸣公司")
    assert added.fields == {"source": "own", "country": "", "field": "", "stock_code": "", "parent": ""}
    assert added.by == "lexicon.technology_companies"


def test_a_known_id_gets_more_aliases_and_the_cells_that_are_filled() -> None:
    text = "id\tname\taliases\tsource\tfield\tnote\nhuawei\t\t华为坤灵|华为公司\town\t\tnew brand\n"
    before, after = row({}, "huawei"), row({FIRMS: text}, "huawei")
    assert before is not None
    assert after is not None
    assert after.surfaces == (*before.surfaces, "华为坤灵")
    assert after.fields == {**before.fields, "source": "hand|own", "note": "new brand"}


def test_another_name_for_a_known_id_is_noted_and_the_old_one_stays_an_alias() -> None:
    laid = layers({FIRMS: HEAD + "huawei\t鹿鸣科技\t\town\n"})
    entry = next(entry for entry in laid.lexicons["technology_companies"].entries if entry.id == "huawei")
    assert entry.name == "鹿鸣科技"
    assert "华为" in entry.aliases
    assert [(notice.kind, notice.line) for notice in laid.notices] == [("renamed", 2)]


def test_cells_that_hold_several_values_are_added_to() -> None:
    text = "id\tname\taliases\tsource\tweak\nai\t\t鹿鸣智能\town\t鹿鸣智能\n"
    after = row({"lexicons/technologies.add.tsv": text}, "ai", "technologies")
    assert after is not None
    assert after.fields["weak"].split("|")[-1] == "鹿鸣智能"
    assert "智能技术" in after.fields["weak"].split("|")


def test_a_row_or_a_single_name_is_retired() -> None:
    gone = {GONE: RETIRED + "huawei-cloud\t\t2026-01-01\tsold\nhuawei\t华为公司\t\t\n"}
    kept = row(gone, "huawei")
    assert row(gone, "huawei-cloud") is None
    assert kept is not None
    assert "华为公司" not in kept.surfaces
    assert kept.retired == ("华为公司",)


def test_a_row_without_names_is_gone() -> None:
    names = row({}, "huawei-cloud")
    assert names is not None
    gone = "".join(f"huawei-cloud\t{name}\t\t\n" for name in names.surfaces)
    assert row({GONE: RETIRED + gone}, "huawei-cloud") is None


def test_a_list_of_ones_own_is_read_as_a_part_of_another() -> None:
    own = {OWN: LIKE + "# source: crm = ours.\n" + HEAD + "c1\t鹿鸣机器人\t\tcrm\n"}
    laid = layers(own)
    (entry,) = laid.lexicons["my_firms"].entries
    assert entry in laid.lexicons["technology_companies"].entries
    assert (entry.lexicon, entry.home, entry.by) == ("technology_companies", "my_firms", "lexicon.my_firms")
    record = extract(page_of("鹿鸣机器人今日发布新一代产品，多家媒体参加。"), book(own))
    (found,) = record.organisations
    assert (found.name, found.type, found.by) == ("鹿鸣机器人", "company", "lexicon.my_firms")


def test_technologies_and_industries_of_ones_own_are_found_with_their_ids() -> None:
    own = {
        "lexicons/我的技术.tsv": "# like: technologies\n" + HEAD + "own-photon\t光子智算\t光智算\town\n",
        "lexicons/industries.add.tsv": "id\tname\taliases\tsource\tgbt4754\nown-low\t飞行旅游\t\town\tG\n",
    }
    record = extract(page_of("岚州市发展光智算和飞行旅游。"), book(own))
    assert [(one.tech, one.name, one.by) for one in record.technologies] == [
        ("own-photon", "光子智算", "lexicon.我的技术")
    ]
    assert ("飞行旅游", "G") in [(one.name, one.gbt4754) for one in record.industries]


def test_a_name_of_the_users_is_taken_from_the_row_that_had_it_and_that_is_noted() -> None:
    own = {OWN: LIKE + HEAD + "c1\t鹿鸣机器人\t騰訊\town\n"}
    laid = layers(own)
    tencent = next(entry for entry in laid.lexicons["technology_companies"].entries if entry.id == "tencent")
    assert "腾讯" not in tencent.surfaces
    (notice,) = laid.notices
    assert (notice.kind, notice.file, notice.line) == ("taken", OWN, 3)
    assert "technology_companies:tencent" in notice.problem


def test_a_name_is_taken_in_all_lexicons_that_are_searched_together_and_in_no_other() -> None:
    laid = layers({FIRMS: HEAD + "own-1\t鹿鸣\t人民网|人工智能\town\n"})
    media = next(entry for entry in laid.lexicons["media"].entries if entry.id == "people-cn")
    assert "人民网" not in media.surfaces
    technology = next(entry for entry in laid.lexicons["technologies"].entries if entry.id == "ai")
    assert "人工智能" in technology.surfaces


def test_a_hidden_phrase_of_the_users_hides_a_bundled_name() -> None:
    own = {"lexicons/hidden_phrases.add.tsv": HEAD + "own-1\t人民网\t\town\n"}
    record = extract(page_of("人民网报道了这一消息。"), book(own))
    assert [one.name for one in record.organisations] == []


def test_a_name_that_is_a_hiding_phrase_is_found_and_the_phrase_hides_in_other_families_still() -> None:
    own = {FIRMS: HEAD + "own-1\t鹿鸣智算\t数据集中\town\n"}
    record = extract(page_of("数据集中今日开业，数据集中在岚州。"), book(own))
    assert [one.canonical for one in record.organisations] == ["鹿鸣智算"]
    assert record.technologies == ()
    assert [notice.kind for notice in layers(own).notices] == ["taken"]


def test_ordinary_words_and_joined_aliases_are_noted() -> None:
    notices = layers({FIRMS: HEAD + "own-1\t鹿鸣机器人\t發展|鹿鸣、鹿鸣公司\town\n"}).notices
    assert [notice.kind for notice in notices] == ["common", "several"]
    assert str(notices[0]).startswith(f"{FIRMS}:2: 發展 is an ordinary word")


def test_a_column_that_is_nearly_one_of_the_lexicon_is_noted() -> None:
    text = "id\tname\taliases\tsource\tcontry\tour_code\nown-1\t鹿鸣机器人\t\town\tCN\t7\n"
    for own in ({FIRMS: text}, {OWN: LIKE + text}):
        (notice,) = layers(own).notices
        assert (notice.kind, notice.mend) == ("column", "did you mean country?")


@pytest.mark.parametrize(
    ("own", "line", "problem"),
    [
        ({FIRMS: HEAD + "own-1\t鹿鸣\t鹿\town\n"}, 2, "one character"),
        ({FIRMS: HEAD + "own-1\t鹿\u200b鸣\t\town\n"}, 2, "U+200B"),
        ({FIRMS: HEAD + "own-1\t鹿鸣\u202e\t\town\n"}, 2, "U+202E"),
        ({FIRMS: HEAD + "own-1\t鹿鸣\t\town\nown-1\t鹿鸣\t\town\n"}, 3, "stands in line 2 already"),
        ({FIRMS: HEAD + "own-1\t鹿鸣\t青禾\town\nown-2\t青禾\t\town\n"}, 3, "青禾 is a name of 鹿鸣 (line 2)"),
        (
            {FIRMS: HEAD + "a\t鹿鸣\t\town\n", OWN: LIKE + HEAD + "b\t鹿鳴\t\town\n"},
            3,
            f"鹿鳴 is a name of 鹿鸣 ({FIRMS}:2)",
        ),
        ({FIRMS: HEAD + "hauwei\t\t华为坤灵\town\n"}, 2, "no row of technology_companies has the id 'hauwei'"),
        ({FIRMS: HEAD + "\t鹿鸣\t\town\n"}, 2, "no id"),
        ({FIRMS: HEAD + "own-1\t鹿鸣\town\n"}, 2, "3 columns where the header has 4"),
        ({FIRMS: "id,name,aliases,source\nown-1,鹿鸣,,own\n"}, 1, "parted by commas"),
        ({FIRMS: "id name aliases source\n"}, 1, "the column 'id' is missing"),
        ({FIRMS: "id\tname\tname\taliases\tsource\n"}, 1, "two columns have the same name"),
        ({FIRMS: HEAD + 'own-1\t"鹿鸣,青禾"\t\town\n'}, 2, "is in quotes"),
        ({FIRMS: ""}, None, "the column 'id' is missing"),
        ({"lexicons/technology_company.add.tsv": HEAD}, None, "no lexicon 'technology_company'"),
        ({"lexicons/state_bodies.add.tsv": HEAD + "own-1\t鹿鸣局\t\town\n"}, 2, "has no type"),
        ({GONE: RETIRED + "hauwei\t\t\t\n"}, 2, "has the id 'hauwei'"),
        ({GONE: RETIRED + "huawei\t腾讯\t\t\n"}, 2, "is no name of technology_companies:huawei"),
        ({GONE: "alias\n"}, 1, "the column 'id' is missing"),
        ({OWN: "# like: technology_firms\n" + HEAD + "c1\t鹿鸣\t\town\n"}, None, "no lexicon 'technology_firms'"),
        ({OWN: "# like: my_firms\n" + HEAD + "c1\t鹿鸣\t\town\n"}, None, "itself read like"),
        ({OWN: LIKE + HEAD + "huawei\t鹿鸣\t\town\n"}, 3, "has a row of the id 'huawei'"),
        ({OWN: LIKE + HEAD + "c1\t\t鹿鸣\town\n"}, 3, "no name"),
        ({OWN: LIKE + HEAD, "lexicons/my_firms.add.tsv": HEAD}, None, "a list of your own"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_and_line(own: dict[str, str], line: int | None, problem: str) -> None:
    error = error_of(own)
    assert problem in str(error)
    assert (error.file in own, error.line) == (True, line)


def test_a_wrong_name_of_a_lexicon_is_answered_with_the_right_one() -> None:
    error = error_of({"lexicons/technology_company.add.tsv": HEAD})
    assert "did you mean technology_companies?" in str(error)


def test_what_spreadsheets_leave_is_taken() -> None:
    text = '"# a comment, quoted"\t\t\t\n' + HEAD + " own-1 \t鹿鸣机器人\u3000\t鹿鸣 | 青禾||\town\t\t\n\t\t\t\n"
    added = row({FIRMS: text}, "own-1")
    assert added is not None
    assert added.surfaces == ("鹿鸣机器人", "鹿鸣", "青禾")


def test_the_version_tells_rules_with_and_without_an_overlay_apart() -> None:
    own = {FIRMS: HEAD + "own-1\t鹿鸣机器人\t\town\n"}
    assert book(own).version == version_of({**bundled_files(), **own}) != load_rulebook(bundled_files()).version


@pytest.mark.parametrize(
    "name", ["🦌鸣机器人", "שלום עולם", "Löwe & Söhne GmbH", "C++工场", "鹿鸣(集团)", "a.*b", "𠮷野智能", "印发", "的"]
)
def test_odd_names_are_found_as_they_are_or_refused(name: str) -> None:
    own = {FIRMS: HEAD + f"own-1\t{name}\t\town\n"}
    if len(name) < 2:
        assert "one character" in str(error_of(own))
        return
    page = page_of(f"岚州市消息，{name}，今日举行会议，研究有关工作。")
    record = extract(page, book(own))
    assert name in [page.text[start:end] for one in record.organisations for start, end in one.mentions]


def test_files_of_lexicons_are_known_by_their_names() -> None:
    assert part_of_lexicon("lexicons/media.tsv") == ("media", "")
    assert part_of_lexicon("lexicons/media.retire.tsv") == ("media", ".retire")
    assert part_of_lexicon("lexicons/sub/media.tsv") is None
    assert part_of_lexicon("events.toml") is None


def test_a_hundred_thousand_rows_are_read() -> None:
    signs = "启衡云岭鹿鸣青禾智"
    rows = [
        f"c{n}\t{''.join(signs[int(digit, 9)] for digit in f'{n:06d}' if digit != '9')}公司{n}\t\tcrm"
        for n in range(100_000)
    ]
    laid = layers({OWN: LIKE + HEAD + "\n".join(rows)})
    assert len(laid.own) == 100_000
    assert laid.notices == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_cell_holds_there_is_a_lexicon_or_an_error_that_names_the_file(name: str, alias: str) -> None:
    own = {FIRMS: HEAD + f"own-1\t{name}\t{alias}\town\n", "scanning.toml": SCANNING}
    base = {"lexicons/technology_companies.tsv": HEAD + "a\t鹿鸣机器人\t\tx\n"}
    try:
        laid = load_lexicons({**base, **own})
    except RuleError as error:
        assert error.file == FIRMS
    else:
        assert len(laid.lexicons["technology_companies"].entries) in (1, 2)


SCANNING = '[families]\nnames = ["technology_companies"]\n'
