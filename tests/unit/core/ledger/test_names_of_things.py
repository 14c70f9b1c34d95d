"""What events and targets are called: the same in every list, whole, and so that the name alone says something."""

from __future__ import annotations

import pytest
from tests.unit.core.ledger.invented import ledger_of, page

from mingjian.core.model.ledger.rows import EventRow, StatisticRow, TargetRow

FOUR = "岚州市数据局、岚州市科技局、岚州市工业和信息化局、岚州市财政局等四部门"
GUIDE = "岚州市人工智能产业综合标准化体系建设与行业推广应用工作指南(2025版)"


def names(text: str, day: str = "2025-03-20", head: str = "岚州一周要闻") -> list[str]:
    """What the events of a page are called, in the timeline and in the list alike."""
    rows = ledger_of({"p": page(head, day, "岚州日报", text)}, "events", EventRow)
    assert [row.title.value for row in rows] == [row.name for row in rows]
    assert all(row.title.cites for row in rows)
    return [row.name for row in rows]


def target_names(text: str) -> set[str]:
    rows = ledger_of({"p": page("岚州市算力建设方案", "2025-03-20", "岚州日报", text)}, "targets", TargetRow)
    return {row.name for row in rows}


def test_of_many_issuers_the_first_are_named_in_the_order_of_the_page_and_the_others_counted() -> None:
    (name,) = names(f"{FOUR}近日联合印发《{GUIDE}》。")
    assert name == f"岚州市数据局、岚州市科技局、岚州市工业和信息化局等四部门联合印发《{GUIDE}》"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # who it is by a common word alone, or by none: the clause says what became of the document
        ("会议审议通过《岚州市算力券管理办法》。", "会议审议通过《岚州市算力券管理办法》"),
        ("发展人工智能首次被写入2025年《岚州市政府工作报告》。", "发展人工智能首次被写入2025年《岚州市政府工作报告》"),
        # others are counted right behind the one that is named
        (
            "岚州市数据局等七部门联合印发《岚州市算力券管理办法》。",
            "岚州市数据局等七部门联合印发《岚州市算力券管理办法》",
        ),
        # a clause that only says where something was told
        (
            "记者17日从岚州市政府新闻办公室举行的“数智岚州”主题新闻发布会上获悉，算力券已发放三批。",
            "岚州市政府新闻办公室举行“数智岚州”主题新闻发布会",
        ),
        (
            "2025年3月，在岚州市国资委举办的“数字国企”大讲堂上，专家介绍了人工智能大模型的经验。",
            "岚州市国资委举办“数字国企”大讲堂",
        ),
        # what joins a clause to the one before, and what stands aside
        (
            "岚州大学成立人工智能学院，并与泊川科技有限公司签署《共建大模型实验室合作协议》（以下简称协议）。",
            "与泊川科技有限公司签署《共建大模型实验室合作协议》",
        ),
    ],
)
def test_a_name_says_who_did_what(text: str, name: str) -> None:
    assert name in names(text)


def test_a_title_holds_only_words_that_are_cited_whatever_the_name_holds() -> None:
    text = "岚州市人民政府办公厅关于印发《岚州市算力券管理办法》的通知\n岚州市近日印发《岚州市算力券管理办法》。"
    (row,) = ledger_of({"p": page("岚州一周要闻", "2025-03-20", "岚州日报", text)}, "events", EventRow)
    assert row.name == "岚州市人民政府办公厅印发《岚州市算力券管理办法》"
    assert row.title.value == "岚州市近日印发《岚州市算力券管理办法》"
    assert row.title.value in {cite.text for cite in row.title.cites}


def test_a_clause_that_points_at_what_it_is_about_bears_the_headline() -> None:
    lead = "岚州市日前印发《岚州市人工智能算力券管理办法》。"
    found = names(f"{lead}岚州市数据局19日在官网对其进行解读。", head="岚州市数据局解读算力券怎样领")
    assert "岚州市数据局解读算力券怎样领" in found
    assert not any("对其" in name for name in found)


def test_a_name_is_never_cut_within_a_title() -> None:
    measures = "《岚州市推动公共数据资源开发利用与授权运营若干政策措施》"
    told = f"岚州市人民政府办公厅关于印发《{GUIDE}》和{measures}的通知近日发布"
    for name in names(f"{FOUR}近日联合印发《{GUIDE}》。{told}。"):
        assert name.count("《") == name.count("》")
        assert name.count("(") == name.count(")")


def test_numbers_of_one_clause_bear_names_of_their_own() -> None:
    found = target_names("到2027年，全市建成智算中心8座、培育人工智能企业300家，打造典型应用场景500个以上。")
    assert len(found) == 3
    assert {name for name in found if "300家" in name} == {"培育人工智能企业300家"}
    assert {name for name in found if "500个" in name} == {"打造典型应用场景500个以上"}


def test_a_number_whose_words_stand_apart_is_called_by_what_it_counts() -> None:
    found = target_names("到2027年，岚州市、泊川市的智能算力规模分别达到30EFLOPS、20EFLOPS。")
    assert len(found) == 2
    assert all("智能算力" in name for name in found)


def test_an_aim_of_a_bare_verb_is_called_by_its_clause() -> None:
    assert target_names("澜山市计划建设智算中心，预计明年第二季度启用。") == {"预计明年第二季度启用"}


def statistic_rows(*texts: str) -> list[StatisticRow]:
    pages = {str(at): page("岚州市算力简报", f"2025-0{at}-20", "岚州日报", text) for at, text in enumerate(texts, 3)}
    return ledger_of(pages, "statistics", StatisticRow)


def test_a_number_that_was_told_once_stands_in_the_clause_by_which_it_is_called() -> None:
    told = "全市在制造、交通、医疗等12个重点领域打造了480多个人工智能应用场景。"
    for row in statistic_rows(told):
        assert "…" not in row.name
    several = told.replace("480", "510"), told.replace("480", "730")
    assert not [row.name for row in statistic_rows(*several) if len(row.points) > 1 and "510" in row.name]


def test_a_noun_that_anything_is_counted_by_is_no_metric_worth_a_cell() -> None:
    (row,) = statistic_rows("岚州人工智能产品远销全球86个国家。")
    assert (row.metric.value, row.metric.missing) == (None, "metric-vague")
    (row,) = statistic_rows("岚州智能算力规模达到12EFLOPS。")
    assert (row.metric.value or "").endswith("智能算力规模")
