"""datasketch and rensa on the same bodies: what their fingerprints and their index cost, without any judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

_GRAM = 5
_HASHES = 128
_THRESHOLD = 0.5


def report_peers(texts: Sequence[str], ours: float, cost_of: Callable[[Callable[[], object]], float]) -> None:
    """Seconds of CPU of each peer, and how many times ours that is."""
    plain = ["".join(filter(str.isalnum, text)) for text in texts]
    peers: dict[str, Callable[[], object]] = {
        "datasketch, MinHash.update of each 5-gram": lambda: _datasketch(plain, at_once=False),
        "datasketch, MinHash.update_batch": lambda: _datasketch(plain, at_once=True),
        "rensa, RMinHash": lambda: _rensa(plain),
    }
    for name, run in peers.items():
        spent = cost_of(run)
        print(f"{name}: {spent:.2f} s of CPU, {spent / ours:.1f} times ours")


def _grams(text: str) -> set[str]:
    return {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}


def _datasketch(texts: Sequence[str], *, at_once: bool) -> object:
    index = MinHashLSH(threshold=_THRESHOLD, num_perm=_HASHES)
    signatures = []
    for number, text in enumerate(texts):
        signature = MinHash(num_perm=_HASHES)
        grams = [gram.encode() for gram in _grams(text)]
        if at_once:
            signature.update_batch(grams)
        else:
            for gram in grams:
                signature.update(gram)
        index.insert(number, signature)
        signatures.append(signature)
    return [index.query(signature) for signature in signatures]


def _rensa(texts: Sequence[str]) -> object:
    index = RMinHashLSH(threshold=_THRESHOLD, num_perm=_HASHES, num_bands=16)
    signatures = []
    for number, text in enumerate(texts):
        signature = RMinHash(num_perm=_HASHES, seed=1)
        signature.update(list(_grams(text)))
        index.insert(number, signature)
        signatures.append(signature)
    return [index.query(signature) for signature in signatures]
