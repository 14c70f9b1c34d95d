"""Needs that somebody keeps, and what became of them and of their hits."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

from mingjian.core.model.matching import Matching

NeedState: TypeAlias = Literal["open", "asked", "agreed", "running", "closed"]
NEED_STATES: tuple[NeedState, ...] = get_args(NeedState)
"""How far a need, or a hit of it, has come: nobody was asked yet, was asked, agreed, works on it; it is over."""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A need and what may answer it: ``words`` as typed, or ``thing``, the id of a row of the ledger of scenarios.

    ``regions`` (names or codes) are where it is needed beside what the words say. ``kinds`` are names of ledgers, as
    code or labels call them; all that may answer without any. ``as_of``: what was published by that day, read as on it.
    ``everything``: also what no page about AI tells of.
    """

    words: str = ""
    thing: str | None = None
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    as_of: str | None = None
    everything: bool = False
    limit: int = 20


class NeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of a need, or of one of its hits: ``hit`` is its thing, empty for the need as a whole.

    ``contact`` is whom to turn to, as typed; empty where this entry does not say. ``mentions`` are mentions of the
    thing, by which it is found again when it is called otherwise. ``number`` is its place in the log.
    """

    number: int
    need: str
    hit: str
    state: NeedState
    contact: str
    note: str
    who: str
    at: str
    mentions: tuple[str, ...] = ()


class KeptNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A need that is kept: as it was asked, by whom and when (ISO 8601), and how far it has come.

    ``contact`` is the last that anybody said; ``looked`` when its hits were last marked as seen, if ever.
    """

    number: int
    id: str
    name: str
    sought: Sought
    who: str
    at: str
    state: NeedState = "open"
    contact: str = ""
    note: str = ""
    looked: str | None = None


class NeedLook(msgspec.Struct, frozen=True, kw_only=True):
    """A kept need with what answers it now: ``new`` are things that had not been there when it was last looked at.

    ``new_passages`` are ids of passages that had not. ``mentions`` are what is marked as seen: those of each hit, by
    thing, and for the id of each passage none; ``states`` the last that was said of each hit of which anything was.
    """

    kept: KeptNeed
    matching: Matching
    new: tuple[str, ...]
    mentions: dict[str, tuple[str, ...]]
    states: dict[str, NeedEntry]
    new_passages: tuple[str, ...] = ()
