"""Trouble with a page, as a value: one bad page never ends a run."""

from __future__ import annotations

import msgspec


class Failure(msgspec.Struct, frozen=True):
    """A page that gave no record: which, at which stage, why, and what to do about it."""

    doc_id: str
    stage: str
    reason: str
    mend: str
