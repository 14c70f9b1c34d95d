"""Mentions that say the same of a thing, put together before anything is compared: crowds of reprints are one node."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from mingjian.core.model.things import MentionRef, ThingKind

_ENCODE = msgspec.msgpack.Encoder(order="deterministic").encode


class Node(msgspec.Struct, frozen=True):
    """Mentions with one profile.

    ``id`` is the hash of kind and profile, and of the mention where a person decided something of it.
    """

    id: str
    profile: Any
    refs: tuple[MentionRef, ...]


class ProfiledMention(msgspec.Struct, frozen=True):
    """A mention and all of it that decides which thing it tells of."""

    ref: MentionRef
    profile: Any


def node_id(kind: ThingKind, profile: msgspec.Struct, pinned: MentionRef | None = None) -> str:
    """The id of the node to which a mention with this profile belongs; ``pinned``: it has a node of its own."""
    digest = hashlib.blake2b(_ENCODE(profile), digest_size=8, key=kind.encode())
    if pinned is not None:
        digest.update(_ENCODE(pinned))
    return digest.hexdigest()


def nodes_of(
    kind: ThingKind, mentions: Iterable[ProfiledMention], pinned: frozenset[MentionRef] = frozenset()
) -> list[Node]:
    """The nodes of these mentions, by id; those of which a person decided stand alone."""
    refs: dict[str, list[MentionRef]] = {}
    profiles: dict[str, Any] = {}
    for one in mentions:
        identity = node_id(kind, one.profile, one.ref if one.ref in pinned else None)
        refs.setdefault(identity, []).append(one.ref)
        profiles[identity] = one.profile
    return [Node(identity, profiles[identity], tuple(sorted(refs[identity]))) for identity in sorted(refs)]


def thing_id(founding: MentionRef) -> str:
    """The id of the thing that this mention founds, 16 hexadecimal digits."""
    return hashlib.blake2b(_ENCODE(founding), digest_size=8, key=b"thing").hexdigest()
