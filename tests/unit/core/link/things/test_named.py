"""People, systems, funds and statements across pages."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from tests.unit.core.link.things.told import card, span

from mingjian.core.link.things.funds import fund_linking, fund_profile
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.people import person_linking, person_profile
from mingjian.core.link.things.resources import report_profile, resource_linkings, system_profile
from mingjian.core.link.things.statements import action_profile, quote_profile, statement_linkings
from mingjian.core.model.facts import Person, Post, Quote
from mingjian.core.model.resources import CompanyAction, Fund, Report, System


def _holds(linking: AnyLinking, one: msgspec.Struct, other: msgspec.Struct) -> str:
    shared = set(linking.keys(one)) & set(linking.keys(other))
    return linking.judge(one, other).holds if shared else "open"


def _person(name: str, *posts: tuple[str | None, str | None]) -> Person:
    held = tuple(Post(affiliation=body, title=title) for body, title in posts)
    body, title = posts[0] if posts else (None, None)
    return Person(evidence=span(name), by="test", name=name, affiliation=body, title=title, posts=held)


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (_person("岑望舒", ("岚州大学", "研究总监")), _person("岑望舒", ("岚州大学", "研究主任")), "same"),
        (_person("岑望舒", ("岚州大学", "教授")), _person("岑望舒", ("岚州大学数据学院", "院长")), "same"),
        (_person("岑望舒", ("岚州大学", "教授")), _person("岑望舒", ("澜山集团", "董事长")), "open"),
        (_person("岑望", (None, "记者")), _person("岑望", (None, "记者")), "open"),
        (_person("岑望舒", ("市科技局", "局长")), _person("岑望舒", ("市科技局", "局长")), "same"),
        (_person("岑望", ("市科技局", "局长")), _person("岑望", ("市科技局", "局长")), "open"),
        (_person("米拉", (None, "总统")), _person("米拉", (None, "总统")), "same"),
        (_person("米拉", (None, "总统")), _person("米拉", (None, "首相")), "open"),
        (_person("李望舒"), _person("李望舒", ("岚州大学", "教授")), "open"),
        (_person("岑望舒"), _person("岑望舒", ("岚州大学", "教授")), "same"),  # few bear such a surname
        (_person("岑望"), _person("岑望", ("岚州大学", "教授")), "open"),
        (_person("李望舒"), _person("李望舒", ("外交部", "部长")), "same"),
        (_person("米拉·甲乙丙", (None, None)), _person("米拉·甲乙丙", ("甲乙公司", "总裁")), "same"),
    ],
)
def test_people(first: Person, second: Person, holds: str) -> None:
    one, other = person_profile(first, card()), person_profile(second, card())
    assert _holds(person_linking(), one, other) == holds


def test_body_that_the_page_names() -> None:
    told = person_profile(_person("李望舒", ("岚云科技", "总裁")), card())
    bare = person_profile(_person("李望舒", (None, "副总裁")), card())
    near, far = (msgspec.structs.replace(bare, around=(body,)) for body in ("岚云科技", "澜山集团"))
    assert [_holds(person_linking(), told, each) for each in (near, far)] == ["same", "open"]


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (("岚江省经信厅", "厅长"), ("岚江省经济和信息化厅", "党组书记"), "same"),
        (("省经信厅", "厅长"), ("岚江省经济和信息化厅", "厅长"), "same"),
        (("市数据局", "副局长"), ("岚州市数据局", "局长"), "same"),
        (("市数据局", "局长"), ("岚江省数据局", "局长"), "open"),
        (("岚州市数据局", "局长"), ("澜山市数据局", "局长"), "open"),
        (("岚云科技", "总经理"), ("岚州岚云科技股份有限公司", "董事长"), "same"),
    ],
)
def test_bodies_of_people(first: tuple[str, str], second: tuple[str, str], holds: str) -> None:
    one, other = (person_profile(_person("岑望舒", post), card()) for post in (first, second))
    assert _holds(person_linking(), one, other) == holds


def test_the_place_of_an_organ_is_that_of_the_page() -> None:
    homes = [{"市": "place:岚州市"}, {"市": "place:澜山市"}]
    one, other = (person_profile(_person("岑望舒", ("市数据局", "局长")), card(homes=home)) for home in homes)
    assert _holds(person_linking(), one, other) == "open"


def test_a_person_without_a_firm_is_of_the_one_named_before() -> None:
    near = person_profile(_person("李望舒", (None, "副总裁")), card(), near="岚云科技")
    far = person_profile(_person("李望舒", (None, "副总裁")), card())
    told = person_profile(_person("李望舒", ("岚云科技", "高级副总裁")), card())
    assert [_holds(person_linking(), told, each) for each in (near, far)] == ["same", "open"]


def test_a_person_who_moved_is_one_where_a_page_tells_both() -> None:
    old, new = _person("岑望舒", ("岚州大学", "教授")), _person("岑望舒", ("澜山集团", "董事长"))
    both = _person("岑望舒", ("澜山集团", "董事长"), ("岚州大学", "教授"))
    profiles = [person_profile(one, card()) for one in (old, new, both)]
    judged = [_holds(person_linking(), profiles[2], each) for each in profiles[:2]]
    assert judged == ["same", "same"]


def _of(kind: str) -> AnyLinking:
    every: tuple[AnyLinking, ...] = (fund_linking(), *resource_linkings(), *statement_linkings())
    return next(each for each in every if each.kind == kind)


def _system(name: str, owner: str | None = None) -> System:
    return System(evidence=span(f"{name}上线"), by="test", name=name, kind="platform", owner=owner)


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (_system("“岚云问策”"), _system("岚云问策平台"), "open"),
        (_system("“岚云问策”平台", "岚州市"), _system("岚云问策平台"), "same"),
        (_system("“岚云问策”", "岚云公司"), _system("“岚云问策”", "澜山公司"), "apart"),
        (_system("智能算力平台"), _system("智能算力平台"), "open"),
    ],
)
def test_systems(first: System, second: System, holds: str) -> None:
    one, other = system_profile(first, card()), system_profile(second, card())
    assert _holds(_of("system"), one, other) == holds


def _fund(name: str, amount: str, region: str | None) -> Fund:
    return Fund(evidence=span(f"设立{name}"), by="test", name=name, amount=Decimal(amount), unit="CNY", region=region)


def test_funds() -> None:
    first = fund_profile(_fund("规模1000亿元的人工智能基金群", "1E+11", "深圳"), card())
    assert _holds(_of("fund"), first, fund_profile(_fund("人工智能基金", "100000000000", "深圳"), card())) == "same"
    assert _holds(_of("fund"), first, fund_profile(_fund("人工智能基金", "100000000000", "广州"), card())) != "same"
    assert _holds(_of("fund"), first, fund_profile(_fund("人工智能基金", "50000000000", "深圳"), card())) != "same"


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        ("总规模100亿元的省机器人产业母基金", "岚江省机器人产业投资母基金合伙企业（有限合伙）", "same"),
        ("省机器人产业母基金", "省里的母基金", "same"),
        ("岚江母基金", "省机器人母基金", "same"),
        ("省机器人产业母基金", "省低空经济母基金", "apart"),
        ("省机器人产业母基金", "澜山省机器人产业母基金", "open"),
        ("省机器人产业母基金", "省机器人产业子基金", "open"),
        ("省机器人产业基金二期", "省机器人产业基金三期", "open"),
    ],
)
def test_the_fund_of_a_place(first: str, second: str, holds: str) -> None:
    page = card(homes={"省": "place:岚江省"})
    one, other = (
        fund_profile(_fund(name, amount, None), page) for name, amount in ((first, "1E+10"), (second, "8E+9"))
    )
    assert _holds(_of("fund"), one, other) == holds


def test_reports() -> None:
    def told(name: str, number: str | None = None) -> msgspec.Struct:
        return report_profile(Report(evidence=span(name), by="test", name=name, number=number), card())

    assert _holds(_of("report"), told("《岚州算力发展白皮书（2025年）》"), told("岚州算力发展白皮书(2025)")) == "same"
    assert _holds(_of("report"), told("岚州算力发展白皮书（2025年）"), told("岚州算力发展白皮书（2026年）")) == "apart"
    assert _holds(_of("report"), told("算力规范", "GB/T 1234-2026"), told("算力互联规范", "GB/T1234—2026")) == "same"


def _quote(speaker: str, words: str) -> Quote:
    cue = span("说")
    return Quote(
        evidence=span(words), by="test", speaker=speaker, title=None, affiliation=None, mode="direct", cue_span=cue
    )


def test_quotes() -> None:
    words = "要把算力账算到每一条产线上，先补电网再添机柜，把有限的财力用在企业看得见摸得着的地方。"
    first = quote_profile(_quote("岑望舒", words), card())
    assert _holds(_of("quote"), first, quote_profile(_quote("岑望舒", words[:30]), card())) == "same"
    assert _holds(_of("quote"), first, quote_profile(_quote("会议", words), card())) == "same"
    assert _holds(_of("quote"), first, quote_profile(_quote("闻人晓", words), card())) == "open"
    assert (
        _holds(_of("quote"), first, quote_profile(_quote("岑望舒", "先补电网再添机柜，还有别的许多事情要做"), card()))
        == "open"
    )


def test_one_who_is_quoted_again_in_part() -> None:
    def said(words: str, speaker: str = "岑望舒") -> msgspec.Struct:
        return quote_profile(msgspec.structs.replace(_quote(speaker, words), title="局长"), card())

    whole = said("先修电网再谈机房，别的以后再说，一步一步来。")
    assert _holds(_of("quote"), whole, said("先修电网再谈机房")) == "same"
    assert _holds(_of("quote"), whole, said("是说“先修电网再谈机房”那句吧，现在看只修好了一半多一点")) == "same"
    assert _holds(_of("quote"), whole, said("先修电网再谈机房", "闻人晓")) == "open"
    assert _holds(_of("quote"), whole, said("先修电网再谈机房，钱从哪里来才是眼下最要紧的一件事情")) == "open"


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (("raise", "3亿元B轮融资", None), ("raise", "B轮", "2026-04"), "same"),
        (("raise", "3亿元B轮融资", None), ("raise", "5亿元C轮融资", None), "open"),
        (("release", "新一代工业大模型“岚云·知山2.0”", "2026-03-02"), ("release", "“知山2.0”", None), "same"),
        (("release", "“知山2.0”", None), ("release", "“知山3.0”", None), "open"),
        (("release", "“知山2.0”", "2026-03-02"), ("release", "“知山2.0”", "2026-05-02"), "open"),
        (("sign", "五年期用算协议", None), ("sign", "五年期算力服务协议", "2026-03-02"), "same"),
        (("sign", "战略合作协议", None), ("sign", "战略合作框架协议", None), "open"),
    ],
)
def test_actions_in_other_words(
    first: tuple[str, str, str | None], second: tuple[str, str, str | None], holds: str
) -> None:
    def told(kind: str, thing: str, date: str | None) -> msgspec.Struct:
        words = f"{thing}：{date}"
        action = CompanyAction(
            evidence=span(words), by="test", company="岚云公司", action=kind, kind=kind, object=thing, date=date
        )
        return action_profile(action, card(published_from="2026-03-05"))

    assert _holds(_of("company_action"), told(*first), told(*second)) == holds


def test_actions_of_companies() -> None:
    def told(words: str, kind: str, thing: str, date: str | None) -> msgspec.Struct:
        action = CompanyAction(
            evidence=span(words), by="test", company="岚云公司", action=words, kind=kind, object=thing, date=date
        )
        return action_profile(action, card())

    first = told("岚云公司3月2日发布“问策”大模型", "release", "“问策”大模型", "2026-03-02")
    assert (
        _holds(_of("company_action"), first, told("岚云推出问策大模型", "release", "问策大模型", "2026-03")) == "same"
    )
    assert (
        _holds(_of("company_action"), first, told("岚云升级问策大模型", "release", "问策大模型", "2026-05")) == "open"
    )


def test_a_quote_that_takes_up_an_earlier_one() -> None:
    first = quote_profile(_quote("岑望舒", "数据是矿，规则是路，没有路，矿再富也运不出来。"), card(), {"岑望舒"})
    again = quote_profile(_quote("岑望舒", "还是那句话，数据是矿，规则是路。"), card(), {"岑望舒"})
    other = quote_profile(_quote("岑望舒", "还是那句话，规则是路，先修路。"), card(), {"岑望舒"})
    assert [_holds(_of("quote"), first, each) for each in (again, other)] == ["same", "open"]
