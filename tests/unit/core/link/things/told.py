"""Facts written in a test: a page's card, and words as evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mingjian import extract
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.model.facts import Normalized, Policy, Statistic, Target, TimeBound
from mingjian.core.model.span import Span
from mingjian.core.model.things import PageCard
from mingjian.read.plain import text_page

_SAID = ("subject", "comparator", "value", "value_max", "unit", "value_span")


def card(published: str | None = "2026-03-12", **fields: Any) -> PageCard:
    """A page about nothing, published on a day."""
    line = f"来源：岚讯网 {published}\n" if published else ""
    page = text_page("told", f"标题\n{line}正文在此。".encode())
    whence = Whence(id="told", doc_id="told", address="told", added="2026-04-01T08:00:00Z", group="told")
    found = card_of(extract(page), whence)
    changed = {"published_from": published, "published_to": published, **fields}
    return type(found)(**({name: getattr(found, name) for name in found.__struct_fields__} | changed))


def span(words: str) -> Span:
    """The words as the whole of a page."""
    return Span(0, len(words), words)


def policy(title: str, *issuer: str, **fields: Any) -> Policy:
    """A policy of this title."""
    return Policy(evidence=span(fields.pop("words", title)), by="test", title=title, issuer=issuer, **fields)


def number(value: str, unit: str = "count") -> Normalized:
    """A number in base units."""
    return Normalized(Decimal(value), None, unit)


def statistic(words: str, metric: str, value: str, unit: str = "count", **fields: Any) -> Statistic:
    """A statistic of this metric."""
    given: dict[str, Any] = dict.fromkeys(
        ("subject", "comparator", "value", "value_max", "unit", "value_span", "as_of")
    )
    return Statistic(evidence=span(words), by="test", metric=metric, normalized=number(value, unit), **(given | fields))


def target(words: str, metric: str | None = None, value: str = "", unit: str = "count", **fields: Any) -> Target:
    """A target, in words where no number is given."""
    given: dict[str, Any] = dict.fromkeys(
        ("subject", "comparator", "value", "value_max", "unit", "value_span", "deadline")
    )
    if "by_day" in fields:
        fields["deadline"] = TimeBound("到期", fields.pop("by_day"), "explicit")
    said = {"normalized": number(value, unit)} if value else {"normalized": None, "qualitative": words}
    return Target(evidence=span(words), by="test", metric=metric, **(given | said | fields))
