"""Numbers as evidence: the same value told with other names, rounded, in other words."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.shelves import grouped, shelf
from tests.unit.core.link.things.told import card, statistic, target

from mingjian.core.link.things.metrics import agree, metric_of
from mingjian.core.link.things.statistics import statistic_linking, statistic_profile
from mingjian.core.link.things.targets import target_linking, target_profile
from mingjian.core.link.things.territories import nearby, territory_in, territory_of
from mingjian.core.model.facts import Statistic, Target, TimeBound

_YEAR = TimeBound("2027年", "2027-12-31", "explicit")


def _targets(first: Target, second: Target) -> str:
    linking = target_linking()
    one, other = target_profile(first, card()), target_profile(second, card())
    return linking.judge(one, other).holds if set(linking.keys(one)) & set(linking.keys(other)) else "open"


def _statistics(first: Statistic, second: Statistic, days: tuple[str, str] = ("2028-01-15", "2028-01-18")) -> str:
    linking = statistic_linking()
    one, other = (statistic_profile(fact, card(day)) for fact, day in zip((first, second), days, strict=True))
    return linking.judge(one, other).holds if set(linking.keys(one)) & set(linking.keys(other)) else "open"


def _read(words: str, metric: str | None, value: str, comparator: str = "=", **fields: object) -> Statistic:
    return statistic(words, metric or "", value, "CNY", comparator=comparator, **fields)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("省级智能工厂", "智能工厂", True),
        ("标杆示范", "标杆示范项目", True),
        ("智能算力规模", "算力规模", False),
        ("产业规模", "人工智能产业规模", False),
    ],
)
def test_names_of_which_one_ends_the_other(first: str, second: str, same: bool) -> None:
    assert agree(first, second) is same


def test_the_words_that_a_goal_is_set_are_no_metric() -> None:
    assert metric_of("算力规模目标订") == metric_of("算力规模")
    assert metric_of("目标任务") is None


def test_one_target_with_the_number_before_or_behind_the_noun() -> None:
    first = target("建设智能工厂200家", "智能工厂", "200", region="广东", by_day="2027-12-31")
    second = target("2027年前建成200家省级智能工厂", "省级智能工厂", "200", by_day="2027-12-31")
    assert _targets(first, second) == "same"
    assert _targets(first, target("建成200家", "省级智能工厂", "200", by_day="2026-12-31")) != "same"
    assert _targets(first, target("建成200家", "省级智能工厂", "200", region="河南", by_day="2027-12-31")) != "same"
    assert _targets(first, target("建成200个标杆", "示范标杆", "200", by_day="2027-12-31")) == "open"


def test_a_number_of_few_digits_tells_nothing_where_no_page_says_whose_it_is() -> None:
    told = [
        target(words, "智能工厂", "200", by_day="2027-12-31") for words in ("建设智能工厂200家", "建成200家智能工厂")
    ]
    assert _targets(*told) == "open"


def test_a_goal_without_its_metric_is_that_of_the_same_body() -> None:
    first = target("产业规模达到3400亿元", "人工智能核心产业规模", "3400", "CNY", region="广东", by_day="2027-12-31")
    again = target("比年初的3400亿元目标多出百亿元", None, "3400", "CNY", region="广东", by_day="2027-12-31")
    assert _targets(first, again) == "same"
    assert _targets(first, target("3400亿元目标", None, "3400", "CNY", by_day="2027-12-31")) == "open"


def test_a_rounded_number_of_the_same_day() -> None:
    exact = _read("云岭人工智能核心产业规模为2860", "云岭人工智能核心产业规模", "2860", as_of=_YEAR)
    rough = _read("人工智能核心产业规模近2900", "人工智能核心产业规模", "2900", "~<", as_of=_YEAR)
    assert _statistics(exact, rough) == "same"
    assert _statistics(exact, _read("规模近2900", "人工智能核心产业规模", "2900", as_of=_YEAR)) == "open"
    assert _statistics(exact, _read("规模近3000", "人工智能核心产业规模", "3000", "~<", as_of=_YEAR)) == "open"


def test_the_same_number_in_the_news_of_one_week() -> None:
    first = _read("签约总额326亿元", "签约总额", "326")
    second = _read("共签约项目87个、总金额约326亿元", "总金额", "326")
    assert _statistics(first, second) == "same"
    assert _statistics(first, second, ("2028-01-15", "2028-03-15")) == "open"
    assert _statistics(first, _read("投资326亿元", "总投资", "326")) == "open"


def test_rows_of_days_stay_apart() -> None:
    told = [_read(f"3月{day}日主力资金净流入{value}万元", "资金", "326") for day, value in ((8, 326), (9, 326))]
    other = _read("主力资金净流入326万元", "主力资金", "326")
    assert _statistics(told[0], other) == "open"


_CENTRE = "标题\n来源：岚讯网 2026-03-{day}\n3月{day}日，岚州云岭智算中心{phase}期投入运行。{more}\n"


def test_phases_of_a_centre_are_apart_and_told_by_the_page() -> None:
    pages = {
        "one": _CENTRE.format(day=10, phase="一", more="一期智能算力规模2000P。"),
        "two": _CENTRE.format(day=11, phase="一", more=""),
        "three": _CENTRE.format(day=12, phase="二", more="二期智能算力规模3000P。"),
    }
    found = [thing.pages for thing in shelf(pages).things() if thing.kind == "compute"]
    assert sorted(found) == [1, 2]


def test_batches_of_scenarios() -> None:
    page = "标题\n来源：岚讯网 2026-03-{day}\n{words}\n"
    pages = {
        "one": page.format(day=10, words="岚州市发布首批365个应用场景。"),
        "two": page.format(day=12, words="刚刚公布的首批365个应用场景引来企业围观。"),
        "three": page.format(day=14, words="岚州市发布第二批365个应用场景。"),
    }
    found = [thing.pages for thing in shelf(pages).things() if thing.kind == "scenario"]
    assert sorted(found) == [1, 2]


def test_the_whole_province_is_the_only_one_that_the_page_names() -> None:
    page = card(regions={"浙江": "330000", "浙江省": "330000", "杭州市": "330100", "北京市": "110000"})
    assert territory_of("全省", page) == "330000"
    assert territory_of("该市", page) is None
    assert territory_of("浙江省", page) is None
    assert territory_of("全市", card(regions={"重庆市": "500000"})) == "500000"


def test_a_target_of_the_whole_province_is_answered_on_its_own_page() -> None:
    told = "浙江省提出，到2027年全省算力规模达到50EFLOPS。去年底，全省算力规模为20EFLOPS。"
    page = f"标题\n来源：岚讯网 2026-03-12\n{told}\n"
    things = shelf({"one": page}).things()
    slots = {thing.kind: thing.slots for thing in things if thing.kind in ("target", "statistic")}
    assert "算力规模|330000|FLOPS" in slots["target"]
    assert slots["statistic"] == ("算力规模|330000|FLOPS",)


def test_the_whole_province_is_that_of_all_places_of_a_page_that_names_none() -> None:
    page = card(regions={"杭州市": "330100", "宁波市": "330200"})
    assert territory_of("全省", page) == "330000"
    assert territory_in("截至8月底，全省示范产线34条", page) == "330000"
    assert territory_in("全市示范产线34条", page) is None
    assert territory_of("全省", card(regions={"杭州市": "330100", "南京市": "320100"})) is None


def test_near_are_the_one_province_and_the_one_city_of_a_page() -> None:
    assert nearby(card(regions={"余杭区": "330110", "杭州市": "330100"})) == ("330000", "330100")
    assert nearby(card(regions={"浙江": "330000"})) == ("330000",)
    assert nearby(card(regions={"浙江": "330000", "杭州市": "330100"})) == ("330000", "330100")
    assert nearby(card(regions={"杭州市": "330100", "南京市": "320100"})) == ()
    assert nearby(card(homes={"市": "place:岚州市"})) == ("place:岚州市",)


@pytest.mark.parametrize(
    ("regions", "metric", "holds"),
    [
        ({"浙江": "330000"}, "产线", "same"),
        ({"杭州市": "330100", "宁波市": "330200"}, "产线", "same"),
        ({"江苏": "320000"}, "产线", "open"),
        ({"浙江": "330000", "江苏": "320000"}, "产线", "open"),
        ({"浙江": "330000"}, "项目", "open"),
        ({"浙江": "330000"}, "数据集", "open"),
    ],
)
def test_a_goal_that_is_told_again_is_of_the_place_of_its_page(
    regions: dict[str, str], metric: str, holds: str
) -> None:
    linking = target_linking()
    first = target("示范产线达到50条", "示范产线", "50", region="浙江", by_day="2027-12-31")
    again = target(f"2027年50条{metric}的目标", metric, "50", by_day="2027-12-31")
    one, other = target_profile(first, card()), target_profile(again, card(regions=regions))
    assert set(linking.keys(one)) & set(linking.keys(other))
    assert linking.judge(one, other).holds == linking.judge(other, one).holds == holds


@pytest.mark.parametrize(
    ("metric", "value", "holds"), [("产线", "34", "same"), ("", "34", "open"), ("", "345", "same")]
)
def test_a_number_that_is_told_again_is_of_the_place_of_its_page(metric: str, value: str, holds: str) -> None:
    linking = statistic_linking()
    first = statistic(f"浙江示范产线{value}条", "示范产线", value, region="浙江")
    again = statistic(f"其中，已有{value}条", metric, value)
    one = statistic_profile(first, card("2028-01-15"))
    other = statistic_profile(again, card("2028-01-18", regions={"杭州市": "330100", "宁波市": "330200"}))
    assert set(linking.keys(one)) & set(linking.keys(other))
    assert linking.judge(one, other).holds == holds


def _things(kind: str, **texts: str) -> list[int]:
    """How many pages tell of each thing of a kind, the least first."""
    head = "标题\n来源：岚讯网 2026-03-{day}\n"
    pages = {name: head.format(day=10 + number) + words for number, (name, words) in enumerate(texts.items())}
    return sorted(thing.pages for thing in shelf(pages).things() if thing.kind == kind)


def test_a_centre_is_one_under_its_long_name_and_where_it_is_pointed_at() -> None:
    first = "岚州人工智能计算中心二期开工。二期设计算力3000P。\n"
    second = "岚州市智算中心二期投入运营，新增智能算力3000P。\n"
    assert _things("compute", one=first, two=second) == [2]


def test_numbers_of_a_phase_are_told_of_it() -> None:
    first = "岚州智算中心三期规划智能算力8000P，总投资36亿元，计划三季度开工。\n"
    second = "岚州智算中心的三期工程规划智能算力8000P，总投资36亿元。二期规划智能算力约8000P，总投资约36亿元。\n"
    assert _things("statistic", one=first, two=second) == [1, 1, 2, 2]


def test_two_numbers_side_by_side_are_those_of_another_page() -> None:
    told = "本届展会共签约项目103个，总金额412亿元。\n"
    assert _things("statistic", one=told, two="三天的展会促成103个项目签约，涉资412亿元。\n") == [2, 2]
    assert _things("statistic", one=told, two="全市有学校103个，税收412亿元。\n") == [2, 2]
    assert _things("statistic", one="全市有学校13个、医院61个。\n", two="来了13个团队、61个选手。\n") == [1, 1, 1, 1]


def test_data_sets_of_a_batch() -> None:
    first = "1月8日，岚江省数据局发布首批行业高质量数据集27个。\n"
    second = "岚江省数据局表示，41个行业数据集亮相，加上年初的首批27个，已有68个数据集。\n"
    assert 2 in _things("dataset", one=first, two=second)


def test_growth_is_that_of_the_number_before() -> None:
    first = "全市机器人产业核心规模达到2860亿元，增长23.8%。\n"
    second = "2025年机器人产业核心规模近2900亿元，同比增速达23.8%。\n"
    assert 2 in _things("statistic", one=first, two=second)


def test_phases_of_centres_without_names_are_alone() -> None:
    first = "甲区的智算中心已开工。二期工程5月8日开工。\n"
    second = "乙区的智算中心已开工。二期工程7月9日开工，投资很大。\n"
    assert 2 not in _things("compute", one=first, two=second)


def test_the_whole_province_of_another_page_is_another_province() -> None:
    told = "到2027年，全省建成行业语料库60个"
    one = target("浙江建成行业语料库60个", "行业语料库", "60", region="浙江", by_day="2027-12-31")
    assert _targets(one, target(told, "行业语料库", "60", by_day="2027-12-31")) == "open"
    assert _targets(one, target("到2027年，建成行业语料库60个", "行业语料库", "60", by_day="2027-12-31")) == "same"


def test_an_aim_of_two_characters_is_told_by_its_clause() -> None:
    head = "岚州部署智算中心建设\n来源：岚州晚报 2026-03-10 10:20\n"
    books = shelf(
        {
            "one": head + "衡川智算中心三期将于今年四季度投产。岚州将继续建设人工智能算力平台。",
            "two": head + "据介绍，衡川智算中心三期将于今年四季度投产。人工智能企业可以申请试用。",
            "three": head + "云岭智算中心二期将于今年四季度投产。人工智能企业可以申请试用。",
        }
    )
    assert ["one", "two"] in grouped(books, "target")
    assert ["three"] in grouped(books, "target")


def test_a_thing_is_called_on_one_line() -> None:
    linking = target_linking()
    profile = target_profile(target("衡川智算中心将于\n年底投产", None, "2", by_day="2027-12-31"), card())
    assert linking.name_of(profile) == "衡川智算中心将于年底投产"
