"""Copies, and pages that look like copies, by where the shared text stands."""

from __future__ import annotations

import re

import pytest
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, sketch

from mingjian.core.link.reprints.judging import relate
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.reprints import Relation

WHOLE = sketch("a")
ELSEWHERE = "乙县春管正当时"
AROUND = (
    "我在乙县跑了三天，听到最多的一句话是，机器再聪明也要有人看着，谁都不敢把秧苗全交给它去管。",
    "回来的路上我一直在想，补贴花得值不值，不该只看用了多少台机器，更要看种地的人是不是省了力气、多了收成。",
    "村口的小卖部老板说，他今年也买了一台，不过是用来看店的，晚上终于可以早一点关灯睡觉了。",
)
TOLD = (
    "为了让小厂也用得起算力，甲市这回拿出了真金白银：3月12日公布的办法里，最受关注的是一张用来抵扣费用的券。",
    "细则提出，企业购买智能算力服务的，按合同金额的30%给予补助；若是购买存储或者网络，则按合同金额的15%给予补助，不得重复享受。",
    "该局负责人林某说，去年全市共有412家企业申领算力券，带动消费6.8亿元，今年打算将服务机构从9家扩大到21家。",
    "想申领的企业应当在甲市登记注册，近三年没有严重失信记录。材料通过市政务服务平台提交，受理之日起10个工作日内办完。",
    "在业内人士看来，算力券降低了模型训练的门槛，但好不好用，还要看调度平台能否把各区的机房连成一张网。",
)


def related(one: Sketch, two: Sketch) -> Relation | None:
    found = relate(one, two)
    assert found == relate(two, one)
    return found


def told(one: Sketch, two: Sketch) -> tuple[str, str, str | None] | None:
    found = related(one, two)
    return None if found is None else (found.kind, found.reason, found.reuser)


@pytest.mark.parametrize("title", ["甲市发布算力券实施细则", "小厂也能用上大机器"])
def test_an_article_in_other_words_throughout_is_a_reprint_under_any_title(title: str) -> None:
    assert told(WHOLE, sketch("b", TOLD, title=title, day="2025-03-13")) == ("reprint", "rewritten", None)


def test_an_article_with_the_same_words_long_after_is_none_under_another_title() -> None:
    found = related(WHOLE, sketch("b", TOLD, title="小厂也能用上大机器", day="2025-04-13"))
    assert found is None or found.kind == "partial_reuse"


def test_a_later_article_that_holds_one_passage_of_another_took_it() -> None:
    quoting = sketch("b", (AROUND[0], PARAGRAPHS[1] + PARAGRAPHS[2], AROUND[1]), title=ELSEWHERE, day="2025-03-15")
    assert told(WHOLE, quoting) == ("partial_reuse", "passage", "b")
    same_day = sketch("b", (AROUND[0], PARAGRAPHS[1] + PARAGRAPHS[2], AROUND[1]), title=ELSEWHERE)
    assert told(WHOLE, same_day) == ("shared_release", "own-words-around", None)  # both may have it from a third


def test_two_articles_with_the_same_passages_amid_their_own_words_are_of_one_release() -> None:
    one = sketch("a", (AROUND[0], PARAGRAPHS[0], AROUND[1], PARAGRAPHS[2], AROUND[2]), title=ELSEWHERE)
    two = sketch("b", (OTHER[0], PARAGRAPHS[0], OTHER[1], PARAGRAPHS[2], OTHER[2]), title="甲市的券怎么花")
    assert told(one, two) == ("shared_release", "own-words-around", None)


def test_the_beginning_of_an_article_further_on_in_a_later_one_was_taken() -> None:
    late = sketch("b", (*OTHER, *AROUND, *PARAGRAPHS[:2]), title=ELSEWHERE, day="2025-03-15")
    assert told(WHOLE, late) == ("partial_reuse", "beginning-further-on", "b")
    early = sketch("b", (*OTHER, *AROUND, *PARAGRAPHS[:2]), title=ELSEWHERE, day="2025-03-10")
    found = told(WHOLE, early)
    assert found is None or found[2] != "b"


@pytest.mark.parametrize(
    ("part", "day", "kind"),
    [
        (PARAGRAPHS[:2], "2025-03-12", "reprint"),  # both begin alike
        (PARAGRAPHS[1:3], "2025-03-13", "reprint"),  # taken out of the middle, later
        (
            PARAGRAPHS[1:4],
            "2025-03-12",
            "reprint",
        ),  # on the same day: with nothing else in it, it was hardly quoted yet
        (PARAGRAPHS[1:3], "2025-03-11", "partial_reuse"),  # earlier: the longer page may have taken it in
        (PARAGRAPHS[1:3], "2025-05-12", "partial_reuse"),
    ],
)
def test_a_cut_copy_is_one_under_any_title(part: tuple[str, ...], day: str, kind: str) -> None:
    found = related(sketch("a", (*PARAGRAPHS, *AROUND)), sketch("b", part, title=ELSEWHERE, day=day))
    assert found is not None
    assert found.kind == kind


