"""The year in the heading of a part of the page holds for its paragraphs."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.core.annotate.reading import article_of, found_in

from mingjian.core.annotate.events import annotate_events
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names
from mingjian.core.rulebook import bundled_rulebook

ANCHOR = Anchor("2026-01-19", "published")
NOBODY = Names(organisations=(), people=(), regions=())


def report(*paragraphs: str, headings: tuple[int, ...]) -> Article:
    """An article whose paragraphs of these numbers are headings."""
    article = article_of(*paragraphs)
    body = [
        msgspec.structs.replace(block, role="heading") if number in headings else block
        for number, block in enumerate(article.body)
    ]
    return msgspec.structs.replace(article, body=tuple(body))


def starts(article: Article) -> list[str | None]:
    return [time.date.start for time in annotate_times(article, bundled_rulebook(), ANCHOR)]


def test_a_month_is_of_the_year_that_heads_its_part() -> None:
    article = report("一、2025年工作情况", "3月发布清单。", "（二）平台", "10月建成平台。", headings=(0, 2))
    assert starts(article) == ["2025-01-01", "2025-03-01", "2025-10-01"]


def test_the_next_heading_of_its_level_ends_the_part() -> None:
    article = report("一、2024年工作情况", "3月发布清单。", "二、下一步打算", "3月举办大赛。", headings=(0, 2))
    assert starts(article)[-1] == "2026-03-01"


@pytest.mark.parametrize(
    ("heading", "bounds"),
    [("一、2025年工作情况", ("2025-01-01", "2025-12-31")), ("一、工作情况", (None, "2026-01-19"))],
)
def test_an_undated_event_lies_in_the_year_of_its_part(heading: str, bounds: tuple[str | None, str]) -> None:
    article = report(heading, "9个场景入选省级典型案例。", headings=(0,))
    times = annotate_times(article, bundled_rulebook(), ANCHOR)
    (event,) = annotate_events(article, found_in("events", article), times, NOBODY, ANCHOR)
    assert (event.date.start, event.date.end) == bounds
