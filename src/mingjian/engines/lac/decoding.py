"""The likeliest chain of tags over scores (Viterbi), for many sequences at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.engines.lac.weights import Floats


class Chain(msgspec.Struct, frozen=True):
    """How well tags begin and end a chain, and follow one another (from the tag before, in rows, to the tag after)."""

    first: Floats
    last: Floats
    follow: Floats


def decode(chain: Chain, scores: Sequence[Floats]) -> list[list[int]]:
    """For every sequence, longest first, its likeliest tags by number; ``scores`` are those of its steps by tag.

    The rows of a step are those of the sequences that have it: none is spent on padding.
    """
    lengths = [len(one) for one in scores]
    packed = np.zeros((lengths[0], len(chain.first), len(scores)), np.float32)
    for column, one in enumerate(scores):
        packed[: len(one), :, column] = one
    follow = chain.follow[:, :, None]
    counts = _counts(lengths)
    best = packed[0] + chain.first[:, None]
    bests = [best]
    for step, count in enumerate(counts[1:], start=1):
        best = (best[:, None, :count] + follow).max(0) + packed[step, :, :count]
        bests.append(best)
    return _traced(chain, bests, lengths)


def _traced(chain: Chain, bests: Sequence[Floats], lengths: Sequence[int]) -> list[list[int]]:
    """The chains that lead to the best ends, from the last step back."""
    tags = np.zeros((len(bests), len(lengths)), np.int64)
    chosen: NDArray[np.int64] = tags[0, :0]
    for step in range(len(bests) - 1, -1, -1):
        best, going_on = bests[step], len(chosen)
        onward = (best[:, :going_on] + chain.follow[:, chosen]).argmax(0)
        ending = (best[:, going_on:] + chain.last[:, None]).argmax(0)
        chosen = np.concatenate([onward, ending])
        tags[step, : len(chosen)] = chosen
    return [tags[:length, column].tolist() for column, length in enumerate(lengths)]


def _counts(lengths: Sequence[int]) -> list[int]:
    """For every step how many of the sequences (longest first) have it."""
    counts: list[int] = []
    for row in range(len(lengths), 0, -1):
        counts += [row] * (lengths[row - 1] - len(counts))
    return counts
