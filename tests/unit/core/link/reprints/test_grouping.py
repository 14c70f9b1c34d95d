from __future__ import annotations

from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, sketch

from mingjian.core.link.reprints.grouping import delay_between, group_pages
from mingjian.core.link.reprints.judging import relate_pages
from mingjian.core.link.reprints.links import components
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.reprints import Decision, Delay, Group, Published

SOURCE = sketch("source", day="2025-03-12T08:00:00+08:00", publisher="甲市日报")
COPY = sketch("copy", day="2025-03-12T09:30:00+08:00", host="b.example")
CUT = sketch("cut", PARAGRAPHS[:3], day="2025-03-13T10:00:00+08:00", source="甲市日报")
ALONE = sketch("alone", OTHER)
PAGES = [CUT, ALONE, COPY, SOURCE]


def grouped(pages: list[Sketch], *decisions: Decision) -> list[Group]:
    return group_pages(pages, relate_pages(pages), decisions)


def ids(groups: list[Group]) -> list[tuple[str, ...]]:
    return [group.pages for group in groups]


def test_the_first_source_leads_its_copies_in_order_of_time() -> None:
    groups = grouped(PAGES)
    assert ids(groups) == [("alone",), ("source", "copy", "cut")]
    source, copy, cut = groups[1].copies
    assert (source.kind, source.parent) == ("source", None)
    assert (copy.kind, copy.parent, copy.delay) == ("reprint", "source", Delay(90, 90))
    assert (cut.parent, cut.after_source) == ("source", Delay(26 * 60, 26 * 60))


def test_a_split_sticks_and_a_merge_sticks() -> None:
    assert ids(grouped(PAGES, Decision("split", "copy", "source"))) == [("alone",), ("copy",), ("source", "cut")]
    merged = grouped(PAGES, Decision("merge", "cut", "alone"))
    assert ids(merged) == [("alone", "source", "copy", "cut")]
    assert merged[0].copies[1].kind == "merged"
    both = grouped(PAGES, Decision("merge", "cut", "alone"), Decision("split", "alone", "copy"))
    assert ids(both) == [("alone",), ("source", "copy", "cut")]


def test_a_series_is_kept_out_of_the_group_of_its_other_number() -> None:
    changed = tuple(text.replace("2.5", "3.1").replace("30%", "25%").replace("412", "377") for text in PARAGRAPHS)
    later = sketch("later", changed, day="2025-03-19")
    excerpt = sketch("excerpt", PARAGRAPHS[3:], day="2025-03-12")
    pages = [SOURCE, later, excerpt]
    for order in (pages, pages[::-1]):
        assert not any({"source", "later"} <= set(group.pages) for group in grouped(order))


def test_components_part_what_does_not_touch() -> None:
    parts = components([page.id for page in PAGES], relate_pages(PAGES), [])
    assert parts == [["alone"], ["copy", "cut", "source"]]


def test_delays_are_as_exact_as_the_times() -> None:
    morning, evening = (
        Published("2025-03-12T08:00:00+08:00", "minute"),
        Published("2025-03-12T20:05:30+08:00", "second"),
    )
    day = Published("2025-03-13", "day")
    assert delay_between(morning, evening) == Delay(725, 725)
    assert delay_between(morning, day) == Delay(960, 960 + 1439)
    assert delay_between(None, day) == Delay()
    assert delay_between(day, day) == Delay(-1439, 1439)


def test_a_page_that_names_its_source_is_a_copy_of_that() -> None:
    earlier = sketch("earlier", day="2025-03-12T07:00:00+08:00", publisher="乙县日报")
    named = sketch("named", day="2025-03-12T09:00:00+08:00", source="甲市日报")
    (group,) = grouped([SOURCE, earlier, named])
    assert group.source == "earlier"
    assert {copy.page: copy.parent for copy in group.copies}["named"] == "source"


def test_an_excerpt_with_an_older_date_joins_what_it_was_cut_from() -> None:
    first = sketch("first", day="2025-03-11")
    older = sketch("older", PARAGRAPHS[3:4], day="2025-03-10")
    changed = sketch("changed", PARAGRAPHS[:4], day="2025-03-12")
    (group,) = grouped([first, older, changed])
    assert set(group.pages) == {"first", "older", "changed"}
    apart = grouped([first, older, changed], Decision("split", "first", "older"))
    assert not any({"first", "older"} <= set(group.pages) for group in apart)


def test_a_merge_overrides_a_series_and_a_split_overrides_a_merge() -> None:
    changed = tuple(text.replace("2.5", "3.1").replace("30%", "25%").replace("412", "377") for text in PARAGRAPHS)
    later = sketch("later", changed, day="2025-03-19")
    assert len(grouped([SOURCE, later])) == 2
    assert ids(grouped([SOURCE, later], Decision("merge", "later", "source"))) == [("source", "later")]
    both = (Decision("merge", "later", "source"), Decision("split", "later", "source"))
    assert len(grouped([SOURCE, later], *both)) == 2


def test_of_two_whole_parents_that_of_the_same_title_is_the_nearer_one() -> None:
    copied = sketch("copied", day="2025-03-12T09:00:00+08:00", source="甲市日报", title="小厂也能用上大机器")
    mirror = sketch("mirror", day="2025-03-12T09:30:00+08:00", source="甲市日报", title="小厂也能用上大机器")
    (group,) = grouped([SOURCE, copied, mirror])
    assert [copy.parent for copy in group.copies] == [None, "source", "copied"]


def test_a_page_that_quotes_an_article_is_no_copy_of_a_cut_copy_of_it() -> None:
    source, cut = sketch("a", (*PARAGRAPHS, *OTHER)), sketch("b", PARAGRAPHS[:3], day="2025-03-13")
    lines = (
        "小厂老板钱某把账本摊在桌上，一笔一笔念给人听，念到电费那一页停了下来，说这一页他背得出。",
        "".join(PARAGRAPHS[:4]),
        "他合上账本说，能省一点是一点，剩下的等年底再算；反正机器夜里也不歇着，人总得歇，隔壁的面馆这时候才刚刚收摊。",
    )
    quoting = sketch("c", lines, title="小厂的账本", day="2025-03-20")
    relations = relate_pages([source, cut, quoting])
    assert {(link.first, link.second): link.kind for link in relations} == {
        ("a", "b"): "reprint",
        ("a", "c"): "partial_reuse",
        ("b", "c"): "reprint",
    }
    assert ids(group_pages([source, cut, quoting], relations)) == [("a", "b"), ("c",)]
