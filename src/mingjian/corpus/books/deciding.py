"""What people decided of things, as the mentions that stand now: through other rules, and other versions of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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


def standing_decisions(reader: StoreReader) -> list[ThingDecision]:
    """What people decided of things and did not undo: the last word on each two mentions, where both stand still."""
    said: dict[tuple[MentionRef, MentionRef], ThingDecision] = {}
    for one in thing_decisions(reader):
        if one.undone is None:
            found = [_standing_ref(reader, MentionRef.anchored(anchor)) for anchor in one.ids]
            first, second = sorted(ref for ref in found if ref is not None) if None not in found else (None, None)
            if first is not None and second is not None and first != second:
                said.pop((first, second), None)
                said[first, second] = ThingDecision(KINDS[one.kind], first, second)
    return list(said.values())


def _standing_ref(reader: StoreReader, ref: MentionRef) -> MentionRef | None:
    """The mention that stands where this one stood: the fact itself, else that of its kind over the same words."""
    told = next((page for page in reader.find(ref.page, 1) if page.id == ref.page), None)
    standing = None if told is None else next((page for page in reader.versions(told.address) if page.stands), None)
    if told is None or standing is None:
        return None
    try:
        pair = ref.pair if standing.id == told.id else _same_words(reader, told, standing, ref.pair)
        record = reader.record(standing.number)
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
