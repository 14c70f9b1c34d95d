from __future__ import annotations

from collections.abc import Iterable

import pytest

from mingjian.core.rulebook.patterns import Characters
from mingjian.core.rulebook.triggers import NoLiteralError, plan_of


def members(characters: Iterable[str]) -> Characters:
    return Characters(frozenset(characters))


def test_a_word_at_the_start() -> None:
    (site,) = plan_of("(?P<trigger>印发|出台)(?:关于)?《").sites
    assert site.literals == {"印发《", "出台《", "印发关于《", "出台关于《"}
    assert (site.least, site.most, site.before, site.after) == (0, 0, None, None)


def test_a_unit_after_a_number() -> None:
    (site,) = plan_of("[0-9]{1,5}(?:多|余)?[十百千万亿]{0,4}元整?").sites
    assert site.literals == {"元"}
    assert (site.least, site.most) == (1, 10)
    assert site.run == members("0123456789多余十百千万亿")
    assert site.before == members("0123456789多余十百千万亿")
    assert site.after is None


def test_a_neighbour_that_must_follow() -> None:
    (site,) = plan_of("超过[0-9]{1,5}(?:家|个)").sites
    assert site.literals == {"超过"}
    assert site.after == members("0123456789")


def test_each_branch_has_a_site_of_its_own() -> None:
    sites = plan_of("(?:第[0-9]{1,3}|[0-9]{1,9}亿元)").sites
    assert [(site.literals, site.least, site.most) for site in sites] == [
        (frozenset({"第"}), 0, 0),
        (frozenset({"亿元"}), 1, 9),
    ]


def test_a_repeated_group_gives_its_first_turn() -> None:
    (site,) = plan_of("(?:第[0-9]{1,3}){1,3}").sites
    assert (site.literals, site.least, site.after) == (frozenset({"第"}), 0, members("0123456789"))


def test_the_rare_word_is_chosen() -> None:
    (site,) = plan_of("的[^。]{0,20}揭牌").sites
    assert site.literals == {"揭牌"}
    assert (site.least, site.most) == (1, 21)


def test_reach_counts_what_is_looked_at_beyond_the_match() -> None:
    assert plan_of("印发(?!给|到了)").reach == 2 + 2 + 2


def test_a_look_ahead_may_hold_the_rare_word() -> None:
    (site,) = plan_of("[^，]{2,6}(?:的|公司)(?=董事长|总裁)").sites
    assert site.literals == {"董事长", "总裁"}
    assert (site.least, site.most, site.after) == (3, 8, None)


def test_neighbours_are_read_from_what_is_looked_at() -> None:
    (site,) = plan_of("(?<=[省市])印发(?=.?[0-9])(?=[甲乙])").sites
    assert (site.least, site.before) == (0, members("省市"))
    (site,) = plan_of("印发(?=[0-9][^，])").sites
    assert site.after == members("0123456789")
    (site,) = plan_of("(?<!省)印发(?=[0-9]|$)").sites
    assert site.before == Characters(frozenset({""}), but=frozenset("省"))
    assert site.after == Characters(frozenset({*"0123456789", "", "\n"}))
    (site,) = plan_of("^印发").sites
    assert (site.before, site.after) == (members({""}), None)


def test_what_a_match_begins_with_and_stands_after() -> None:
    plan = plan_of("(?<![甲乙])(?!一)[一二三]{1,4}印发")
    assert (plan.first, plan.before) == (members("二三"), Characters(frozenset({""}), but=frozenset("甲乙")))
    assert plan_of(".?印发").before is None


@pytest.mark.parametrize("pattern", ["[^0-9]{2}", "印?发?", "印发|.", "(?=印发)", "(?!印发)..", "(?:印发){0,2}"])
def test_a_pattern_without_a_literal_is_refused(pattern: str) -> None:
    with pytest.raises(NoLiteralError):
        plan_of(pattern)
