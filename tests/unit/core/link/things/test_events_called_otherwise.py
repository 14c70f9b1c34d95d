"""One event under a name with a place and without, by number, by post; and what stays apart."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.shelves import grouped, shelf

from mingjian.core.link.things.shelf import Shelf

_PLACES = "岚江省数据局在会上介绍了情况。"
ONE = [
    # 全省 is the page's province
    ("2024-09-13", f"9月12日，全省人工智能产业推进大会在岚州举行。{_PLACES}",
     "2024-09-20", "在上周召开的岚江省人工智能产业推进大会上，企业集体亮相。"),
    # which of a row does not part the name
    ("2024-11-11", "第二届中国（岚州）智算产业博览会11月8日至10日举行。",
     "2024-11-12", "第二届智算产业博览会在岚州落下帷幕。"),
    # a coined name, with the maker's and without
    ("2025-04-22", "今日，岚云科技正式发布工业大模型“岚云·观山2.0”。",
     "2025-04-25", "岚云科技4月22日发布“观山2.0”。"),
    # a round with its sum and without
    ("2025-05-12", "青屿软件有限公司近日宣布完成2.6亿元B轮融资。",
     "2025-05-20", "青屿软件有限公司5月官宣B轮融资。"),
    # one person, one post
    ("2025-09-04", "9月3日，岚州市人大常委会任命顾南乔为岚州市数据局局长。",
     "2025-09-08", "日前，市数据局原副局长顾南乔被任命为局长。"),
    # repealed: told by title, and by number
    ("2026-09-10", "新版印发。2024年9月印发的原行动计划（岚政发〔2024〕18号）同时废止。",
     "2026-09-12", "《岚江省推进智能制造行动计划（2024—2027年）》（岚政发〔2024〕18号）同时废止。"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "words", "second", "others"), ONE)
def test_one_event_called_otherwise(first: str, words: str, second: str, others: str) -> None:
    assert ["a", "b"] in grouped(_shelf(first, words, second, others), "event")


TWO = [
    # each province has its own
    ("2024-09-13", "9月12日，岚江省人工智能产业推进大会举行。",
     "2024-09-13", "9月12日，澜山省人工智能产业推进大会举行。"),
    ("2024-09-13", f"9月12日，全省人工智能产业推进大会举行。{_PLACES}",
     "2024-09-20", "在本月召开的澜山省人工智能产业推进大会上，企业集体亮相。"),
    # to be named to a post, and to leave it
    ("2025-09-04", "9月3日，岚州市人大常委会任命顾南乔为岚州市数据局局长。",
     "2025-09-05", "9月3日，岚州市人大常委会免去顾南乔的岚州市数据局局长职务。"),
    # issued, and repealed
    ("2024-09-20", "9月19日，岚江省政府印发《岚江省智能制造行动计划》。",
     "2024-09-21", "《岚江省智能制造行动计划》同时废止。"),
    # one of a row, and one of which no year is told
    ("2022-11-19", "11月18日，岚洋合作组织第二十九次领导人会晤在岚州举行。",
     "2025-11-10", "各方祝贺岚州成功举办岚洋合作组织领导人会晤。"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "words", "second", "others"), TWO)
def test_two_events_called_alike(first: str, words: str, second: str, others: str) -> None:
    assert ["a", "b"] not in grouped(_shelf(first, words, second, others), "event")


def _shelf(first: str, words: str, second: str, others: str) -> Shelf:
    return shelf({"a": f"来源：岚讯网 {first}\n{words}", "b": f"来源：岚讯网 {second}\n{others}"})
