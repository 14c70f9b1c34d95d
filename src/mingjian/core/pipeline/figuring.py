"""Targets and statistics of one page: those of its tables, and those of its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

import msgspec

from mingjian.core.annotate.figures import Setting, annotate_figures
from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.tabular import annotate_tables
from mingjian.core.model.annotation import Anchor, Quantity, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Policy, Statistic, Target
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.scenes import read_scenes

_place = attrgetter("evidence.start")


class Numbers(msgspec.Struct, frozen=True):
    """What the page counts and dates, and from which day it speaks."""

    quantities: Sequence[Quantity]
    times: Sequence[TimeExpression]
    anchor: Anchor


def find_figures(
    article: Article,
    rules: Mapping[str, GroupFindings],
    numbers: Numbers,
    names: Names,
    documents: tuple[Sequence[Policy], Policy | None],
) -> tuple[tuple[Target, ...], tuple[Statistic, ...]]:
    """The targets and the statistics, in page order; ``documents``: all that the page names, and its own."""
    policies, own = documents
    times, anchor = numbers.times, numbers.anchor
    scenes = read_scenes(article, rules["figures"], numbers.quantities, times, names, anchor)
    measured = annotate_measured(numbers.quantities, scenes, rules["measuring"])
    targets, statistics, rows = annotate_tables(article, rules["figures"], times, own, anchor)
    told = annotate_figures(rules["figures"], measured, scenes, Setting(policies, own, rows))
    return tuple(sorted((*targets, *told[0]), key=_place)), tuple(sorted((*statistics, *told[1]), key=_place))
