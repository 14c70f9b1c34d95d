"""Facts as reviews hold them: by the name of the record's tuple, in the wire format, with all words they point at."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import get_args, get_origin, get_type_hints

import msgspec

from mingjian.core.model.facts import Fact, Mentioned
from mingjian.core.model.record import Record
from mingjian.core.model.review import Quoted
from mingjian.core.model.span import Pair, Span
from mingjian.core.pipeline.verify import spans_of
from mingjian.errors import ReviewError

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_APART = frozenset({"id", "by", "evidence", "parts", "support", "mentions", "sub_event_of"})
_HEADS = ("value_span", "trigger_span", "cue_span")
_HEAD_PARTS = ("name", "title", "tech", "action", "amount", "capacity", "metric")


@lru_cache(maxsize=1)
def fact_types() -> Mapping[str, type[Fact]]:
    """The struct of the facts of each tuple of a record, by the name of the tuple."""
    hints = get_type_hints(Record)
    inner = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is tuple}
    return {name: kind for name, kind in inner.items() if isinstance(kind, type) and issubclass(kind, Fact)}


def fact_type(kind: str) -> type[Fact]:
    """The struct of the facts of a kind; raises ``ReviewError`` for a kind that there is not."""
    found = fact_types().get(kind)
    if found is None:
        raise ReviewError(kind, "is no kind of facts", f"give one of {', '.join(fact_types())}")
    return found


def encode_fact(fact: Fact) -> msgspec.Raw:
    """The fact in the wire format."""
    return msgspec.Raw(_ENCODER.encode(fact))


def decode_fact(kind: str, raw: msgspec.Raw) -> Fact:
    """The fact that was kept; raises ``ReviewError`` where it is none of that kind."""
    try:
        return msgspec.json.decode(bytes(raw), type=fact_type(kind))
    except (msgspec.DecodeError, UnicodeError) as error:
        mend = "review the fact anew"
        raise ReviewError(kind, f"the fact that was kept is not one of this kind ({error})", mend) from error


def facts_of(record: Record, kind: str) -> tuple[Fact, ...]:
    """The facts of a kind."""
    fact_type(kind)
    facts: tuple[Fact, ...] = getattr(record, kind)
    return facts


def says(fact: Fact) -> tuple[tuple[str, Hashable], ...]:
    """What a fact says, part by part: not where, nor by which rule."""
    held = ((name, getattr(fact, name)) for name in fact.__struct_fields__ if name not in _APART)
    return tuple((name, _said(value)) for name, value in held)


def _said(value: object) -> Hashable:
    if isinstance(value, Span):
        return value.text
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    if isinstance(value, msgspec.Struct):
        return tuple(_said(getattr(value, name)) for name in value.__struct_fields__)
    return value


def head_of(fact: Fact) -> Pair:
    """The words that tell a fact from others of the same clause: its number, its trigger, its name."""
    for name in _HEADS:
        span: Span | None = getattr(fact, name, None)
        if span is not None:
            return span.pair
    for name in _HEAD_PARTS:
        if fact.parts.get(name):
            return fact.parts[name][0]
    return fact.evidence.pair


def pairs_of(fact: Fact) -> Iterator[Pair]:
    """All places of the text layer to which a fact points, spans apart."""
    for pairs in fact.parts.values():
        yield from pairs
    if isinstance(fact, Mentioned):
        yield from fact.mentions


def quoted_by(fact: Fact, text: str) -> tuple[Quoted, ...]:
    """All words to which a fact points, in the order of their places."""
    found = {Quoted(*pair, text[slice(*pair)]) for pair in pairs_of(fact)}
    for _, span in spans_of(fact):
        found.add(Quoted(span.start, span.end, span.text, span.layer))
        found |= {Quoted(*pair, span.text, span.layer) for pair in span.also}
    return tuple(sorted(found))


def claim_of(address: str, kind: str, fact: Fact) -> str:
    """What names the claim that a fact is, wherever its words stand on the page of this address."""
    content = (address, kind, fact.evidence.text, _ENCODER.encode(_plain(says(fact))).decode())
    return hashlib.blake2b("\0".join(content).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def with_id(fact: Fact, claim: str) -> Fact:
    """A fact that people made, with an id of its own: the hash of its content, keyed by the claim it answers."""
    bare = msgspec.structs.replace(fact, id="")
    digest = hashlib.blake2b(_ENCODER.encode(bare), digest_size=8, key=claim.encode())
    return msgspec.structs.replace(fact, id=digest.hexdigest())


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
