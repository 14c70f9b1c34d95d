"""Regions side by side."""

from __future__ import annotations

from tests.unit.core.ledger.invented import PLAN, RESULT, page
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.comparing import compare
from mingjian.core.model.ledger.comparison import Comparison
from mingjian.core.model.things import ThingDecision

CHINA, GUANGDONG, BEIJING, HENAN = "156", "440000", "110000", "410000"
_HENAN = page(
    "中州发布算力方案",
    "2024-03-10",
    "岚讯网",
    "3月9日，河南省人民政府印发《河南省算力提升方案》。方案提出，到2026年，河南省智能算力规模超过2000PFLOPS，算力规模达到120EFLOPS。",
)
_NATIONAL = page(
    "算力发展有了目标",
    "2024-04-11",
    "岚讯网",
    "国务院印发《算力高质量发展规划》。规划提出，到2025年，全国智能算力规模达到900EFLOPS。"
    "截至2023年底，我国智能算力规模达到70EFLOPS，其中广东省智能算力规模达到9EFLOPS。",
)

_DAY = Day("2027-01-01")


def compared(metric: str, day: Day = _DAY) -> Comparison:
    """The pages set side by side."""
    return compare(shelf({"plan": PLAN, "result": RESULT, "henan": _HENAN}), metric, (GUANGDONG, BEIJING, HENAN), day)


def test_all_regions_stand_in_one_unit_and_who_has_no_target_is_told() -> None:
    found = compared("智能算力规模")
    assert (found.metric, found.unit) == ("智能算力规模", "EFLOPS")
    assert [(one.name, str(one.target.value), one.target.missing) for one in found.regions] == [
        ("广东省", "30", None),
        ("北京市", "None", "no-target"),
        ("河南省", "2", None),
    ]
    assert [str(one.statistic.value) for one in found.regions] == ["35", "None", "None"]
    assert [one.status.value for one in found.regions[0].targets] == ["met"]


def test_other_metrics_stand_apart() -> None:
    (henan,) = (one for one in compared("算力规模").regions if one.region == HENAN)
    assert [str(one.value.value) for one in henan.targets] == ["120"]
    assert [(one.metric.value, str(one.value.value)) for one in henan.alike] == [("智能算力规模", "2")]


def test_a_metric_goes_by_all_its_names() -> None:
    assert compared("智算规模").metric == "智能算力规模"


def test_what_was_not_known_is_not_compared() -> None:
    (guangdong, _, henan) = compared("智能算力规模", Day("2024-01-01", known=True)).regions
    assert (str(guangdong.target.value), guangdong.statistic.missing) == ("30", "no-statistic")
    assert henan.target.missing == "no-target"


def test_the_country_stands_beside_provinces_with_what_is_told_of_all_of_it() -> None:
    books = shelf({"plan": PLAN, "result": RESULT, "henan": _HENAN, "national": _NATIONAL})
    found = compare(books, "智能算力规模", (CHINA, GUANGDONG, HENAN), _DAY)
    told = {
        one.name: ([str(each.value.value) for each in one.targets], [str(each.value.value) for each in one.statistics])
        for one in found.regions
    }
    assert told == {"全国": (["900"], ["70"]), "广东省": (["30"], ["35", "9"]), "河南省": (["2"], [])}


def test_without_a_national_value_the_country_has_none() -> None:
    (china,) = compare(shelf({"plan": PLAN, "result": RESULT}), "智能算力规模", (CHINA,), _DAY).regions
    assert (china.target.missing, china.statistic.missing) == ("no-target", "no-statistic")


def test_a_number_told_of_two_places_counts_for_each_by_its_own_words() -> None:
    """A person made them one; still neither is the other's number."""
    texts = {"plan": PLAN, "national": _NATIONAL}
    apart = shelf(texts)
    refs = [
        apart.members(thing.id)[0].ref
        for thing in apart.find(Asked(kind="target", ai=False))
        if "智能算力" in thing.name
    ]
    books = shelf(texts, [ThingDecision("merge", *sorted(refs))])
    found = compare(books, "智能算力规模", (CHINA, GUANGDONG), _DAY).regions
    assert [[str(one.value.value) for one in region.targets] for region in found] == [["900"], ["30"]]
