"""Mentions of events on two pages: one event, or two."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.shelves import grouped, shelf, shelved

from mingjian.core.link.things.events import event_linking
from mingjian.core.link.things.settings import thing_settings
from mingjian.core.link.things.shelf import Shelf

ONE = [
    # a document, named in full and by who issued it
    ("2024-03-20", "云州市政府日前印发《云州市算力券管理办法》。",
     "2024-03-22", "3月12日，云州印发《云州市算力券管理办法》。"),
    ("2024-03-20", "云州市数据局日前印发《云州市算力券管理办法（试行）》。",
     "2024-03-25", "近日，云州市数据局发布《云州市算力券管理办法》。"),
    # other script, other marks
    ("2024-03-20", "云州市数据局日前印发《云州市“算力券”管理办法》。",
     "2024-03-21", "雲州市數據局日前印發《雲州市「算力券」管理辦法》。"),
    # signed, and made public weeks later
    ("2024-03-20", "3月1日，云州市数据局印发《云州市数据标注产业发展方案》。",
     "2024-04-12", "4月10日，云州市数据局发布《云州市数据标注产业发展方案》。"),
    # the year alone, and the month
    ("2024-06-20", "2023年，云州市政府印发《云州市智能制造发展规划》。",
     "2023-09-25", "近日，云州市政府印发《云州市智能制造发展规划》。"),
    # passive, nobody named
    ("2024-03-20", "《云州市智能网联汽车测试管理细则》近日印发。",
     "2024-03-24", "云州市交通运输局近日印发《云州市智能网联汽车测试管理细则》。"),
    # a body adopts it
    ("2024-03-20", "云州市政府常务会议近日审议通过《云州市算力基础设施建设方案》。",
     "2024-03-21", "3月18日，云州市政府常务会议审议通过《云州市算力基础设施建设方案》。"),
    # a meeting under its full and its short name
    ("2024-03-20", "云州市工信局近日召开“智启云州”人工智能应用场景专题推进会。",
     "2024-03-21", "3月18日，云州市工信局召开人工智能应用场景专题推进会。"),
    ("2024-03-20", "3月18日，第三届云州算力大会在云州开幕。", "2024-03-21", "云州算力大会3月18日在云州举行。"),
    # opened on one day, closed on another
    ("2024-03-19", "3月18日，第三届云州算力大会开幕。", "2024-03-21", "3月20日，第三届云州算力大会闭幕。"),
    # planned, then held
    ("2024-03-10", "第三届云州算力大会将于3月18日举行。", "2024-03-19", "3月18日，第三届云州算力大会在云州举行。"),
    # the same body on the same day
    ("2024-03-20", "3月18日，云州市政府常务会议召开。", "2024-03-21", "云州市政府常务会议3月18日召开，研究算力工作。"),
    # … whether it acts itself or somebody leads it
    ("2024-03-20", "国务院总理周岚3月18日主持召开国务院常务会议。",
     "2024-03-21", "3月18日，国务院常务会议研究部署推动算力互联有关工作。"),
    # a yearly name with the year told
    ("2024-12-30", "去年的云州产业创新发展大会在云州举行。",
     "2023-11-25", "2023年11月20日，云州产业创新发展大会举行。"),
    # a programme under its owner's name and without
    ("2024-03-20", "云州市国资委近日启动实施市属国企“AI+”专项行动。",
     "2024-04-02", "云州市国资委3月15日启动“AI+”专项行动。"),
    # things
    ("2024-03-20", "3月18日，云州智算中心二期正式投产。", "2024-03-22", "云州智算中心二期3月18日投产。"),
    ("2024-03-20", "3月18日，云州人工智能产业联盟成立。", "2024-03-22", "云州人工智能产业联盟近日成立。"),
    ("2024-03-20", "青屿软件有限公司3月18日发布青屿大模型V2.0。",
     "2024-03-22", "3月18日，青屿软件有限公司发布青屿大模型V2.0。"),
    # a phase bears the name of the page's one site; planned, then begun; told in an attribute
    ("2024-03-20", "云州智算中心3月18日点亮大屏。云州智算中心去年建成。2024年3月，二期工程开工建设。",
     "2024-03-22", "3月18日，云州智算中心二期开工。"),
    ("2024-02-20", "云州智算中心二期总投资9亿元，计划一季度开工。",
     "2024-03-22", "3月18日，云州智算中心二期开工。"),
    ("2024-03-20", "与会者参观了前天刚刚动工的云州智算中心二期。",
     "2024-05-22", "2024年3月，云州智算中心二期正式开工。"),
    ("2024-02-20", "云州智算中心二期将于今年四季度投产。", "2024-03-22", "雲州智算中心二期將於今年四季度投產。"),
    # one of a row, under the full and the short name of who holds it
    ("2024-03-20", "在18日召开的云州市算力专班第6次周调度会上，专班通报了进度。",
     "2024-03-21", "3月18日，市算力专班的第6次周调度会开了55分钟。"),
    # passed, in the gazette and in the news; in force
    ("2024-03-20", "《云州市算力产业促进条例》已由云州市人民代表大会常务委员会于2024年3月18日通过，现予公布。",
     "2024-03-19", "3月18日，云州市人大常委会会议表决通过《云州市算力产业促进条例》。"),
    ("2024-03-20", "市数据局起草了《云州市算力券管理办法》。本办法自2024年5月1日起施行。",
     "2024-05-02", "5月1日起，《云州市算力券管理办法》正式施行。"),
    # no name, but the same words, number and who acts
    ("2024-03-20", "3月18日，12家云州企业签署人工智能安全自律倡议书。",
     "2024-03-22", "12家云州企业3月18日签署人工智能安全自律倡议书。"),
]  # fmt: skip

TWO = [
    # another year under one name
    ("2024-12-20", "12月12日，云州经济工作会议在云州举行。", "2022-12-20", "12月15日，云州经济工作会议在云州举行。"),
    ("2024-03-20", "3月18日，云州算力大会开幕。", "2023-03-20", "3月17日，云州算力大会开幕。"),
    ("2024-03-20", "第三届云州算力大会近日举行。", "2024-03-22", "第二届云州算力大会近日举行。"),
    ("2024-03-20", "2024年《云州市政府工作报告》近日发布。", "2025-03-20", "2025年《云州市政府工作报告》近日发布。"),
    # a round, a batch
    ("2024-03-20", "云州市近日发布第一批人工智能应用场景清单。",
     "2024-03-28", "云州市近日发布第二批人工智能应用场景清单。"),
    ("2024-03-20", "“星火招聘行动”第四季3月18日启动。", "2024-03-22", "“星火招聘行动”第五季近日启动。"),
    # adoption is not issue, interpretation neither
    ("2024-03-20", "云州市政府常务会议3月18日审议通过《云州市算力券管理办法》。",
     "2024-03-22", "3月18日，云州市政府印发《云州市算力券管理办法》。"),
    ("2024-03-20", "3月18日，云州市数据局解读《云州市算力券管理办法》。",
     "2024-03-22", "3月18日，云州市数据局印发《云州市算力券管理办法》。"),
    ("2024-03-20", "云州市数据局近日起草《云州市算力券管理办法》。",
     "2024-03-22", "云州市数据局近日印发《云州市算力券管理办法》。"),
    # issue is not taking effect
    ("2024-03-20", "3月18日，云州市政府印发《云州市算力券管理办法》。",
     "2024-05-02", "《云州市算力券管理办法》5月1日起正式施行。"),
    # a successor, and another document of the day
    ("2024-03-20", "云州市政府近日印发《云州市人工智能发展行动方案（2024—2026年）》。",
     "2024-03-22", "云州市政府近日印发《云州市人工智能发展行动方案（2021—2023年）》。"),
    ("2024-03-20", "3月18日，云州市政府印发《云州市算力券管理办法》。",
     "2024-03-20", "3月18日，云州市政府印发《云州市数据标注产业方案》。"),
    # plans of one name of two cities
    ("2024-03-20", "深圳市政府近日印发《关于支持人工智能发展的若干措施》。",
     "2024-03-22", "杭州市政府近日印发《关于支持人工智能发展的若干措施》。"),
    # the same document years later is a new one
    ("2020-03-20", "云州市政府近日印发《云州市科技奖励办法》。",
     "2024-03-22", "云州市政府近日印发《云州市科技奖励办法》。"),
    # held every week
    ("2024-03-20", "3月18日，云州市政府常务会议召开。", "2024-03-27", "3月25日，云州市政府常务会议召开。"),
    ("2024-03-20", "云州市政府近日举行新闻发布会。", "2024-03-27", "云州市政府近日举行新闻发布会。"),
    ("2024-03-20", "3月18日，云州市政府新闻办举行新闻发布会。",
     "2024-03-20", "3月18日，清溪市政府新闻办举行新闻发布会。"),
    # a version
    ("2024-03-20", "青屿软件有限公司近日发布青屿大模型V3。", "2024-03-22", "青屿软件有限公司近日发布青屿大模型V3.1。"),
    # one who acts, two partners
    ("2024-03-20", "3月18日，青屿软件有限公司与云州港集团签署战略合作协议。",
     "2024-04-22", "4月20日，青屿软件有限公司与岚山钢铁集团签署战略合作协议。"),
    # amounts
    ("2024-03-20", "云州启航基金近日设立，规模50亿元。", "2024-03-22", "云州智造基金近日设立，规模20亿元。"),
    # two parts of one conference, in one year
    ("2024-06-20", "5月18日，2024年世界算力大会云州峰会开幕。", "2024-07-20", "2024年，世界算力大会岚山论坛举行。"),
    # one office, two people or firms
    ("2024-03-20", "云州市人民检察院日前依法以涉嫌受贿罪对周岚作出逮捕决定。",
     "2024-03-25", "云州市人民检察院日前依法以涉嫌受贿罪对陈屿作出逮捕决定。"),
    ("2024-03-20", "3月18日，云州市市场监管局对青屿软件有限公司罚款20万元。",
     "2024-03-20", "3月18日，云州市市场监管局对岚山钢铁集团罚款20万元。"),
    # meetings of one host whose names end alike
    ("2024-03-20", "3月18日，云州市召开数据要素产业发展工作推进会。",
     "2024-03-22", "近日，云州市召开智能网联汽车应用工作推进会。"),
    # rounds of money
    ("2024-03-20", "青屿软件有限公司近日完成A轮融资。", "2024-03-22", "青屿软件有限公司近日完成B轮融资。"),
    # weeks apart
    ("2024-03-20", "3月18日，云州智算中心开工。", "2024-06-20", "6月18日，云州智算中心开工。"),
    # begun and opened; another phase; a phase of another site
    ("2024-12-20", "云州智算中心二期2024年正式开工。", "2024-12-22", "云州智算中心二期2024年建成投产。"),
    ("2024-03-20", "3月18日，云州智算中心二期开工。", "2024-03-22", "3月18日，云州智算中心三期开工。"),
    ("2024-03-20", "云州智算中心去年建成。3月18日，二期工程开工建设。",
     "2024-03-22", "清溪智算中心去年建成。3月18日，二期工程开工建设。"),
    # passed by one body, approved by another
    ("2024-06-20", "《云州市算力产业促进条例》已由云州市人民代表大会常务委员会于2024年3月通过。",
     "2024-06-21", "《云州市算力产业促进条例》已由岚山省人民代表大会常务委员会于2024年3月批准。"),
    # a word that names nothing, on a page with one document
    ("2024-03-20", "近日，云州市政府印发《云州市算力券管理办法》。", "2024-03-20",
     "当前，各地纷纷出台政策。专家称应落实《云州市算力券管理办法》。"),
    # bare words
    ("2024-03-20", "会议近日召开。", "2024-03-20", "会议近日召开。"),
    ("2024-03-20", "云州市发展改革委近日联合印发通知。", "2024-03-27", "云州市发展改革委近日联合印发通知。"),
    # held on days that bear no year
    (None, "国务院新闻办公室今天（5月18日）举行新闻发布会。", None, "国务院新闻办公室今天（8月15日）举行新闻发布会。"),
]  # fmt: skip


def _page(day: str | None, words: str) -> str:
    head = f"{day} 09:00 来源：云州日报\n\n" if day else ""
    return f"云州消息一则\n\n{head}{words}这是这篇短稿的最后一句话，没有别的内容。\n"


def _books(first: str | None, words: str, second: str | None, others: str) -> Shelf:
    return shelf({"a": _page(first, words), "b": _page(second, others)})


def _shared(books: Shelf) -> list[str]:
    """The events of which both pages tell."""
    return [thing.name for thing in books.things() if thing.kind == "event" and thing.pages > 1]


@pytest.mark.parametrize(("first", "words", "second", "others"), ONE)
def test_they_are_one_event(first: str | None, words: str, second: str | None, others: str) -> None:
    assert _shared(_books(first, words, second, others))


@pytest.mark.parametrize(("first", "words", "second", "others"), TWO)
def test_they_are_two_events(first: str | None, words: str, second: str | None, others: str) -> None:
    books = _books(first, words, second, others)
    assert {page for thing in books.things() if thing.kind == "event" for page in _pages(books, thing.id)} == {"a", "b"}
    assert not _shared(books)


def _pages(books: Shelf, thing: str) -> set[str]:
    return {member.page.id for member in books.members(thing)}


def test_every_reason_is_worded() -> None:
    linking, reasons = event_linking(), thing_settings().reason
    given = set()
    for case in (*ONE, *TWO):
        pages = shelved({"a": _page(*case[:2]), "b": _page(*case[2:])})
        ones, others = ([each.profile for each in linking.profiles(page.card, page.record)] for page in pages)
        given |= {linking.judge(one, other).reason for one in ones for other in others} - {""}
    assert len(given) > 8
    assert given <= set(reasons)


def test_a_short_name_joins_no_two_meetings() -> None:
    books = shelf(
        {
            "a": _page("2024-03-20", "云州市数据局近日召开数据要素产业发展工作推进会。"),
            "b": _page("2024-03-21", "云州市数据局近日召开智能网联汽车应用工作推进会。"),
            "c": _page("2024-03-22", "云州市数据局近日召开产业发展工作推进会。"),
        }
    )
    assert ["a", "b", "c"] not in grouped(books, "event")
    assert ["a", "b"] not in grouped(books, "event")


def test_a_link_says_why() -> None:
    books = _books("2024-03-20", "3月18日，云州智算中心正式投产。", "2024-03-22", "云州智算中心3月18日投产。")
    thing = next(thing for thing in books.things() if thing.kind == "event")
    (link,) = books.links(thing.id)
    assert (link.verdict.reason, link.verdict.on) == ("same-object", ("云州智算中心",))


def test_what_is_judged_does_not_depend_on_which_comes_first() -> None:
    linking = event_linking()
    for case in (*ONE, *TWO):
        pages = shelved({"a": _page(*case[:2]), "b": _page(*case[2:])})
        ones, others = ([each.profile for each in linking.profiles(page.card, page.record)] for page in pages)
        for one in ones:
            for other in others:
                assert linking.judge(one, other).holds == linking.judge(other, one).holds


def test_one_event_is_found_by_a_key_of_both() -> None:
    linking = event_linking()
    for case in ONE:
        pages = shelved({"a": _page(*case[:2]), "b": _page(*case[2:])})
        ones, others = ([each.profile for each in linking.profiles(page.card, page.record)] for page in pages)
        keys = ({key for profile in profiles for key in linking.keys(profile)} for profiles in (ones, others))
        assert set.intersection(*keys), case