NOTICE = (
    "因线路改造施工，定于5月{0}日{1}时至17时对{2}部分区域暂停供气，影响范围为{3}及周边用户。",
    "请受影响的用户提前做好准备，暂停期间关好灶具阀门，以免恢复时造成损失；恢复初期如有异味，请开窗通风后再使用。",
    "如遇恶劣天气或施工条件变化，时间可能调整，请留意后续消息。由此带来的不便，敬请谅解。服务热线：96000。",
)


def test_one_notice_with_another_name_in_its_title_and_another_number_is_a_series() -> None:
    def notice(name: str, *filled: str) -> Sketch:
        lines = tuple(line.format(*filled) for line in NOTICE)
        return sketch(name, lines, title=f"关于{filled[2]}部分区域暂停供气的通知", day=f"2025-05-{filled[0]}")

    one = notice("a", "14", "8", "松溪街道", "松溪大道北段、柳园小区")
    two = notice("b", "21", "9", "望桥镇", "望桥老街、粮站家属院、下坝村")
    found = related(one, two)
    assert found is None or found.kind == "series"


LONG = (
    "甲市算力中心一期占地46亩，装机规模380个机柜，总投资9.2亿元，由甲市国投与两家电信企业按5比3比2出资，去年6月开工，今年3月投用。",
    "中心负责人陶某介绍，首批入驻的17家单位以生物医药和装备制造企业为主，签约机柜260个，平均每个机柜年租金4.8万元，低于周边城市一成左右。",
    "为了留住小客户，中心把最小租用单位从整柜降到四分之一柜，并允许按周结算；到3月底，这样的小客户有61家，占签约客户总数的78%。",
    "能耗方面，中心全年平均电能利用效率设计值为1.24，夏季用江水冷却，冬季余热送往西侧的两个小区，预计可供暖11万平方米。",
)
LONG_RETOLD = (
    "机柜也能拆成四份租？在甲市就可以。那块46亩的地去年6月还是工地，今年3月就亮了灯，里头放得下380个机柜，9.2亿元由甲市国投与两家电信企业按5比3比2出资。",
    "谁在用它？首批17家单位以生物医药和装备制造企业为主，签约机柜260个，年租金一个平均4.8万元，陶某说，这个价钱比邻近几座城便宜一成上下。",
    "精打细算的还有小老板们。整柜嫌大，中心就把最小租用单位从整柜降到四分之一柜，并允许按周结算；61家小客户3月底前就这么来了，放到全部客户里看是78%。",
    "省电也有讲究，1.24这个设计值的背后是一条江：夏天拿江水来降温，冬季余热送往西侧的两个小区，大约能管11万平方米的暖气。",
)


def test_an_article_that_gives_the_same_numbers_throughout_is_a_copy_even_if_fewer_bits_were_kept() -> None:
    source = sketch("a", LONG, title="甲市算力中心一期投用")
    assert told(source, sketch("b", LONG_RETOLD, title="机柜拆成四份租", day="2025-03-13")) == (
        "reprint",
        "rewritten",
        None,
    )
    others = {"46": "52", "380": "410", "260": "240", "61": "58", "11": "9", "1.24": "1.3"}
    lines = ["".join(others.get(part, part) for part in re.split(r"([0-9.]+)", line)) for line in LONG_RETOLD]
    found = related(source, sketch("b", tuple(lines), title="机柜拆成四份租", day="2025-03-13"))
    assert found is None or found.kind != "reprint"


@pytest.mark.parametrize("day", ["2025-03-15", "2025-09-20"])
@pytest.mark.parametrize(
    "lines", [(OTHER[0], "".join(PARAGRAPHS[1:4]), OTHER[1]), (*OTHER[:2], "".join(PARAGRAPHS[1:4]))]
)
def test_most_of_a_cut_copy_amid_a_later_articles_own_words_is_no_reprint(lines: tuple[str, ...], day: str) -> None:
    found = related(sketch("a", (*PARAGRAPHS[:4], AROUND[2])), sketch("b", lines, title=ELSEWHERE, day=day))
    assert found is not None
    assert (found.kind, found.reason) == ("partial_reuse", "amid-own-words")
    assert found.reuser == ("b" if len(lines[-1]) < 100 else None)


def test_a_roundup_took_nothing_from_a_page_that_has_the_same_words_amid_its_own() -> None:
    roundup = sketch("a", (*OTHER[:2], PARAGRAPHS[1] + PARAGRAPHS[2]), title="产业要闻汇总", day="2025-03-12")
    quoting = sketch("b", (*AROUND[:2], PARAGRAPHS[1] + PARAGRAPHS[2], AROUND[2]), title=ELSEWHERE, day="2025-09-12")
    assert told(roundup, quoting) == ("partial_reuse", "roundup", None)


def test_under_one_long_title_fewer_bits_make_a_copy() -> None:
    few = (*TOLD[:4], AROUND[2], "现场另设5个窗口，发放7种手册，下午4时结束，来了160人。")
    title = "甲市发布算力券实施细则 小厂也能用上大机器"
    one = sketch("a", title=title)
    found = related(one, sketch("b", few, title=title, day="2025-03-13"))
    assert found is not None
    assert (found.kind, found.reason) == ("reprint", "rewritten")
    assert max(found.contained) < reprint_settings().judging.contained
    elsewhere = related(one, sketch("b", few, title=ELSEWHERE, day="2025-03-13"))
    assert elsewhere is None or elsewhere.kind != "reprint"
