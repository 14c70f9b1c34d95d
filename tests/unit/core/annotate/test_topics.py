from __future__ import annotations

from tests.unit.core.annotate.reading import read


def test_a_technology_has_its_taxonomy_id_and_all_its_mentions() -> None:
    reading = read("团队训练了一个大模型。", "大模型上线后，大模型的费用下降。")
    (model,) = reading.technologies
    assert model.tech == "foundation_model"
    assert len(model.mentions) == 3
    assert model.evidence.text == "大模型"


def test_a_weak_word_counts_only_beside_a_strong_one() -> None:
    assert read("工人把零件对齐。").technologies == ()
    assert {one.tech for one in read("大模型需要对齐。").technologies} == {"foundation_model", "alignment"}


def test_a_weak_word_of_trade_counts_in_a_list_and_not_elsewhere() -> None:
    assert {one.gbt4754 for one in read("覆盖制造、农业、物流等行业。").industries} >= {"C", "A"}
    assert read("他们制造了一台机器。").industries == ()


def test_an_organisation_names_no_industry() -> None:
    assert read("工业和信息化部答复来信。").industries == ()


def test_a_page_concerns_ai_by_its_lead_or_by_its_density() -> None:
    assert read("人工智能正在改变工厂，人工智能也改变办公室。").ai_relevant
    assert not read("黄金价格连续上涨，" * 60 + "有人用人工智能预测。").ai_relevant
    assert not read("外汇储备上月下降。").ai_relevant
