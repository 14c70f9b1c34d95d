"""What a body says again and again: mostly the names that it is about, which tell two fillings of one form apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream
from mingjian.core.link.reprints.settings import SalienceSettings

_FEWEST = 3
_FACTOR = np.uint32(0x9E3779B1)
_BITS, _REST = np.uint32(26), np.uint32(32 - 26)  # of a hash that are kept, beside six for the body


def find_salient(stream: Stream, settings: SalienceSettings) -> tuple[Places, NDArray[np.uint32]]:
    """Body number and hash of every trigram that its body has three times or more, the most frequent ones of each.

    The stream holds 64 bodies at most: body and hash fit 32 bits, which are sorted twice as fast as 64. A trigram with
    an edge in it stands in a body twice at most.
    """
    symbols = stream.symbols
    hashes = ((symbols[:-2] * _FACTOR + symbols[1:-1]) * _FACTOR + symbols[2:]) * _FACTOR >> _REST
    lengths = np.diff(stream.ends, prepend=0)
    hashes = hashes[: int(lengths.sum())]
    hashes |= np.repeat(np.arange(len(lengths), dtype=np.uint32) << _BITS, lengths)[: len(hashes)]
    hashes.sort()
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)])
    counts = np.diff(starts, append=len(hashes))
    often = np.flatnonzero(counts >= max(_FEWEST, settings.least_count))
    found, counts = hashes[starts[often]], counts[often]
    number = (found >> _BITS).astype(np.int64)
    order = np.lexsort((found, -counts, number))
    found, number = found[order], number[order]
    kept = np.arange(len(number)) - np.searchsorted(number, number) < settings.most
    return number[kept], found[kept] & np.uint32((1 << 26) - 1)
