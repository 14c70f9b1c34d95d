"""The labelled samples of which every format is made: a page's text, and its facts as people have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.review import NOTHING, Review, Verb
from mingjian.core.model.span import Pair, Span
from mingjian.core.review.facts import decode_fact, fact_types
from mingjian.core.review.verdicts import by_claim, labels_of, standing
from mingjian.errors import ReviewError


class Label(msgspec.Struct, frozen=True, order=True, gc=False):
    """One labelled stretch: code points of the text layer, and which part of the fact it is (``evidence``: all)."""

    start: int
    end: int
    part: str
    text: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What people made of one claim.

    ``verdict`` is ``accept``, ``correct``, ``reject`` or ``add``; ``fact`` what is true (nothing where it was
    rejected), ``was`` what the rule had made (nothing where it was missed), both in the wire format; ``labels`` the
    words of what is true, of a rejected fact those of what was made. ``by`` says who said what, in the order of names.
    """

    claim: str
    kind: str
    verdict: Verb
    rule: str
    labels: tuple[Label, ...]
    by: dict[str, Verb]
    review: int
    at: str
    why: str = ""
    fact: msgspec.Raw = NOTHING
    was: msgspec.Raw = NOTHING


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a page with all that people said of it; ``text`` is its whole text layer."""

    page: str
    address: str
    text_sha256: str
    text: str
    judgements: tuple[Judgement, ...]


def judgements_of(reviews: Iterable[Review]) -> Iterator[Judgement]:
    """What people made of each claim of one version of a page, in the order of its words."""
    found = [one for held in by_claim(reviews).values() if (one := _judgement(held)) is not None]
    yield from sorted(found, key=lambda one: (one.labels, one.kind, one.claim))


def _judgement(held: Sequence[Review]) -> Judgement | None:
    kept = standing(held)
    if not kept:
        return None
    last, labels = kept[-1], labels_of(held)
    verdict = labels[last.who]
    raw = last.fact if verdict == "reject" else last.outcome
    if raw == NOTHING or last.kind not in fact_types():  # its words were erased
        return None
    try:
        fact = decode_fact(last.kind, raw)
    except ReviewError:
        return None
    return Judgement(
        claim=last.claim,
        kind=last.kind,
        verdict=verdict,
        rule=held[0].rule,
        labels=tuple(labels_in(fact, {one.pair: one.text for one in last.quoted if one.layer == "text"})),
        by=dict(labels),
        review=last.number,
        at=last.at,
        why=last.why,
        fact=NOTHING if verdict == "reject" else last.outcome,
        was=NOTHING if verdict in ("accept", "add") else held[0].fact,
    )


def labels_in(fact: Fact, words: dict[Pair, str]) -> list[Label]:
    """The stretches of a fact, in the order of their places; ``words`` are those that stand between two places."""
    found = {Label(*fact.evidence.pair, "evidence", fact.evidence.text)}
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if isinstance(value, Span) and name != "evidence" and value.layer == "text":
            found.add(Label(*value.pair, name.removesuffix("_span"), value.text))
    for part, pairs in fact.parts.items():
        found |= {Label(*pair, part, words[pair]) for pair in pairs if pair in words}
    if isinstance(fact, Mentioned):
        found |= {Label(*pair, "mention", words[pair]) for pair in fact.mentions if pair in words}
    return sorted(found)
