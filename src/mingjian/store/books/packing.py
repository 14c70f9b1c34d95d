"""How the books keep cards, facts, profiles and dates: as MessagePack."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from mingjian.core.link.stories.linking import Story
from mingjian.core.model.facts import Fact
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.outcome import decode_outcome
from mingjian.core.model.record import Record
from mingjian.core.model.things import FIELDS, THING_KINDS, About, MentionRef, PageCard, ThingDate, ThingKind, Verdict

pack: Callable[[object], bytes] = msgspec.msgpack.Encoder(order="deterministic").encode
"""The bytes of a struct: the same for the same."""

unpack_about = msgspec.msgpack.Decoder(About).decode
unpack_card = msgspec.msgpack.Decoder(PageCard, dec_hook=decode_outcome).decode
unpack_date = msgspec.msgpack.Decoder(ThingDate).decode
unpack_filed = msgspec.msgpack.Decoder(Filed).decode
unpack_ref = msgspec.msgpack.Decoder(MentionRef).decode
unpack_slots = msgspec.msgpack.Decoder(tuple[str, ...]).decode
unpack_verdict = msgspec.msgpack.Decoder(Verdict).decode

NUMBER_OF: dict[ThingKind, int] = {kind: number for number, kind in enumerate(THING_KINDS)}
"""The number by which each kind is kept."""


@cache
def _decoders() -> tuple[msgspec.msgpack.Decoder[Any], ...]:
    hints = get_type_hints(Record)
    types = [get_args(hints[FIELDS[kind]])[0] if kind in FIELDS else Story for kind in THING_KINDS]
    return tuple(msgspec.msgpack.Decoder(each, dec_hook=decode_outcome) for each in types)


def unpack_fact(kind: int, content: bytes) -> Fact:
    """The fact of a kind, by its number."""
    fact: Fact = _decoders()[kind].decode(content)
    return fact


def profile_decoder(kind: type[Any]) -> Callable[[bytes], Any]:
    """What decodes profiles of a type."""
    return msgspec.msgpack.Decoder(kind).decode
