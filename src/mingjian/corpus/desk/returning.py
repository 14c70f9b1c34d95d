"""Reviews that somebody should look at again: their words are gone, rules changed, or people do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import value_of
from mingjian.core.model.record import Record
from mingjian.core.model.review import NOTHING, QueuedFact, Reason, Review, ReviewState
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.review.facts import decode_fact
from mingjian.core.review.settings import review_settings
from mingjian.core.storing import StoreReader
from mingjian.corpus.desk.logged import Said
from mingjian.corpus.desk.placing import card_of_kept, regions_told, sources_told
from mingjian.corpus.desk.telling import Telling
from mingjian.errors import DamageError, ReviewError
from mingjian.store.queue import QueueIndex


def suspects(index: QueueIndex, said: Said) -> set[str]:
    """The claims of which the rules make no such fact any more, or of which people said different things."""
    claims = msgspec.json.encode(list(said.claims)).decode()
    question = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT claim FROM fact)"
    gone = {claim for (claim,) in index.connection.execute(question, (claims,))}
    return gone | {claim for claim, told in said.claims.items() if len(set(told.values())) > 1}


def returned(reader: StoreReader, telling: Telling, addresses: Iterable[str]) -> Iterator[QueuedFact]:
    """What people said of pages at these addresses and somebody should look at again."""
    for address in addresses:
        kept = next((page for page in reader.versions(address) if page.stands), None)
        try:
            record = None if kept is None else reader.record(kept.number)
        except DamageError:  # `check` names it
            continue
        if kept is not None and record is not None:
            told = telling.reviewed(reader, kept.number, record)
            reviews = {one.number: one for one in telling.reviews_at(address)}
            for state in told.states:
                if state.reason is not None and review_settings().reason[state.reason].weight > 0:
                    yield _queued(kept, told.record, state, [reviews[number] for number in state.reviews])


def _queued(kept: KeptPage, record: Record, state: ReviewState, reviews: Sequence[Review]) -> QueuedFact:
    last, slug = reviews[-1], state.reason or ""
    fact = next((one for facts in fact_kinds(record).values() for one in facts if one.id == state.fact), None)
    place = last.anchor if fact is None else fact.evidence
    judged = fact or _as_judged(last)
    weight, sources = review_settings().reason[slug].weight, sources_told(record)
    return QueuedFact(
        page=kept.id,
        doc_id=kept.doc_id,
        address=kept.address,
        kind=state.kind,
        fact="" if judged is None else judged.id,
        rule=last.rule if fact is None else fact.by,
        start=place.start,
        end=place.end,
        words=last.anchor.exact if fact is None else fact.evidence.text,
        score=weight,
        reasons=(Reason(slug, weight, "、".join(dict.fromkeys(one.who for one in reviews))),),
        regions=_regions(kept, record, state.kind, judged),
        source=next(iter(sources), ""),
        sources=sources,
        published=value_of(record.published),
        standing=state.standing,
        reviews=state.reviews,
    )


def _as_judged(review: Review) -> Fact | None:
    """The fact that was judged, as it is to stand, else as it stood; nothing where its words were erased."""
    raw = review.fact if review.outcome == NOTHING else review.outcome
    try:
        return None if raw == NOTHING else decode_fact(review.kind, raw)
    except ReviewError:
        return None


def _regions(kept: KeptPage, record: Record, kind: str, fact: Fact | None) -> tuple[str, ...]:
    """The places of which the fact tells, that people judged where none stands in the record now."""
    return () if fact is None else regions_told(kind, fact, card_of_kept(kept, record))
