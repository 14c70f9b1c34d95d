"""How targets stand on a day, and what says so."""

from __future__ import annotations

from tests.unit.core.ledger.invented import PLAN, RESULT, ledger_of, page, rows
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.ledger.building import Day
from mingjian.core.model.ledger.rows import TargetRow


def target(texts: dict[str, str], words: str, day: str = "2027-03-01") -> TargetRow:
    """The target whose name holds these words."""
    (row,) = (row for row in ledger_of(texts, "targets", TargetRow, day) if words in row.name)
    return row


def status(texts: dict[str, str], words: str, day: str = "2027-03-01") -> tuple[str | None, str | None]:
    """The status of a target, and on what it rests."""
    cell = target(texts, words, day).status
    assert cell.cites
    return cell.value, cell.basis


def result(text: str, day: str = "2026-01-20") -> str:
    return page("算力快报", day, "泊川日报", text)


def test_a_target_is_open_up_to_its_deadline_and_due_behind_it() -> None:
    assert status({"plan": PLAN}, "30EFLOPS", "2025-12-31") == ("open", "by-date")
    assert status({"plan": PLAN}, "30EFLOPS", "2026-01-01") == ("due", "by-date")


def test_a_statistic_as_of_the_deadline_says_whether_it_is_met_or_missed() -> None:
    texts = {"plan": PLAN, "result": RESULT}
    assert status(texts, "30EFLOPS") == ("met", "as-of-deadline")
    assert status(texts, "3000亿元") == ("missed", "as-of-deadline")
    met, missed = target(texts, "30EFLOPS"), target(texts, "3000亿元")
    assert [(answer.relation, answer.cell.value) for answer in met.answers] == [
        ("met_by", "广东省智能算力规模达到35EFLOPS")
    ]
    assert met.status.cites == met.answers[0].cell.cites
    assert [answer.relation for answer in missed.answers] == ["missed_by"]


def test_what_is_reached_early_is_met_and_what_is_not_is_no_miss() -> None:
    early = result("截至2024年底，广东省智能算力规模达到32EFLOPS，人工智能核心产业规模2800亿元。", "2025-01-20")
    texts = {"plan": PLAN, "early": early}
    assert status(texts, "30EFLOPS", "2025-06-01") == ("met", "before-deadline")
    assert status(texts, "3000亿元", "2025-06-01") == ("open", "by-date")
    assert status(texts, "3000亿元", "2026-06-01") == ("due", "by-date")


def test_the_statistic_at_the_deadline_goes_before_an_early_one() -> None:
    early = result("截至2024年底，广东省智能算力规模达到32EFLOPS。", "2025-01-20")
    late = result("截至2025年底，广东省智能算力规模降到28EFLOPS。")
    assert status({"plan": PLAN, "early": early, "late": late}, "30EFLOPS") == ("missed", "as-of-deadline")


def test_what_is_told_years_later_says_nothing_of_the_deadline() -> None:
    late = result("截至2028年底，广东省智能算力规模达到90EFLOPS。", "2029-01-20")
    assert status({"plan": PLAN, "late": late}, "30EFLOPS", "2029-06-01") == ("due", "by-date")


def test_a_goal_that_is_raised_answers_no_target() -> None:
    raised = result("到2027年广东省人工智能核心产业规模目标由5000亿元提高到6500亿元。", "2026-01-20")
    assert status({"plan": PLAN, "raised": raised}, "3000亿元") == ("due", "by-date")


def test_other_precision_place_metric_and_body_are_no_answer() -> None:
    for told in (
        "截至2025年底，广东省智能算力规模达到35EFLOPS（FP32）。",
        "截至2025年底，河南省智能算力规模达到35EFLOPS。",
        "截至2025年底，广东省算力规模达到55EFLOPS。",
        "截至2025年底，岚科集团智能算力规模达到35EFLOPS。",
        "截至2025年底，广东省智能算力规模约30EFLOPS。",
    ):
        assert status({"plan": PLAN, "result": result(told)}, "30EFLOPS以上") == ("due", "by-date"), told


def test_statistics_that_disagree_decide_nothing_and_are_shown() -> None:
    other = page("算力观察", "2026-01-21", "澜山日报", "截至2025年底，广东省智能算力规模为28EFLOPS。")
    row = target({"plan": PLAN, "result": RESULT, "other": other}, "30EFLOPS")
    assert (row.status.value, row.status.basis) == ("due", "answers-disagree")
    assert sorted(answer.relation for answer in row.answers) == ["met_by", "missed_by"]


