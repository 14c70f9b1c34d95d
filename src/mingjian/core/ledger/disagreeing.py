"""What mentions of a thing claim of a field of which only one value can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import Said
from mingjian.core.ledger.answering import counted, slot_told
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.bounds import Figure, agree, figure_of, same_aim
from mingjian.core.ledger.building import Day, cite_part, cite_span
from mingjian.core.ledger.citing import cite_printed
from mingjian.core.ledger.dating import bounds_of, exclude, iso_of
from mingjian.core.ledger.policies import dates_told
from mingjian.core.ledger.resolving import members_by
from mingjian.core.link.things.answering import first_told
from mingjian.core.link.things.policies import policy_profile
from mingjian.core.link.things.titles import number_of
from mingjian.core.model.facts import Event, Normalized, Person, Policy, Post, Statistic
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.outcome import value_of
from mingjian.core.model.resources import Compute, Dataset, Fund
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.folding import fold

_TOLD_CHANGES = ("former", "appointed", "proposed", "removed", "acting")


class Claim(msgspec.Struct, frozen=True):
    """A value that a mention claims; ``key`` is what is compared, ``nearer``: it comes from where the value is made."""

    member: Member
    cell: Cell[str]
    key: Any = None
    nearer: bool = False

    @property
    def day(self) -> str | None:
        """The day on which the page was published, where it is known."""
        return self.member.page.published_on


class Disputed(msgspec.Struct, frozen=True):
    """A field with what is claimed of it; ``excludes`` tells whether two claims cannot both hold."""

    field: str
    claims: Sequence[Claim]
    excludes: Callable[[Claim, Claim], bool]
    happened: tuple[str | None, str | None] = (None, None)


def is_of(member: Member, body: str | None) -> bool:
    """Whether the page was published by this body."""
    if body is None:
        return False
    names = (value_of(outcome) for outcome in (member.page.publisher, member.page.source))
    return body_called(member.page, body) in {body_called(member.page, name) for name in names if name}


def figures_exclude(one: Claim, other: Claim) -> bool:
    """Whether two figures cannot be one number."""
    return isinstance(one.key, Figure) and isinstance(other.key, Figure) and not agree(one.key, other.key)


def aims_exclude(one: Claim, other: Claim) -> bool:
    """Whether two targets cannot aim at one number."""
    return isinstance(one.key, Figure) and isinstance(other.key, Figure) and not same_aim(one.key, other.key)


def figure_claim(member: Member, figure: Figure, span: Span | None, *, nearer: bool) -> Claim:
    """The claim of a number, in its words."""
    span = span or member.fact.evidence
    return Claim(member, Cell(span.text, (cite_span(member, span),)), figure, nearer)


def figures_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The numbers of a series that are told as of one day."""
    del books, thing, day
    days: dict[tuple[str, str], list[Claim]] = {}
    for member in members:
        fact: Statistic = member.as_fact(Statistic)
        figure = figure_of(fact.normalized, fact.comparator)
        slot = slot_told(member)
        if figure is not None and slot is not None and fact.as_of is not None and fact.as_of.end is not None:
            nearer = is_of(member, fact.source_body)
            alike = (fact.as_of.end, f"{slot} {counted(member)}")
            days.setdefault(alike, []).append(figure_claim(member, figure, fact.value_span, nearer=nearer))
    for (end, _), claims in sorted(days.items()):
        yield Disputed(f"value@{end}", claims, figures_exclude, (end, end))


