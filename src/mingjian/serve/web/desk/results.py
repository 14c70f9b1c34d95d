"""What comes of reviews: the log, agreement of two reviewers, and rules that err, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mingjian.brief.wording import column_label, field_label
from mingjian.core.model.review import Agreement, Review, RuleReviews
from mingjian.serve.web.desk.facts import Said, said_badge, said_shown
from mingjian.serve.web.desk.telling import fact_of
from mingjian.serve.web.links import href
from mingjian.serve.web.parts import Badge
from mingjian.serve.web.words import word

_VERBS = ("accept", "correct", "reject", "add")
_DIGITS = 2


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log: what was said, of which words of which kind, and where to look at it."""

    said: Said
    kind: str
    words: str
    href: str | None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reviewers: how many facts both judged, how often they agreed, and kappa; ``why`` where it is not defined.

    ``verbs`` head the table of what each said; ``table`` has a row for each verb of the one.
    """

    one: str
    other: str
    kind: str
    n: int
    agreed: int
    kappa: str
    why: str
    verbs: tuple[str, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]


class RuleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with what people said of what it made; ``share`` of those judged that were wrong, between 0 and 1."""

    rule: str
    kind: str
    accepted: int
    corrected: int
    rejected: int
    missed: int
    share: float | None
    parts: tuple[tuple[str, int], ...]
    examples: tuple[tuple[Badge, str, str], ...]
    href: str | None


def lines_of_log(reviews: Iterable[Review]) -> tuple[LogLine, ...]:
    """The entries in the order given."""
    return tuple(
        LogLine(
            said=said_shown(one.kind, one),
            kind=field_label(one.kind),
            words=one.anchor.exact,
            href=_href(one),
        )
        for one in reviews
    )


def _href(review: Review) -> str | None:
    """The desk of the fact; nothing of a page that was erased."""
    fact = fact_of(review)
    return f"/review/{review.page}/{fact}" if fact else None


def agreements_shown(found: Iterable[Agreement]) -> tuple[Pair, ...]:
    """Each two reviewers, over all kinds and kind by kind."""
    return tuple(map(_pair, found))


def _pair(one: Agreement) -> Pair:
    labels = tuple(verb for verb in _VERBS if verb in one.table or any(verb in row for row in one.table.values()))
    return Pair(
        one=one.one,
        other=one.other,
        kind="" if one.kind is None else field_label(one.kind),
        n=one.n,
        agreed=one.agreed,
        kappa="" if one.kappa is None else f"{one.kappa:.{_DIGITS}f}",
        why="" if one.why is None else str(word(f"kappa.{one.why}")),
        verbs=tuple(str(word(f"verb.{verb}")) for verb in labels),
        table=tuple(
            (str(word(f"verb.{verb}")), tuple(one.table.get(verb, {}).get(other, 0) for other in labels))
            for verb in labels
        ),
    )


def rules_shown(found: Iterable[RuleReviews], said: Mapping[int, Review]) -> tuple[RuleLine, ...]:
    """The rules in the order given, with the reviews that show where each errs."""
    return tuple(_rule(one, [said[number] for number in one.examples if number in said]) for one in found)


def _rule(one: RuleReviews, examples: Sequence[Review]) -> RuleLine:
    return RuleLine(
        rule=one.rule,
        kind=field_label(one.kind),
        accepted=one.accepted,
        corrected=one.corrected,
        rejected=one.rejected,
        missed=one.missed,
        share=one.errs,
        parts=tuple((column_label(part, one.kind), count) for part, count in one.parts.items()),
        examples=tuple((said_badge(each), each.anchor.exact, _href(each) or "") for each in examples),
        href=href("/review", rule=one.rule, seen="all") if one.rule else None,
    )
