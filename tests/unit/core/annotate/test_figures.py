from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import article_of, found_in

from mingjian.core.annotate.figures import Setting, annotate_figures
from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import Names, Statistic, Target
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.scenes import read_scenes

ANCHOR = Anchor("2025-03-20", "published")
NOBODY = Names(organisations=(), people=(), regions=())


def figures_in(text: str) -> tuple[tuple[Target, ...], tuple[Statistic, ...]]:
    book = bundled_rulebook()
    article = article_of(text)
    times = annotate_times(article, bundled_rulebook(), ANCHOR)
    quantities = annotate_quantities(article, book, times)
    found = {group: found_in(group, article) for group in ("figures", "measuring")}
    scenes = read_scenes(article, found["figures"], quantities, times, NOBODY, ANCHOR)
    return annotate_figures(
        found["figures"], annotate_measured(quantities, scenes, found["measuring"]), scenes, Setting()
    )


def test_a_deadline_governs_the_clauses_after_it() -> None:
    targets, statistics = figures_in("到2027年，算力规模超过50EFLOPS，培育企业300家；新增数据集达到20个。")
    assert statistics == ()
    assert [target.deadline and target.deadline.end for target in targets] == ["2027-12-31"] * 3
    assert [target.comparator for target in targets] == [">", "=", ">="]
    assert targets[0].evidence.text == "算力规模超过50EFLOPS"
    assert targets[0].metric == "算力规模"


def test_a_state_is_a_statistic_of_its_day() -> None:
    targets, (first, second) = figures_in("截至2024年末，全市已培育421家工厂，产值达90亿元。")
    assert targets == ()
    assert [fact.as_of and fact.as_of.end for fact in (first, second)] == ["2024-12-31", "2024-12-31"]
    assert second.as_of is not None
    assert second.as_of.basis == "shared"


@pytest.mark.parametrize(
    ("text", "targets", "statistics"),
    [
        ("力争培育50家企业。", 1, 0),
        ("公司将投资20亿元建设园区。", 1, 0),
        ("昨天，方案提出，设立规模100亿元的基金。", 1, 0),
        ("平台已接入200家企业。", 0, 1),
        ("部署16项重点任务。", 0, 1),
        ("产量同比增长12%。", 0, 1),
        ("按设备投入的20%给予补助，单家企业最高补助80万元。", 2, 0),
        ("支持企业上云，每家每年不超过30万元。", 1, 0),
        ("三大要素缺一不可，第三个问题是人才。", 0, 0),
    ],
)
def test_kinds(text: str, targets: int, statistics: int) -> None:
    found = figures_in(text)
    assert (len(found[0]), len(found[1])) == (targets, statistics)


def test_a_fall_is_negative_and_cites_its_word() -> None:
    _, (fall,) = figures_in("外贸总额较上月下降283亿美元。")
    assert fall.normalized is not None
    assert fall.normalized.value == Decimal("-28300000000")
    assert fall.value_span is not None
    assert fall.value_span.text == "下降283亿美元"


def test_a_goal_without_a_number_is_qualitative() -> None:
    (goal, *more), _ = figures_in("到2035年，全面建成智能社会，治理水平显著提升。")
    assert goal.value is None
    assert goal.qualitative == "全面建成智能社会"
    assert goal.evidence.text == "到2035年，全面建成智能社会"
    assert [target.deadline and target.deadline.basis for target in more] == ["shared"]


def test_a_goal_that_is_said_before_its_time_keeps_words() -> None:
    for text in ("将推动建成新平台9月", "将建成新平台，11月", "往后将推动兴建一批新厂9月"):
        for goal in figures_in(text)[0]:
            assert goal.qualitative


def test_an_ambition_is_a_goal_but_a_title_is_none() -> None:
    (goal,), _ = figures_in("本市率先建设智能原生城市。")
    assert goal.qualitative == "本市率先建设智能原生城市"
    assert figures_in("会议审议《率先建设智能城市方案》。") == ((), ())


def test_the_same_words_again_are_also_places_of_the_first() -> None:
    _, (only,) = figures_in("平台已接入200家企业。平台已接入200家企业。")
    assert only.evidence.also == ((12, 23),)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("到2027年，全省规模以上制造业企业数字化改造覆盖率不低于80%。", "数字化改造覆盖率"),
        ("到2027年，全市智能装备产业规模超过300亿元。", "智能装备产业规模"),
        ("到2027年，建成智能工厂90家。", "智能工厂"),
        ("到2027年，重点工序数控化率达到70%。", "重点工序数控化率"),
        ("工业增加值同比增长6.1%。", "工业增加值同比增长"),
        ("同比增长6.1%。", "同比增长"),
        ("软件业收入下降3%。", "软件业收入下降"),
        ("平台每天更新3%。", None),
    ],
)
def test_a_metric_begins_with_a_word_and_keeps_the_change(text: str, metric: str | None) -> None:
    targets, statistics = figures_in(text)
    assert [fact.metric for fact in targets] + [fact.metric for fact in statistics] == [metric]


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("项目一期计划2026年5月投产。", ["项目一期计划2026年5月投产"]),
        ("合资公司预计于2025年9月前完成注册；上述预计不构成承诺。", ["合资公司预计于2025年9月前完成注册"]),
        ("受理之日起10个工作日内完成审核。", []),
        ("系统能在5分钟内完成检测。", []),
        ("6月底前价格仍以震荡为主。", []),
        ("去年5月，一期建成投产。", []),
    ],
)
def test_a_goal_without_a_number_names_a_result(text: str, goals: list[str]) -> None:
    assert [target.evidence.text for target in figures_in(text)[0]] == goals


@pytest.mark.parametrize(
    "text",
    [
        "消防员赶到后将23名群众安全转移。",
        "救援队连夜将6名被困村民救出，并将19户居民疏散到安置点。",
        "预计未来3小时岚州北部将出现40毫米以上的短时强降水，局地降温幅度可达9℃。",
        "新机支持 65W 快充。",
    ],
)
def test_what_was_done_foretold_of_the_weather_or_is_built_in_is_no_target(text: str) -> None:
    assert figures_in(text)[0] == ()


def test_what_is_still_to_be_done_for_people_is_a_target() -> None:
    assert len(figures_in("今年将转移安置受灾群众3000人。")[0]) == 1
    assert len(figures_in("年内将有3000名技术人员转移到新区。")[0]) == 1
    assert len(figures_in("支持300家企业上云。")[0]) == 1
