"""Sketches: the little of a page that is kept to tell whether another is the same text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import Places, Stream, read_stream
from mingjian.core.link.reprints.bodies import Body
from mingjian.core.link.reprints.fingerprints import sample
from mingjian.core.link.reprints.salience import find_salient
from mingjian.core.link.reprints.settings import ReprintSettings, reprint_settings
from mingjian.core.link.reprints.slots import find_slots
from mingjian.core.model.reprints import Published
from mingjian.core.rulebook.bundled import bundled_file
from mingjian.core.rulebook.foldings import FILE

Words = NDArray[np.uint32]
_LITTLE = np.dtype("<u4")
Order = tuple[str, str, int, str]
_NEVER = "9999"
_VERSION = 2  # to be raised when the code makes other sketches of the same settings
_BATCH, _SYMBOLS = 64, 1 << 25  # bodies and characters read at once: few, so that they stay in the processor's cache


class Sketch(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """What is kept of a page: comparable, hashable, and about 650 bytes as MessagePack.

    ``length`` counts symbols of the body. ``hashes`` are its fingerprints in the order of the text, each once; ``keys``
    and ``values`` its slots in order; all are unsigned 32-bit numbers, the least byte first. ``quoting`` counts the
    fingerprints before each place where others' text is announced; ``salient`` are hashes of what it repeats.
    """

    id: str
    length: int
    hashes: bytes
    keys: bytes
    values: bytes
    salient: bytes = b""
    quoting: tuple[int, ...] = ()
    roundup: bool = False
    host: str = ""
    publisher: str = ""
    source: str = ""
    title: str = ""
    published: Published | None = None

    @property
    def fingerprints(self) -> Words:
        """The fingerprints as an array."""
        return np.frombuffer(self.hashes, _LITTLE)

    @property
    def site(self) -> str:
        """What names the site of the page: its host, or its publisher; empty where neither is known."""
        return self.host or self.publisher

    @property
    def size(self) -> int:
        """How many fingerprints there are."""
        return len(self.hashes) // 4

    @property
    def slots(self) -> tuple[Words, Words]:
        """Keys and values of the slots as arrays."""
        return np.frombuffer(self.keys, _LITTLE), np.frombuffer(self.values, _LITTLE)


def place_in_time(page: Sketch) -> Order:
    """What pages are ordered by: day, time, the longer one first, id; pages without a date come last.

    A page with nothing but a day comes before those with a time on it: of two that may be the source, it is no copy
    for sure.
    """
    published = page.published
    if published is None:
        return _NEVER, "", -page.length, page.id
    return published.value[:10], published.value[11:19], -page.length, page.id


def sketch_scheme(settings: ReprintSettings | None = None) -> str:
    """A name for the way in which sketches are made: those of another scheme cannot be compared, and are made anew."""
    settings = settings or reprint_settings()
    parts = (_VERSION, settings.fingerprints, settings.slots, settings.salience, bundled_file(FILE))
    return sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def sketch_bodies(bodies: Sequence[Body], settings: ReprintSettings | None = None) -> list[Sketch]:
    """A sketch of each body, in order; what a body's sketch is does not depend on the others."""
    settings = settings or reprint_settings()
    sketches: list[Sketch] = []
    batch: list[Body] = []
    waiting = 0
    for body in bodies:
        if len(batch) == _BATCH or waiting + len(body.text) > _SYMBOLS:
            sketches += _batch(batch, settings)
            batch, waiting = [], 0
        batch.append(body)
        waiting += len(body.text)
    return sketches + _batch(batch, settings)


def _batch(bodies: Sequence[Body], settings: ReprintSettings) -> list[Sketch]:
    if not bodies:
        return []
    count = len(bodies)
    stream = read_stream([body.text for body in bodies], settings.slots.context)
    number, at, hashes = sample(stream, settings.fingerprints)
    hash_ends = np.searchsorted(number, np.arange(count + 1)).tolist()
    number, slot_keys, slot_values = find_slots(stream, settings.slots)
    slot_ends = np.searchsorted(number, np.arange(count + 1)).tolist()
    number, repeated = find_salient(stream, settings.salience)
    salient_ends = np.searchsorted(number, np.arange(count + 1)).tolist()
    packed, keys, values, salient = (
        array.astype(_LITTLE).tobytes() for array in (hashes, slot_keys, slot_values, repeated)
    )
    lengths = (stream.ends - stream.starts).tolist()
    sketches = []
    for index, body in enumerate(bodies):
        begin, end = hash_ends[index], hash_ends[index + 1]
        held, filled = slice(4 * begin, 4 * end), slice(4 * slot_ends[index], 4 * slot_ends[index + 1])
        sketches.append(
            Sketch(
                id=body.id,
                length=lengths[index],
                hashes=packed[held],
                keys=keys[filled],
                values=values[filled],
                salient=salient[4 * salient_ends[index] : 4 * salient_ends[index + 1]],
                quoting=_ranks(stream, index, body.quoting, at[begin:end]),
                roundup=body.roundup,
                host=body.host,
                publisher=body.publisher,
                source=body.source,
                title=body.title,
                published=body.published,
            )
        )
    return sketches


def _ranks(stream: Stream, index: int, offsets: Sequence[int], at: Places) -> tuple[int, ...]:
    """How many fingerprints of a body begin before each of these places of its text."""
    if not offsets:
        return ()
    places = stream.places[at] - stream.first[index]
    return tuple(np.searchsorted(places, offsets).tolist())
