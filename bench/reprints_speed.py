"""Clustering reprints beside datasketch and rensa: CPU and bytes on disk, the same bodies, in turn in one process.

    python -m bench.reprints_speed --docs FILE.jsonl[.gz] [--runs 5]

Ours is all of it: sketches, join, judgement of pairs with their numbers, groups with their sources. The peers do what
they are made for: a MinHash signature of 128 values of the character 5-grams of the same body, LSH at a similarity of
one half, candidates verified by their signatures, connected ones joined. Cleaning comes before and is told apart. CPU
of all threads; the ratio is of the least of the runs. Bytes: our index as its files, theirs pickled, with the
signatures that verifying needs and without.
"""

from __future__ import annotations

import argparse
import gc
import pickle
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from bench.reprints import body_of_document, cluster, read_documents
from mingjian.core.link.reprints.bodies import Body
from mingjian.core.link.reprints.sketches import Sketch, sketch_bodies
from mingjian.store.fingerprints import FingerprintWriter

_GRAM, _HASHES, _THRESHOLD, _BANDS, _SEED = 5, 128, 0.5, 32, 42
Texts = Sequence[str]


def main() -> None:
    """Run all in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=int, help="so many documents only")
    options = parser.parse_args()
    documents = list(read_documents(options.docs))[: options.limit]
    bodies, cleaning = _timed(lambda: [body_of_document(document) for document in documents])
    texts = [body.text for body in bodies]
    length, cost = sum(map(len, texts)) / len(texts), cleaning / len(texts)
    print(f"{len(texts)} bodies of {length:.0f} characters; {cost:.0f} us of CPU each to clean")
    _report_speed(bodies, texts, options.runs)
    _report_bytes(sketch_bodies(bodies), texts)


def _report_speed(bodies: Sequence[Body], texts: Texts, runs: int) -> None:
    ours, slow = "mingjian: all steps", f"datasketch {version('datasketch')}, update of each gram"
    contestants: dict[str, Callable[[], object]] = {
        ours: lambda: cluster(bodies),
        slow: lambda: _datasketch_clusters(texts, at_once=False),
        "datasketch, update_batch": lambda: _datasketch_clusters(texts, at_once=True),
        f"rensa {version('rensa')}, full-set R-MinHash": lambda: _rensa_clusters(texts),
        "rensa, rho batch: flags, no clusters": lambda: _rensa_flags(texts),
        "the 5-grams alone, as Python strings": lambda: [_grams(text) for text in texts],
    }
    spent: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, work in contestants.items():
            gc.collect()
            spent[name].append(_timed(work)[1] / len(texts))
    print(f"{'us of CPU a page':42s}{'least':>9}{'median':>9}{'/ ours':>9}{'datasketch /':>14}")
    for name, costs in spent.items():
        least = min(costs)
        ratios = f"{least / min(spent[ours]):9.2f}{min(spent[slow]) / least:14.1f}"
        print(f"{name:42s}{least:9.1f}{statistics.median(costs):9.1f}{ratios}")


def _report_bytes(sketches: Sequence[Sketch], texts: Texts) -> None:
    with tempfile.TemporaryDirectory() as name, FingerprintWriter(Path(name), "bench") as index:
        index.add(range(1, len(sketches) + 1), [sketch.fingerprints for sketch in sketches])
        index.commit(1)
        files = sum(file.stat().st_size for file in Path(name).iterdir())
    lsh, signatures = _datasketch(texts, at_once=True)
    rensa, hashed = _rensa(texts)
    sizes = {
        "mingjian: index of fingerprints": files,
        "mingjian: the sketches, kept with the pages": sum(len(msgspec.msgpack.encode(sketch)) for sketch in sketches),
        "datasketch: LSH, signatures": len(pickle.dumps((lsh, signatures))),
        "datasketch: LSH alone": len(pickle.dumps(lsh)),
        "rensa: LSH, signatures": len(pickle.dumps((rensa, hashed))),
        "rensa: LSH alone": len(pickle.dumps(rensa)),
    }
    print("bytes a page")
    for name, size in sizes.items():
        print(f"{name:46s}{size / len(texts):9.0f}")


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and microseconds of CPU of all threads."""
    start = time.process_time_ns()
    done = work()
    return done, (time.process_time_ns() - start) / 1e3


def _grams(text: str) -> set[str]:
    return {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}


def _datasketch(texts: Texts, *, at_once: bool) -> tuple[MinHashLSH, list[MinHash]]:
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
    return index, signatures


def _datasketch_clusters(texts: Texts, *, at_once: bool) -> list[int]:
    index, signatures = _datasketch(texts, at_once=at_once)
    return _joined(signatures, (index.query(signature) for signature in signatures))


def _rensa(texts: Texts) -> tuple[RMinHashLSH, list[RMinHash]]:
    signatures = RMinHash.from_token_sets([list(_grams(text)) for text in texts], _HASHES, _SEED)
    index = RMinHashLSH(_THRESHOLD, _HASHES, _BANDS)
    index.insert_many(signatures)
    return index, signatures


def _rensa_clusters(texts: Texts) -> list[int]:
    index, signatures = _rensa(texts)
    return _joined(signatures, index.query_all(signatures))


def _rensa_flags(texts: Texts) -> list[bool]:
    """Which texts have a near-duplicate: the fastest way that rensa recommends does not say which one."""
    digests = RMinHash.digest_matrix_from_token_sets_rho([list(_grams(text)) for text in texts], _HASHES, _SEED)
    flags: list[bool] = RMinHashLSH(_THRESHOLD, _HASHES, _BANDS).query_duplicate_flags_matrix_one_shot(digests)
    return flags


def _joined(signatures: Sequence[Any], candidates: Iterable[Sequence[int]]) -> list[int]:
    """The first member of each text's cluster: candidates that are similar enough by their signatures, connected."""
    leaders = list(range(len(signatures)))

    def find(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    for number, others in enumerate(candidates):
        for other in others:
            if other < number and signatures[number].jaccard(signatures[other]) >= _THRESHOLD:
                first, second = sorted((find(number), find(other)))
                leaders[second] = first
    return [find(number) for number in leaders]


if __name__ == "__main__":
    main()
