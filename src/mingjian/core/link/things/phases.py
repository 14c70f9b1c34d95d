"""Phases of a centre: 一期 on a page that tells of one centre is that centre's first phase."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.wording import clauses, plain
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.model.resources import Compute


def centre_of(record: Record) -> str | None:
    """The one centre with a name of its own of which the page tells, plain; nothing where there are several."""
    names = {name for words in _words(record) for clause in clauses(words) for name in _centres(clause)}
    whole = [name for name in names if not any(name != other and name.endswith(other) for other in names)]
    return whole[0] if len(whole) == 1 else None


def phase_of(compute: Compute, centre: str | None) -> str | None:
    """Name and phase of the part of a centre that this is, plain; nothing where it is no part or nothing says whose.

    The name goes before the clause, and what the clause says of a centre before what the page does.
    """
    for words in (compute.name, compute.evidence.text):
        for clause in clauses(words):
            found = identity_cues()["phase"].search(clause)
            if found is not None:
                named = next(_centres(clause[: found.start()]), centre)
                return None if named is None else f"{named}{found['phase']}期"
    return None


def _words(record: Record) -> Iterator[str]:
    if isinstance(record.title, Cited):
        yield record.title.value
    yield from (one.evidence.text for one in (*record.compute, *record.events))
    yield from (one.name for one in record.systems)
    yield from (one.name for one in record.organisations)


def _centres(clause: str) -> Iterator[str]:
    """The centres that a clause names, without what is done to them."""
    cues = identity_cues()
    for found in cues["centre"].finditer(clause):
        name = cues["doing"].sub("", found.group())
        if cues["common"].sub("", name):
            yield plain(name)
