"""What differs between two records of one page."""

from __future__ import annotations

from tests.laws.pages import page_of

from mingjian.core.pipeline.differences import differences
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import Rulebook, bundled_files, load_rulebook

TEXT = (
    "岚州市人工智能大会今日开幕\n\n鹿鸣机器人股份有限公司与华为签约，投资3亿元。"
    "鹿鸣机器人总经理周岚表示，到2027年产值达到30亿元。"
)
HEAD = "id\tname\taliases\tsource\n"


def book(**own: str) -> Rulebook:
    return load_rulebook({**bundled_files(), **{f"lexicons/{name}.tsv": text for name, text in own.items()}})


def compared(**own: str) -> set[tuple[str, str, str]]:
    page = page_of(TEXT)
    overlay = book(**{name.replace("__", "."): text for name, text in own.items()})
    return {(one.field, one.kind, one.words) for one in differences(extract(page), extract(page, overlay))}


def test_the_same_rules_make_no_difference() -> None:
    page = page_of(TEXT)
    assert differences(extract(page), extract(page)) == ()


def test_rules_that_find_the_same_make_no_difference_though_ids_and_version_differ() -> None:
    assert compared(media__add=HEAD + "own-1\t鹿城晚报\t\town\n") == set()


def test_a_retired_row_disappears_and_an_added_one_appears() -> None:
    gone = compared(technology_companies__retire="id\talias\nhuawei\t\n")
    assert ("organisations", "disappears", "华为") in gone
    come = compared(technologies__add=HEAD + "own-1\t签约\t\town\n")
    assert ("technologies", "appears", "签约") in come


def test_a_fact_about_the_same_words_that_says_something_else_alters() -> None:
    page = page_of(TEXT)
    overlay = book(**{"technology_companies.add": HEAD + "huawei\t鹿鸣华为\t\town\n"})
    (found,) = (one for one in differences(extract(page), extract(page, overlay)) if one.field == "organisations")
    assert (found.kind, found.words) == ("alters", "华为")
    assert (found.was, found.now) == ({"canonical": "华为"}, {"canonical": "鹿鸣华为"})


def test_the_change_is_seen_from_both_sides() -> None:
    page = page_of(TEXT)
    old, new = extract(page), extract(page, book(**{"technology_companies.retire": "id\talias\nhuawei\t\n"}))
    there = {(one.field, one.words) for one in differences(old, new) if one.kind == "disappears"}
    back = {(one.field, one.words) for one in differences(new, old) if one.kind == "appears"}
    assert there == back != set()
