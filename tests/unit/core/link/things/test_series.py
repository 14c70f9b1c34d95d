"""Which targets are one, which statistics one series, and how they find each other."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.shelves import shelf
from tests.unit.core.link.things.told import card, statistic, target

from mingjian.core.link.things.metrics import metric_of
from mingjian.core.link.things.statistics import statistic_linking, statistic_profile
from mingjian.core.link.things.targets import target_linking, target_profile
from mingjian.core.model.facts import Statistic, Target
from mingjian.core.rulebook import bundled_rulebook

_METRICS = bundled_rulebook().tables["corpus/metrics"]


def _target(first: Target, second: Target) -> str:
    linking = target_linking()
    one, other = target_profile(first, card()), target_profile(second, card())
    return linking.judge(one, other).holds if set(linking.keys(one)) & set(linking.keys(other)) else "open"


def _series(first: Statistic, second: Statistic) -> str:
    linking = statistic_linking()
    one, other = statistic_profile(first, card()), statistic_profile(second, card())
    return linking.judge(one, other).holds if set(linking.keys(one)) & set(linking.keys(other)) else "open"


@pytest.mark.parametrize("pair", _METRICS["alike"], ids=lambda pair: pair["first"])
def test_names_of_one_metric(pair: dict[str, str]) -> None:
    assert metric_of(pair["first"]) == metric_of(pair["second"])


@pytest.mark.parametrize("pair", _METRICS["apart"], ids=lambda pair: pair["first"])
def test_names_of_two_metrics(pair: dict[str, str]) -> None:
    assert metric_of(pair["first"]) != metric_of(pair["second"])


def test_no_name_is_of_two_metrics() -> None:
    names = [name for metric, others in _METRICS["metrics"].items() for name in (metric, *others)]
    assert len(names) == len(set(names))


def test_one_target_on_two_pages() -> None:
    first = target("到2027年，算力规模达到50EFLOPS", "算力规模", "50", "FLOPS", region="广东", by_day="2027-12-31")
    second = target(
        "全省算力总规模超50EFLOPS", "全省算力总规模", "50", "FLOPS", issuer="广东省人民政府", by_day="2027-12-31"
    )
    assert _target(first, second) == "same"


def test_targets_of_other_days_places_and_values() -> None:
    held = {"metric": "算力规模", "value": "50", "unit": "FLOPS"}
    first = target("算力规模达到50EFLOPS", **held, region="广东", by_day="2027-12-31")
    assert _target(first, target("算力规模达到50EFLOPS", **held, region="河南", by_day="2027-12-31")) == "apart"
    assert _target(first, target("算力规模达到50EFLOPS", **held, region="广东", by_day="2030-12-31")) == "apart"
    changed = held | {"value": "60"}
    assert _target(first, target("算力规模达到60EFLOPS", **changed, region="广东", by_day="2027-12-31")) == "open"


def test_targets_in_words() -> None:
    words = "建成一批可以共用的行业语料"
    first = target(words, region="河南", by_day="2026-12-31")
    assert _target(first, target(f"到2026年{words}", issuer="河南省人民政府办公厅", by_day="2026-12-31")) == "same"
    assert _target(first, target(words, region="广东", by_day="2026-12-31")) == "apart"
    assert _target(target(words), target(words)) == "open"


def test_one_series_under_two_names_and_values() -> None:
    first = statistic("在超过500个生产场景用上智能体", "场景", "500", subject="央企")
    assert _series(first, statistic("打造了800多個應用場景", "應用場景", "800", subject="中央企業")) == "same"
    assert _series(first, statistic("打造了800多个应用场景", "应用场景", "800", subject="广东")) != "same"


def test_series_that_only_look_alike() -> None:
    first = statistic("算力规模达40EFLOPS", "算力规模", "40", "FLOPS", region="广东")
    assert _series(first, statistic("智能算力规模达40EFLOPS", "智能算力规模", "40", "FLOPS", region="广东")) == "open"
    assert (
        _series(*(statistic(words, "5G基站", "0.6", "ratio", region="岚州") for words in ("占全球六成", "占总数六成")))
        == "open"
    )
    assert _series(first, statistic("企业平均算力规模达40EFLOPS", "算力规模", "40", "FLOPS", region="广东")) == "open"
    assert _series(first, statistic("算力规模占比达40%", "算力规模", "0.4", "ratio", region="广东")) == "open"
    tasks = [statistic(words, "任务", "6", subject="岚州市") for words in ("部署6项任务", "会议听取6项任务完成情况")]
    assert _series(*tasks) == "open"


def test_statements_without_a_subject_are_one_by_their_words() -> None:
    first = statistic("10家中央企业联署承诺书", "中央企业", "10")
    assert _series(first, statistic("会上，10家中央企业联署承诺书", "中央企业", "10")) == "same"
    assert _series(first, statistic("10家中央企业参加展览", "中央企业", "10")) == "open"


def test_a_target_finds_its_series() -> None:
    aim = target_profile(target("算力规模达50", "全省算力规模", "50", "FLOPS", region="广东"), card())
    told = statistic_profile(statistic("算力规模达40", "算力总规模", "40", "FLOPS", region="广东"), card())
    assert target_linking().slots(aim)[:1] == statistic_linking().slots(told) != ()


def test_a_target_of_the_whole_city_is_that_of_the_city_whose_policy_sets_it() -> None:
    told = "岚州市数据局印发《岚州市百企千模行动方案》，提出到2028年全市人工智能核心产业规模突破360亿元。"
    books = shelf({"one": f"方案印发\n来源：岚讯网 2026-03-12\n3月12日，{told}"})
    targets = [thing for thing in books.things() if thing.kind == "target"]
    assert [thing.slots[0] for thing in targets] == ["人工智能核心产业规模|place:岚州市|CNY"]
