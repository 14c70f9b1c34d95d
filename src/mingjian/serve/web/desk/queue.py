"""The queue of the desk: facts that are worth a look, each with why, and by what they can be narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mingjian.brief.wording import column_label, field_label, ledger_column_label, worded
from mingjian.core.model.facts import Normalized
from mingjian.core.model.review import Queue, QueuedFact, Reason
from mingjian.core.model.span import Pair
from mingjian.core.review.settings import reason_words, review_settings
from mingjian.serve.desk import QueueQuestion, Whose
from mingjian.serve.web.links import href
from mingjian.serve.web.parts import Badge, Choice, Facet, Pager
from mingjian.serve.web.reading.beside import badge_of
from mingjian.serve.web.tiles import provinces
from mingjian.serve.web.words import word

SIZE = 20
_HEAVY = 2.0  # the weight from which on a reason is shown as a warning
_WHOSE: tuple[Whose, ...] = ("nobody", "others", "all")
_AMOUNT = 2  # words of a reason that names a number: the number, and its unit


class ShownReason(msgspec.Struct, frozen=True):
    """Why a fact is worth a look: in a word, of what it speaks, and what that means."""

    badge: Badge
    about: str
    note: str


class QueuedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of the queue: ``cells`` are what the machine read (label and value), ``says`` why it is worth a look.

    ``seen`` is the number of the last review of it; ``gone`` where the page has it no more.
    """

    page: str
    fact: str
    kind: str
    href: str
    words: str
    title: str
    source: str
    published: str
    cells: tuple[tuple[str, str], ...]
    says: tuple[ShownReason, ...]
    badge: Badge | None
    seen: int
    rule: str


def desk_href(page: str, fact: str, question: QueueQuestion, at: int | None, spans: Sequence[Pair] = ()) -> str:
    """The desk of a fact: ``at`` is its place in the queue that the question asks for, counted from 0."""
    lit = ";".join(f"{start},{end}" for start, end in spans)
    address = queue_href(question, f"/review/{page}/{fact}", at=None if at is None else str(at))
    return f"{address}#s={lit}" if lit else address


def queue_href(question: QueueQuestion, path: str = "/review", **other: str | None) -> str:
    """The address of the same question with something otherwise."""
    return href(path, **{**asked_values(question), **other})


def asked_values(question: QueueQuestion) -> dict[str, str | Sequence[str] | None]:
    """What the question asks, as an address spells it."""
    return {
        "kind": question.kinds,
        "region": question.regions,
        "source": question.sources,
        "reason": question.reasons,
        "rule": question.rules,
        "page": question.page or None,
        "seen": None if question.seen == "nobody" else question.seen,
    }


def reasons_shown(kind: str, reasons: Iterable[Reason]) -> tuple[ShownReason, ...]:
    """The reasons in words, the heaviest first."""
    return tuple(
        ShownReason(
            badge=Badge(reason_words(one.slug), "bad" if one.weight >= _HEAVY else "warn"),
            about=_about(kind, one),
            note=str(word(f"reason.{one.slug}")),
        )
        for one in reasons
    )


def _about(kind: str, reason: Reason) -> str:
    """Of what a reason speaks: names of parts by their labels, numbers as people read them."""
    told = reason.about.split()
    if reason.slug == "high-stakes" and len(told) == _AMOUNT and told[0].lstrip("-").replace(".", "").isdigit():
        return worded(msgspec.convert({"value": told[0], "value_max": None, "unit": told[1]}, Normalized, strict=False))
    if reason.slug == "parts-missing":
        return "、".join(column_label(each, kind) for each in told)
    if reason.slug == "pages-disagree" and told:
        return " ".join((ledger_column_label(told[0]), *told[1:]))
    return reason.about


def line_of(one: QueuedFact, address: str, cells: tuple[tuple[str, str], ...], title: str, seen: int) -> QueuedLine:
    """A fact of the queue as a line."""
    return QueuedLine(
        page=one.page,
        fact=one.fact,
        kind=field_label(one.kind),
        href=address,
        words=one.words,
        title=title,
        source=one.source,
        published=(one.published or "")[:10],
        cells=cells,
        says=reasons_shown(one.kind, one.reasons),
        badge=None if one.standing is None else badge_of(one.standing),
        seen=seen,
        rule=one.rule,
    )


def pager_of(question: QueueQuestion, found: Queue, offset: int) -> Pager | None:
    """Where in the queue these facts stand."""
    if not found.facts:
        return None
    last = offset + len(found.facts)
    return Pager(
        first=offset + 1,
        last=last,
        total=max(found.total, last),
        earlier=queue_href(question, offset=str(max(0, offset - SIZE)) if offset > SIZE else None) if offset else None,
        later=queue_href(question, offset=str(last)) if last < found.total else None,
    )


def facets_of(question: QueueQuestion, found: Queue, sources: Mapping[str, int]) -> tuple[Facet, ...]:
    """By what the queue can be narrowed: each choice chooses one value, or lets it go."""
    reasons = {slug: found.by_reason.get(slug) for slug in review_settings().reason if found.by_reason.get(slug)}
    return (
        _facet(question, "reason", {slug: (reason_words(slug), count) for slug, count in reasons.items()}),
        _facet(question, "kind", {kind: (field_label(kind), None) for kind in review_settings().kinds}),
        _facet(question, "region", {one.name: (one.name, None) for one in provinces()}, folded=True),
        _facet(question, "source", {name: (name, count) for name, count in sources.items()}, folded=True),
        *((_facet(question, "rule", {}),) if question.rules else ()),
    )


def whose_shown(question: QueueQuestion) -> tuple[tuple[str, str, bool], ...]:
    """Whose facts can be shown: the words for it, its address, and whether they are shown."""
    return tuple(
        (
            f"review.seen_{whose}",
            queue_href(question, seen=None if whose == "nobody" else whose),
            whose == question.seen,
        )
        for whose in _WHOSE
    )


def _facet(
    question: QueueQuestion, name: str, known: Mapping[str, tuple[str, int | None]], *, folded: bool = False
) -> Facet:
    given = asked_values(question)[name]
    chosen = tuple(given) if isinstance(given, tuple) else ()
    values = {**{value: (reason_words(value) if name == "reason" else value, None) for value in chosen}, **known}
    choices = tuple(
        Choice(
            label=label,
            href=href("/review", **{**asked_values(question), name: _without(chosen, value)}),
            count=count,
            chosen=value in chosen,
        )
        for value, (label, count) in values.items()
    )
    called = word(f"review.{name}")
    return Facet(key=name, label=called.zh, english=called.en, choices=choices, folded=folded and not chosen)


def _without(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