def test_a_number_without_a_day_proves_no_miss() -> None:
    undated = result("广东省智能算力规模为28EFLOPS。")
    assert status({"plan": PLAN, "undated": undated}, "30EFLOPS") == ("due", "by-date")


def test_a_later_document_with_another_number_for_the_day_supersedes() -> None:
    later = page(
        "云港出台算力新方案",
        "2024-09-10",
        "泊川日报",
        "9月8日，广东省人民政府印发《广东省算力强基实施方案（2024—2026年）》。"
        "方案提出，到2025年，广东省智能算力规模达到60EFLOPS。",
    )
    texts = {"plan": PLAN, "later": later}
    assert status(texts, "30EFLOPS") == ("superseded", "later-target")
    assert status(texts, "60EFLOPS") == ("due", "by-date")
    assert status(texts, "30EFLOPS", "2024-01-01") == ("open", "by-date")
    (answer,) = target(texts, "30EFLOPS").answers
    assert (answer.relation, answer.thing) == ("superseded_by", target(texts, "60EFLOPS").id)


def test_a_further_stage_supersedes_nothing() -> None:
    further = page(
        "云港出台算力新方案",
        "2024-09-10",
        "泊川日报",
        "9月8日，广东省人民政府印发《广东省算力强基实施方案（2024—2027年）》。"
        "方案提出，到2027年，广东省智能算力规模达到60EFLOPS。",
    )
    assert status({"plan": PLAN, "further": further}, "30EFLOPS") == ("due", "by-date")


def test_targets_without_a_deadline_are_unknown_and_those_in_words_alone_fall_due() -> None:
    words = page("云港定下目标", "2023-05-10", "岚讯网", "广东省提出，到2025年，人工智能产业生态基本形成。")
    assert status({"words": words}, "产业生态", "2024-01-01") == ("open", "by-date")
    assert status({"words": words}, "产业生态", "2026-01-01") == ("due", "by-date")
    dateless = page("云港定下目标", "2023-05-10", "岚讯网", "广东省将力争智能算力规模达到30EFLOPS以上。")
    assert status({"dateless": dateless}, "30EFLOPS") == ("unknown", "no-deadline")


def test_what_was_not_yet_published_was_not_known() -> None:
    books = shelf({"plan": PLAN, "result": RESULT})
    on = {day: rows(books, "targets", TargetRow, Day(day, known=True)) for day in ("2026-01-10", "2026-02-01")}
    statuses = {day: {row.name[-10:]: row.status.value for row in every} for day, every in on.items()}
    assert set(statuses["2026-01-10"].values()) == {"due"}
    assert set(statuses["2026-02-01"].values()) == {"met", "missed"}


def test_the_row_names_document_place_body_and_number() -> None:
    row = target({"plan": PLAN}, "3000亿元")
    assert row.policy.value == "广东省算力发展行动计划（2023—2025年）"
    assert row.issuer.value == "广东省人民政府"
    assert (row.region.value, row.facets.regions) == ("广东省", ("440000",))
    assert (row.printed.value, str(row.value.value), row.unit.value) == ("超过3000亿元", "300000000000", "CNY")
    assert row.facets.happened_from == "2025-12-31"


def test_a_page_that_says_what_became_of_a_target_decides_and_is_cited() -> None:
    met = result("截至2025年底，全省智能算力规模达到30EFLOPS左右，超额完成2025年30EFLOPS的目标。")
    row = target({"plan": PLAN, "met": met}, "30EFLOPS以上")
    assert (row.status.value, row.status.basis) == ("met", "told")
    assert [(one.relation, one.cell.value) for one in row.answers] == [("met_by", "超额完成2025年30EFLOPS的目标")]
    assert row.status.cites == row.answers[0].cell.cites
    missed = result("广东省人工智能核心产业规模没有完成2025年3000亿元的目标。")
    assert status({"plan": PLAN, "missed": missed}, "超过3000亿元") == ("missed", "told")
    assert status({"plan": PLAN, "missed": missed}, "超过3000亿元", "2026-01-10") == ("due", "by-date")


