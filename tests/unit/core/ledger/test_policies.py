"""Policy documents: stages, dates, issuers, and the tree of what builds on what."""

from __future__ import annotations

from tests.unit.core.ledger.invented import PLAN, ledger_of, page, rows
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.lineage import lineage_tree
from mingjian.core.model.ledger.rows import PolicyRow

_DRAFT = page(
    "云港就算力规划征求意见",
    "2023-02-10",
    "泊川日报",
    "2月9日，广东省人民政府就《广东省算力发展行动计划（2023—2025年）（征求意见稿）》公开征求意见，推进人工智能发展。",
)
_ADOPTED = page(
    "云港审议算力规划",
    "2023-04-12",
    "澜山日报",
    "4月11日，广东省政府常务会议审议通过《广东省算力发展行动计划（2023—2025年）》，支持人工智能发展。",
)


def policy(texts: dict[str, str], words: str, day: str = "2027-03-01", known: bool = False) -> PolicyRow:
    """The policy whose title holds these words."""
    every = rows(shelf(texts), "policies", PolicyRow, Day(day, known))
    (row,) = (row for row in every if words in (row.title.value or ""))
    return row


def test_a_document_bears_the_furthest_stage_that_is_known() -> None:
    texts = {"draft": _DRAFT, "adopted": _ADOPTED, "plan": PLAN}
    assert policy(texts, "算力发展行动计划", "2023-03-01", known=True).status.value == "draft"
    assert policy(texts, "算力发展行动计划", "2023-04-20", known=True).status.value == "approved"
    row = policy(texts, "算力发展行动计划")
    assert row.status.value == "issued"
    assert (row.adopted.value, row.issued.value) == ("2023-04-11", "2023-05-09")
    assert (row.title.value, [cell.value for cell in row.issuers]) == (
        "广东省算力发展行动计划（2023—2025年）",
        ["广东省人民政府"],
    )
    assert (row.facets.regions, row.facets.happened_from) == (("440000",), "2023-05-09")
    assert next(version.relation for version in row.versions) == "draft"


def test_days_that_are_past_imply_a_stage() -> None:
    rule = page(
        "云港公布算力券办法",
        "2024-05-10",
        "岚讯网",
        "5月9日，广东省人民政府印发《广东省算力券管理办法》。该办法自2024年7月1日起施行，有效期至2026年6月30日，支持人工智能企业。",
    )
    on = {day: policy({"rule": rule}, "算力券", day) for day in ("2024-06-01", "2024-07-01", "2026-07-01")}
    row = on["2024-06-01"]
    told = (row.in_force.value, row.valid_until.value)
    assert told[0] == "2024-07-01"
    assert [on[day].status.value for day in ("2024-06-01", "2024-07-01")] == ["issued", "in_force"]
    if told[1] is not None:
        assert on["2026-07-01"].status.value == "expired"


_LEAF = page(
    "云港出台实施细则",
    "2024-09-10",
    "泊川日报",
    "9月8日，深圳市人民政府印发《深圳市算力发展实施细则》，贯彻落实《广东省算力发展行动计划（2023—2025年）》，推进人工智能。",
)


def test_lineage_leads_both_ways() -> None:
    texts = {"plan": PLAN, "leaf": _LEAF}
    leaf, plan = policy(texts, "实施细则"), policy(texts, "算力发展行动计划")
    assert [(one.relation, one.thing, one.backward) for one in leaf.lineage] == [("implements", plan.id, False)]
    assert [(one.relation, one.thing, one.backward) for one in plan.lineage] == [("implements", leaf.id, True)]
    assert plan.lineage[0].cell.value == "深圳市算力发展实施细则"


def test_the_tree_of_a_document_is_cut_where_it_comes_round() -> None:
    twig = page(
        "云港出台操作指引",
        "2025-01-10",
        "岚讯网",
        "1月8日，深圳市人民政府印发《深圳市算力应用场景开放操作办法》，落实《深圳市算力发展实施细则》，推进人工智能。",
    )
    round_again = page(
        "云港修订规划",
        "2025-02-10",
        "岚讯网",
        "2月8日，广东省人民政府印发《广东省算力发展行动计划（2023—2025年）》，落实《深圳市算力应用场景开放操作办法》，推进人工智能。",
    )
    books = shelf({"plan": PLAN, "leaf": _LEAF, "twig": twig})
    (plan,) = (thing for thing in books.find(Asked(kind="policy")) if "行动计划" in thing.name)
    tree = lineage_tree(books, plan, Day("2027-01-01"))
    assert tree.ancestors == ()
    (child,) = tree.descendants
    assert child.name == "深圳市算力发展实施细则"
    assert [kin.name for kin in child.kin] == ["深圳市算力应用场景开放操作办法"]
    (flat,) = lineage_tree(books, plan, Day("2027-01-01"), depth=1).descendants
    assert flat.kin == ()
    circle = shelf({"plan": PLAN, "leaf": _LEAF, "twig": twig, "round": round_again})
    (plan,) = (thing for thing in circle.find(Asked(kind="policy")) if "行动计划" in thing.name)
    tree = lineage_tree(circle, plan, Day("2027-01-01"))
    (ancestor,) = tree.ancestors
    assert ancestor.name == "深圳市算力应用场景开放操作办法"
    assert [kin.kin[0].again for kin in ancestor.kin] == [True]


def test_a_repealed_document_is_repealed_by_the_words_of_another() -> None:
    repeal = page(
        "云港公布新办法",
        "2025-05-10",
        "岚讯网",
        "5月9日，广东省人民政府印发《广东省算力券实施办法》，推进人工智能。《广东省算力券管理办法》同时废止。",
    )
    found = {row.title.value: row for row in ledger_of({"repeal": repeal}, "policies", PolicyRow)}
    assert found["广东省算力券管理办法"].status.value == "repealed"