def documents_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The numbers of a document, and the days of each of its stages."""
    yield from stages_claimed(members)
    others = _misnumbered(books, thing, members[0], day)
    if all(first_told(thing) < first_told(other) for other, _ in others):
        numbered = [each for each in (*members, *chain.from_iterable(told for _, told in others)) if _number(each)]
        yield Disputed("document_number", [_number_claim(each) for each in numbered], _numbers_exclude)


def stages_claimed(members: Sequence[Member]) -> Iterator[Disputed]:
    """The days of each stage of a document."""
    for name, told in dates_told(members).items():
        yield Disputed(f"date.{name}", [_dated(each) for each in told], _days_exclude, _span_of(told))


def may_be_misnumbered(members: Sequence[Member]) -> bool:
    """Whether any mention tells the number of a document: only then another may be its slip."""
    return any(map(_number, members))


def _misnumbered(books: Books, thing: Thing, member: Member, day: Day) -> list[tuple[Thing, Sequence[Member]]]:
    """Documents that are this one but for their number, which is of the same organ and year: one of them is a slip."""
    found: dict[str, tuple[Thing, Sequence[Member]]] = {}
    for slot in thing.slots:
        for other in books.in_slot("policy", slot):
            members = members_by(books, other.id, day) if other.id != thing.id else ()
            if members and any(_is_slip(member, each) for each in members):
                found[other.id] = (other, members)
    return sorted(found.values(), key=lambda each: first_told(each[0]))


def _is_slip(member: Member, other: Member) -> bool:
    one = policy_profile(member.as_fact(Policy), member.page)
    two = policy_profile(other.as_fact(Policy), other.page)
    alike = (one.core, one.place, one.years, one.edition) == (two.core, two.place, two.years, two.edition)
    if not alike or one.number is None or two.number is None or not set(one.issuers) & set(two.issuers):
        return False
    return one.number != two.number and one.number.rpartition("]")[0] == two.number.rpartition("]")[0]


def _number(member: Member) -> str | None:
    fact: Policy = member.as_fact(Policy)
    return fact.doc_no


def _number_claim(member: Member) -> Claim:
    number = _number(member)
    return Claim(
        member, Cell(number, cite_printed(member, "doc_no", number)), number_of(number), member.page.is_document
    )


def _numbers_exclude(one: Claim, other: Claim) -> bool:
    return None not in (one.key, other.key) and bool(one.key != other.key)


def _dated(told: Said[str]) -> Claim:
    return Claim(
        told.member, Cell(told.value, told.cites, basis="normalised"), told.value, told.member.page.is_document
    )


def _days_exclude(one: Claim, other: Claim) -> bool:
    return exclude(one.key, other.key)


def _span_of(told: Sequence[Said[str]]) -> tuple[str | None, str | None]:
    days = [bounds_of(each.value) for each in told]
    firsts, lasts = ([day for day in ends if day] for ends in (zip(*days, strict=True) if days else ((), ())))
    return min(firsts, default=None), max(lasts, default=None)


def dates_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The dates of an event, where what one mention tells contradicts what the others say together."""
    del day
    date = books.date_of(thing.id)
    if date is None or not date.against:
        return
    held = {member.ref: member for member in members}
    claims = [_event_date(held[ref]) for ref in chain(date.by, date.against) if ref in held]
    dated = [claim for claim in claims if claim is not None]
    yield Disputed("date", dated, _days_exclude, (date.start, date.end))


def _event_date(member: Member) -> Claim | None:
    fact: Event = member.as_fact(Event)
    value = iso_of(fact.date.start, fact.date.end)
    if value is None:
        return None
    words = cite_span(member, fact.date_span or fact.evidence)
    return Claim(member, Cell(value, (words,), basis="normalised"), value)


def posts_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The titles of a person at each body: pages that name none in common, where no word tells of a change.

    Whoever any page gives both titles holds both.
    """
    del books, thing, day
    bodies: dict[str, list[tuple[Member, Post]]] = {}
    for member in members:
        fact: Person = member.as_fact(Person)
        for post in fact.posts:
            if post.title and post.affiliation:
                body = fold(body_called(member.page, post.affiliation))
                bodies.setdefault(body, []).append((member, post))
    for body, held in sorted(bodies.items()):
        pages: dict[str, set[str]] = {}
        for member, post in held:
            pages.setdefault(member.page.id, set()).add(fold(post.title or ""))
        claims = [_post(member, post, pages) for member, post in held if post.status not in _TOLD_CHANGES]
        changed = any(post.status in _TOLD_CHANGES for _, post in held)
        yield Disputed(f"title@{body}", () if changed else claims, _titles_exclude)


def _post(member: Member, post: Post, pages: Mapping[str, set[str]]) -> Claim:
    title = fold(post.title or "")
    beside = frozenset[str]().union(*(titles for titles in pages.values() if title in titles))
    span = post.title_span or member.fact.evidence
    return Claim(member, Cell(post.title, (cite_span(member, span),)), (title, beside), is_of(member, post.affiliation))


def _titles_exclude(one: Claim, other: Claim) -> bool:
    """Whether no page gives both titles, nor either of them beside a third that goes with the other."""
    return not one.key[1] & other.key[1]


def amounts_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The amounts of a fund, of compute or of data, at each of its stages and counted alike."""
    del books, thing, day
    told: dict[tuple[str, str], list[Claim]] = {}
    for member in members:
        fact = member.fact
        for name, number, alike in _amounts(fact):
            figure = figure_of(number, "=")
            if figure is not None:
                words = cite_part(member, name)
                claim = Claim(member, Cell(words[0].text, words), figure, is_of(member, _owner(fact)))
                told.setdefault((name, f"{alike} {figure.unit}"), []).append(claim)
    for (name, _), claims in sorted(told.items()):
        yield Disputed(name, claims, figures_exclude)


def _amounts(fact: object) -> Iterator[tuple[str, Normalized | None, str]]:
    """The amounts of a fact by field, and what must agree for two of them to be compared."""
    if isinstance(fact, Fund) and fact.amount is not None:
        yield "amount", Normalized(fact.amount, None, fact.unit or ""), fact.stage or ""
    elif isinstance(fact, Compute):
        yield "capacity", fact.capacity, f"{fact.stage} {fact.precision}"
    elif isinstance(fact, Dataset):
        yield "size", fact.size, fact.modality or ""


def _owner(fact: object) -> str | None:
    return fact.manager if isinstance(fact, Fund) else fact.owner if isinstance(fact, (Compute, Dataset)) else None
