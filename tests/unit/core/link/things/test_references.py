"""What a fact names, name by name."""

from __future__ import annotations

from tests.unit.core.link.things import told

from mingjian.core.link.things.references import names_in


def test_who_sets_a_target_together_is_named_one_by_one() -> None:
    target = told.target("建成一批数据集", issuer="岚州省数据局;省民政厅")
    assert names_in(target, "issuer") == ("岚州省数据局", "省民政厅")


def test_a_field_that_a_fact_lacks_names_nothing() -> None:
    assert names_in(told.target("建成一批数据集"), "manager") == ()
    assert names_in(told.target("建成一批数据集"), "issuer") == ()
