"""What a body says again and again: mostly the names that it is about, which tell two fillings of one form apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream, mixed
from mingjian.core.link.reprints.settings import SalienceSettings

_HALF, _LOW = np.uint64(32), np.uint64(2**32 - 1)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def find_salient(stream: Stream, settings: SalienceSettings) -> tuple[Places, NDArray[np.uint32]]:
    """Body number and hash of every trigram that its body repeats, the most frequent ones of each body."""
    symbols = stream.symbols.astype(np.uint64)
    hashes = mixed((symbols[:-2] * _FACTOR + symbols[1:-1]) * _FACTOR + symbols[2:]) & _LOW
    lengths = np.maximum(0, stream.ends - stream.starts - 2)
    body = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    inside = np.repeat(stream.starts - np.cumsum(lengths) + lengths, lengths) + np.arange(len(body))
    packed = np.sort(body << _HALF | hashes[inside])
    starts = np.flatnonzero(np.diff(packed, prepend=~packed[:1]))
    counts = np.diff(starts, append=len(packed))
    often = np.flatnonzero(counts >= settings.least_count)
    found, counts = packed[starts[often]], counts[often]
    number = (found >> _HALF).astype(np.int64)
    order = np.lexsort((found, -counts, number))
    found, number = found[order], number[order]
    rank = np.arange(len(number)) - np.searchsorted(number, number)
    kept = rank < settings.most
    return number[kept], (found[kept] & _LOW).astype(np.uint32)
