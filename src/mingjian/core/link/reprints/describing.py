"""What was done to a text on its way from one page to another, and where in both pages the same words stand.

This reads the text layers themselves; which pages are one text is known from their sketches before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from mingjian.core.link.reprints.alphabet import Places, Symbols, alphabet, gram_hashes
from mingjian.core.link.reprints.settings import DescribingSettings, ReprintSettings, reprint_settings
from mingjian.core.model.reprints import Change, Description, SharedRun
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold

_LOOKED_BACK = 4  # runs in which one that broke off is looked for
_TRADITIONAL, _WIDE = ("\u3400", "\u9fff"), ("\uff01", "\uff5e")  # first and last


class Layer(msgspec.Struct, frozen=True):
    """A page's text layer, the spans of it that are compared, and its title as ``compared_title`` gives it."""

    text: str
    spans: Sequence[Pair]
    title: str = ""


class _Read(msgspec.Struct, frozen=True):
    """The symbols of the compared spans, and where in the layer each stands."""

    symbols: Symbols
    places: Places


class _Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of symbols that both have: where it begins in the source and in the copy, and how long it is."""

    source: int
    copy: int
    length: int

    @property
    def end(self) -> int:
        """The place in the copy behind it."""
        return self.copy + self.length


def describe(source: Layer, copy: Layer, settings: ReprintSettings | None = None) -> Description:
    """The shared runs in the order of the copy, and what was done to the source to make the copy."""
    settings = settings or reprint_settings()
    one, two = _read(source), _read(copy)
    runs = _find_runs(one.symbols, two.symbols, settings.fingerprints.gram, settings.describing.least_run)
    spans = _spans(one, two, runs)
    changes = (
        *_headline(source.title, copy.title),
        *_cut_and_added(one, two, runs, settings.describing.gap),
        *_order(runs, settings.describing.gap),
        *_writing(source.text, copy.text, spans, settings.describing),
    )
    return Description(spans, changes)


def _read(layer: Layer) -> _Read:
    codes = np.frombuffer(layer.text.encode("utf-32-le", "replace"), np.uint32)
    symbols = alphabet().symbols.take(codes, mode="clip")
    inside = np.zeros(len(codes), np.bool_)
    for start, end in layer.spans:
        inside[start:end] = True
    places = np.flatnonzero(inside & (symbols != 0))
    return _Read(symbols[places], places)


def _find_runs(source: Symbols, copy: Symbols, gram: int, least: int) -> list[_Run]:
    """The runs of ``least`` symbols or more, in the order of the copy."""
    if min(len(source), len(copy)) < gram:
        return []
    held, wanted = gram_hashes(source, gram), gram_hashes(copy, gram)
    order = np.argsort(held, kind="stable")
    found = order[np.minimum(np.searchsorted(held[order], wanted), len(order) - 1)]
    met = np.flatnonzero(held[found] == wanted)
    found = found[met]
    begins = np.flatnonzero((np.diff(met, prepend=-2) != 1) | (np.diff(found, prepend=-2) != 1))
    lengths = np.diff(begins, append=len(met)) + gram - 1
    columns = (found[begins].tolist(), met[begins].tolist(), lengths.tolist())
    return [run for run in _joined(map(_Run, *columns)) if run.length >= least]


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """The runs without breaks at words that the source has twice: there the first of the two was found."""
    joined: list[_Run] = []
    for run in runs:
        before = next((one for one in joined[-_LOOKED_BACK:] if _goes_on(one, run)), None)
        if before is not None:
            place = joined.index(before)
            joined[place:] = [_Run(before.source, before.copy, run.end - before.copy)]
        elif not joined or run.end > joined[-1].end:
            joined.append(run)
    return joined


def _goes_on(before: _Run, run: _Run) -> bool:
    """Whether the run carries on, without a gap, what the other broke off."""
    return run.source - run.copy == before.source - before.copy and run.copy <= before.end


def _spans(source: _Read, copy: _Read, runs: Sequence[_Run]) -> tuple[SharedRun, ...]:
    """The runs as stretches of the text layers, from the first symbol to behind the last."""
    return tuple(
        SharedRun(
            (int(source.places[run.source]), int(source.places[run.source + run.length - 1]) + 1),
            (int(copy.places[run.copy]), int(copy.places[run.end - 1]) + 1),
        )
        for run in runs
    )


def _headline(source: str, copy: str) -> tuple[Change, ...]:
    return ("headline-changed",) if source and copy and source != copy else ()


def _cut_and_added(source: _Read, copy: _Read, runs: Sequence[_Run], gap: int) -> list[Change]:
    """What of the source the copy lacks, and what it has besides, at its beginning, its end, and inside."""
    if not runs:
        return []
    sides: tuple[tuple[int, list[Pair], tuple[Change, Change, Change]], ...] = (
        (
            len(source.symbols),
            [(run.source, run.source + run.length) for run in runs],
            ("cut-beginning", "cut-inside", "cut-end"),
        ),
        (len(copy.symbols), [(run.copy, run.end) for run in runs], ("added-beginning", "added-inside", "added-end")),
    )
    return [
        name
        for size, pairs, names in sides
        for name, missing in zip(names, _gaps(size, sorted(pairs)), strict=True)
        if missing >= gap
    ]


def _gaps(size: int, pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """How much no pair covers: at the beginning, between two of them at most, and at the end."""
    reached, inside = pairs[0][1], 0
    for start, end in pairs:
        inside = max(inside, start - reached)
        reached = max(reached, end)
    return pairs[0][0], inside, size - reached


def _order(runs: Sequence[_Run], least: int) -> tuple[Change, ...]:
    """Whether long runs changed places; short ones may be words that the source has twice."""
    long = [run for run in runs if run.length >= least]
    moved = any(later.source < earlier.source for earlier, later in pairwise(long))
    return ("reordered",) if moved else ()


def _writing(source: str, copy: str, runs: Sequence[SharedRun], settings: DescribingSettings) -> list[Change]:
    """Whether the same words are written in another script, in another width, or in lines of another length."""
    before = "".join(source[slice(*run.first)] for run in runs)
    behind = "".join(copy[slice(*run.second)] for run in runs)
    if not before or not behind:
        return []
    limits: tuple[tuple[Change, tuple[str, str], float], ...] = (
        ("other-script", _TRADITIONAL, settings.other_script),
        ("other-width", _WIDE, settings.other_width),
    )
    changes = [change for change, kind, least in limits if abs(_share(before, kind) - _share(behind, kind)) >= least]
    breaks = abs(before.count("\n") / len(before) - behind.count("\n") / len(behind))
    return [*changes, "rewrapped"] if breaks >= settings.rewrapped else changes


def _share(text: str, kind: tuple[str, str]) -> float:
    """The share of the characters that folding changes and that are of this kind."""
    least, most = kind
    changed = (one for one, two in zip(text, fold(text), strict=True) if one != two)
    return sum(least <= one <= most for one in changed) / len(text)
