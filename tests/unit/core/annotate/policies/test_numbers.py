from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies


@pytest.mark.parametrize(
    "number",
    [
        "东政发〔2025〕7号",
        "东政办发[2023]12号",
        "东工信部联科〔2024〕113号",
        "东政发（2025）7号",
        "东政发【2025】7号",
        "东政发〔2025〕 7 号",
        "东江市人民政府令第15号",
        "国令第769号",
        "国务院令第769号",
        "第十五号主席令",
        "公告2024年第3号",
        "2024年第3号公告",
    ],
)
def test_the_number_in_brackets_behind_the_title(number: str) -> None:
    (one,) = policies(f"根据《甲市数据条例》（{number}）要求，")
    assert (one.doc_no, one.parts["doc_no"]) == (number, ((11, 11 + len(number)),))


def test_the_number_before_the_title_and_before_the_word_of_issue() -> None:
    assert policies("根据东政发〔2025〕7号《甲市数据条例》明确。")[0].doc_no == "东政发〔2025〕7号"
    assert policies("东江市以东政发〔2025〕7号文印发《甲市数据条例》。")[0].doc_no == "东政发〔2025〕7号"


def test_words_that_run_into_the_number_are_none_of_it() -> None:
    (one,) = policies("依据甲省农业委员会文件甲农【2011】344号《关于建立保护区的通知》，")
    assert one.doc_no == "甲农【2011】344号"


def test_every_title_of_a_list_has_its_own_number() -> None:
    found = policies("落实《甲办法》（甲发〔2025〕1号）、《乙办法》（乙发〔2025〕2号）和《丙办法》要求。")
    assert [one.doc_no for one in found] == ["甲发〔2025〕1号", "乙发〔2025〕2号", None]


def test_a_number_that_stands_for_a_document() -> None:
    (one,) = policies("东江市各区县今年申报算力奖补，依据是东政发〔2025〕7号。企业可以登录平台申报，不收任何费用。")
    assert (one.title, one.doc_no) == ("东政发〔2025〕7号", "东政发〔2025〕7号")


def test_a_number_that_stands_behind_a_title_too_names_no_other_document() -> None:
    text = "东江市印发《东江市数据条例》（东政发〔2025〕7号）。按照东政发〔2025〕7号文件要求，各区县抓紧落实。"
    assert [one.title for one in policies(text)] == ["东江市数据条例"]


def test_the_number_of_nothing_that_is_told_names_no_document() -> None:
    assert policies("东政发〔2025〕7号挂在墙上，没有人知道它说的是什么。") == ()
