"""Fingerprints of bodies: hashes of some of their n-grams, always the same ones wherever the words stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream, gram_hashes
from mingjian.core.link.reprints.settings import FingerprintSettings

_KEPT = np.uint64(32)


def sample(stream: Stream, settings: FingerprintSettings) -> tuple[Places, Places, NDArray[np.uint32]]:
    """Body number, place in the stream, and hash of every n-gram kept, in order, each hash once a body."""
    hashes = gram_hashes(stream.symbols, settings.gram)
    # The upper half decides what is kept, the lower half is the fingerprint: so that its 32 bits are all free.
    at = np.flatnonzero((hashes >> _KEPT) % np.uint64(settings.one_in) == 0)
    body = np.searchsorted(stream.ends, at, side="right")
    inside = body < len(stream.ends)
    at, body = at[inside], body[inside]
    inside = (at >= stream.starts[body]) & (at + settings.gram <= stream.ends[body])
    at, body = at[inside], body[inside]
    kept = hashes[at].astype(np.uint32)
    _, first = np.unique(body.astype(np.uint64) << _KEPT | kept, return_index=True)
    first.sort()
    return body[first], at[first], kept[first]
