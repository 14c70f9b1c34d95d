"""What people decided of things, as the mentions that stand now: through other rules, and other versions of a page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from mingjian.core.link.stories.linking import story_of
from mingjian.core.model.corpus import Decision, KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS, MentionRef, ThingDecision, ThingKind
from mingjian.core.storing import StoreReader
from mingjian.errors import StoreError

KINDS: dict[str, Literal["split", "merge"]] = {"split-things": "split", "merge-things": "merge"}
"""The kinds of decisions that speak of things, as the store keeps them, and what they say."""


def thing_decisions(reader: StoreReader) -> list[Decision]:
    """What people decided of things, undone decisions too."""
    return [one for one in reader.decisions() if one.kind in KINDS]


class Resolved(msgspec.Struct, frozen=True):
    """A decision by its number, and what it says of the mentions that stand now: nothing where one of them does not.

    ``addresses`` are those of the two pages, on whose versions and records that depends; empty where one is unknown.
    """

    number: int
    addresses: tuple[str, ...]
    said: ThingDecision | None


def standing_decisions(reader: StoreReader) -> list[ThingDecision]:
    """What people decided of things and did not undo: the last word on each two mentions, where both stand still."""
    return last_words(resolved_decisions(reader))


def last_words(resolved: Iterable[Resolved]) -> list[ThingDecision]:
    """The last word on each two mentions."""
    said: dict[tuple[MentionRef, MentionRef], ThingDecision] = {}
    for one in resolved:
        if one.said is not None:
            said.pop((one.said.first, one.said.second), None)
            said[one.said.first, one.said.second] = one.said
    return list(said.values())


def resolved_decisions(
    reader: StoreReader, known: Mapping[int, Resolved] | None = None, touched: Container[str] = ()
) -> list[Resolved]:
    """The decisions that nobody undid, in order.

    ``known`` are some as they were resolved before; since then only pages of the ``touched`` addresses have changed.
    """
    found = []
    for one in thing_decisions(reader):
        if one.undone is None:
            before = (known or {}).get(one.number)
            still = before is not None and before.addresses and not any(each in touched for each in before.addresses)
            found.append(before if before is not None and still else _resolved(reader, one))
    return found


def _resolved(reader: StoreReader, decision: Decision) -> Resolved:
    refs = [MentionRef.anchored(anchor) for anchor in decision.ids]
    told = [_told(reader, ref) for ref in refs]
    addresses = tuple(page.address for page in told if page is not None)
    if len(addresses) < len(told):
        return Resolved(decision.number, (), None)
    found = [_standing_ref(reader, ref, page) for ref, page in zip(refs, told, strict=True) if page is not None]
    standing = sorted(ref for ref in found if ref is not None)
    both = len(standing) > 1 and standing[0] != standing[1]
    said = ThingDecision(KINDS[decision.kind], *standing) if both else None
    return Resolved(decision.number, addresses, said)


def _told(reader: StoreReader, ref: MentionRef) -> KeptPage | None:
    return next((page for page in reader.find(ref.page, 1) if page.id == ref.page), None)


def _standing_ref(reader: StoreReader, ref: MentionRef, told: KeptPage) -> MentionRef | None:
    """The mention that stands where this one stood: the fact itself, else that of its kind over the same words."""
    standing = next((page for page in reader.versions(told.address) if page.stands), None)
    if standing is None:
        return None
    try:
        pair = ref.pair if standing.id == told.id else _same_words(reader, told, standing, ref.pair)
        record = reader.told(standing.number)
    except StoreError:  # erased or damaged: nobody knows what words these were
        return None
    if pair is None or record is None:
        return None
    facts = _facts_of(record, ref.kind)
    fact = next((fact for fact in facts if fact.id == ref.fact), None) or _over(facts, pair)
    return None if fact is None else MentionRef(standing.id, ref.kind, *fact.evidence.pair, fact.id)


def _facts_of(record: Record, kind: ThingKind) -> Sequence[Fact]:
    """The facts of a kind: of stories the one that the page tells as a whole."""
    if kind in FIELDS:
        facts: Sequence[Fact] = getattr(record, FIELDS[kind])
        return facts
    story = story_of(record)
    return () if story is None else (story,)


def _same_words(reader: StoreReader, told: KeptPage, standing: KeptPage, pair: Pair) -> Pair | None:
    """Where the words between two places of one version stand in another: the nearest place, if there is any."""
    words, text = reader.text(told.number)[slice(*pair)], reader.text(standing.number)
    if not words:
        return None
    at = min((place for place in (text.rfind(words, 0, pair[1]), text.find(words, pair[0])) if place >= 0),
             key=lambda place: abs(place - pair[0]), default=None)  # fmt: skip
    return None if at is None else (at, at + len(words))


def _over(facts: Sequence[Fact], pair: Pair) -> Fact | None:
    """The fact whose evidence shares most with the words between two places; nothing where none does."""
    shared = [(min(fact.evidence.end, pair[1]) - max(fact.evidence.start, pair[0]), fact) for fact in facts]
    found = [(-most, fact.evidence.pair, fact.id, fact) for most, fact in shared if most > 0]
    return min(found, key=lambda each: each[:3])[3] if found else None
