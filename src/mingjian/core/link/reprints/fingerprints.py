"""Fingerprints of bodies: hashes of some of their n-grams, always the same ones wherever the words stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream, gram_hashes
from mingjian.core.link.reprints.settings import FingerprintSettings

_HALF = np.uint64(32)
_PLACE = np.uint64(26)  # bits of a place within a batch
_BODY = _PLACE + _HALF
_LOW, _PLACES = np.uint64(2**32 - 1), np.uint64(2**26 - 1)


def sample(stream: Stream, settings: FingerprintSettings) -> tuple[Places, Places, NDArray[np.uint32]]:
    """Body number, place in the stream, and hash of every n-gram kept, in order, each hash once a body.

    The stream holds 64 bodies at most, and 64 million symbols.
    """
    hashes = gram_hashes(stream.symbols, settings.gram)
    # The upper half decides what is kept, the lower half is the fingerprint: so that its 32 bits are all free.
    at = np.flatnonzero(hashes <= np.uint64(2**64 // settings.one_in - 1))
    body = np.searchsorted(stream.ends, at, side="right")
    inside = body < len(stream.ends)
    at, body = at[inside], body[inside]
    inside = (at >= stream.starts[body]) & (at + settings.gram <= stream.ends[body])
    at, body = at[inside], body[inside]
    first = _once(body, hashes[at] & _LOW)
    return body[first], at[first], hashes[at[first]].astype(np.uint32)


def _once(body: Places, hashes: NDArray[np.uint64]) -> Places:
    """Which entries are the first of their hash in their body: by a sort of bare numbers, the quickest there is."""
    number = np.arange(len(body), dtype=np.uint64)
    packed = np.sort(body.astype(np.uint64) << _BODY | hashes << _PLACE | number)
    first = np.ones(len(packed), np.bool_)
    first[1:] = np.diff(packed >> _PLACE) != 0
    places: Places = np.sort(packed[first] & _PLACES).astype(np.int64)
    return places
