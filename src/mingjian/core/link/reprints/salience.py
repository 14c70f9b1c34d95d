"""What a body says again and again: mostly the names that it is about, which tell two fillings of one form apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream
from mingjian.core.link.reprints.settings import SalienceSettings

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_BITS, _REST = np.uint32(26), np.uint64(64 - 26)  # of a hash that are kept, beside six for the body


def find_salient(stream: Stream, settings: SalienceSettings) -> tuple[Places, NDArray[np.uint32]]:
    """Body number and hash of every trigram that its body repeats, the most frequent ones of each body.

    The stream holds 64 bodies at most: body and hash fit 32 bits, which are sorted twice as fast as 64.
    """
    symbols = stream.symbols.astype(np.uint64)
    hashes = (((symbols[:-2] * _FACTOR + symbols[1:-1]) * _FACTOR + symbols[2:]) * _FACTOR >> _REST).astype(np.uint32)
    lengths = np.maximum(0, stream.ends - stream.starts - 2)
    places = np.repeat(stream.starts - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
    packed = np.sort(np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths) << _BITS | hashes[places])
    starts = np.flatnonzero(np.append(True, packed[1:] != packed[:-1])[: len(packed)])
    counts = np.diff(starts, append=len(packed))
    often = np.flatnonzero(counts >= settings.least_count)
    found, counts = packed[starts[often]], counts[often]
    number = (found >> _BITS).astype(np.int64)
    order = np.lexsort((found, -counts, number))
    found, number = found[order], number[order]
    kept = np.arange(len(number)) - np.searchsorted(number, number) < settings.most
    return number[kept], found[kept] & np.uint32((1 << 26) - 1)