def test_what_is_wished_or_told_of_a_day_to_come_decides_nothing() -> None:
    for words, day in (
        ("广东省力争提前完成2025年智能算力规模30EFLOPS的目标。", "2025-06-20"),
        ("广东省有望超额完成2025年智能算力规模30EFLOPS的目标。", "2025-06-20"),
        ("广东省智能算力规模没有完成2025年30EFLOPS的目标。", "2025-06-20"),
        ("广东省智能算力规模完成2025年30EFLOPS目标的八成。", "2025-06-20"),
    ):
        assert status({"plan": PLAN, "told": result(words, day)}, "30EFLOPS以上") == ("due", "by-date"), words


def test_pages_that_contradict_one_another_decide_nothing() -> None:
    met = result("广东省智能算力规模超额完成2025年30EFLOPS的目标。")
    missed = page("算力观察", "2026-01-21", "澜山日报", "广东省智能算力规模没有完成2025年30EFLOPS的目标。")
    row = target({"plan": PLAN, "met": met, "missed": missed}, "30EFLOPS以上")
    assert (row.status.value, row.status.basis) == ("due", "answers-disagree")
    assert [answer.relation for answer in row.answers] == ["met_by", "missed_by"]


def test_what_became_of_another_place_s_goal_decides_nothing() -> None:
    other = result("河南省通报，到去年底智能算力规模36EFLOPS。全省超额完成2025年智能算力规模30EFLOPS的目标。")
    assert status({"plan": PLAN, "other": other}, "30EFLOPS以上") == ("due", "by-date")


def test_a_page_that_says_that_a_goal_is_given_up_for_another_supersedes() -> None:
    raised = result("广东省将2025年智能算力规模目标由30EFLOPS上调至45EFLOPS。", "2024-03-20")
    texts = {"plan": PLAN, "raised": raised}
    row = target(texts, "30EFLOPS以上", "2025-06-01")
    assert (row.status.value, row.status.basis) == ("superseded", "later-target")
    (answer,) = row.answers
    assert (answer.relation, answer.thing) == ("superseded_by", target(texts, "45EFLOPS", "2025-06-01").id)
    assert status(texts, "30EFLOPS以上", "2024-01-01") == ("open", "by-date")
    other = result("河南省将2025年智能算力规模目标由30EFLOPS上调至45EFLOPS。", "2024-03-20")
    assert status({"plan": PLAN, "other": other}, "30EFLOPS以上") == ("due", "by-date")


def test_what_came_about_in_the_words_behind_a_goal_answers_it() -> None:
    told = page(
        "无人车为何来得慢",
        "2026-02-11",
        "泊川日报",
        "岚桐汽车曾提出去年底前投放1000台无人出租车。监管平台显示，截至2025年12月31日实际投放612台。",
    )
    assert status({"told": told}, "1000台") == ("missed", "as-of-deadline")
    early = told.replace("截至2025年12月31日", "截至2025年6月30日")
    assert status({"early": early}, "1000台") == ("due", "by-date")


def test_what_must_last_is_not_reached_before_its_day() -> None:
    plan = page("云港定下目标", "2025-01-10", "岚讯网", "广东省力争2025年智能算力平均利用率保持在70%以上。")
    half = result("截至2025年6月底，广东省智能算力平均利用率75%。", "2025-07-20")
    whole = result("截至2025年底，广东省智能算力平均利用率72%。")
    assert status({"plan": plan, "half": half}, "平均利用率", "2025-10-01") == ("open", "by-date")
    assert status({"plan": plan, "half": half, "whole": whole}, "平均利用率") == ("met", "as-of-deadline")


def test_a_goal_that_is_told_again_as_a_number_answers_nothing() -> None:
    for told, found in (
        ("各地定下目标：广东智能算力规模30EFLOPS、浙江智能算力规模20EFLOPS。", "open"),
        ("今年底广东省智能算力规模应达到30EFLOPS。", "open"),
        ("广东省智能算力规模已达到30EFLOPS。", "met"),
    ):
        found_so = rows(
            shelf({"plan": PLAN, "again": result(told, "2024-03-05")}), "targets", TargetRow, Day("2024-06-01")
        )
        assert {row.status.value for row in found_so if "30EFLOPS" in row.name} >= {found}, told
        assert found == "met" or not any(row.status.value == "met" for row in found_so), told
