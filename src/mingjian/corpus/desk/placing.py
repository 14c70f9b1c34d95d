"""Where the facts of a page are, and who tells them: what the queue is narrowed by."""

from __future__ import annotations

from mingjian.core.ledger.about import regions_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import value_of
from mingjian.core.model.record import Record
from mingjian.core.model.things import FIELDS, Member, MentionRef, PageCard, ThingKind

_KIND_OF: dict[str, ThingKind] = {field: kind for kind, field in FIELDS.items()}
_PLACED = ("region", "subject", "place", "issuer", "source_body", "manager", "owner", "actors", "affiliation")


def card_of_kept(kept: KeptPage, record: Record) -> PageCard:
    """The card of a page by itself, as if it were no reprint."""
    whence = Whence(id=kept.id, doc_id=kept.doc_id, address=kept.address, added=kept.added_at, group=kept.id)
    return card_of(record, whence)


def regions_told(kind: str, fact: Fact, card: PageCard) -> tuple[str, ...]:
    """The codes of the places of which a fact of a kind (``targets``) tells."""
    ref = MentionRef(card.id, _KIND_OF[kind], *fact.evidence.pair, fact.id)
    return regions_of([Member(ref, fact, card)], *_PLACED)


def sources_told(record: Record) -> tuple[str, ...]:
    """Who publishes the page, and whence it has its words."""
    return tuple(dict.fromkeys(name for name in (value_of(record.publisher), value_of(record.source)) if name))
