"""What reading made of a page's bytes, in columns: names once, offsets as differences, a third of the size as rows.

Packed with the page's own bytes as dictionary, of which they mostly consist, they take a tenth of what those take.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from mingjian.core.model.page import Box, Container, Declaration, Page, Stretch

_MARK = "\ufeff"
_HASH_LENGTH = 8
_STABLE = "utf-8"


class Layers(msgspec.Struct, frozen=True, array_like=True):
    """A page without its bytes and names; ``text`` and ``html`` are missing where they are the decoded bytes.

    ``html_hash`` stands where another Python may decode the bytes to other markup: that is told, not passed over.

    ``words`` are the paths, marks and tags to which the columns point.
    """

    encoding: str
    text: str | None
    html: str | None
    html_hash: bytes
    words: list[str]
    stretches: tuple[list[int], list[int], list[int], list[int], list[bool]]
    containers: tuple[list[int], list[int], list[int], list[int], list[int]]
    declarations: tuple[Declaration, ...]
    boxes: tuple[Box, ...]


class _Text(msgspec.Struct, frozen=True, array_like=True):
    """The first columns; the others are passed over, which is several times as fast."""

    encoding: str
    text: str | None


_TEXT_DECODER = msgspec.msgpack.Decoder(_Text)
_DECODER = msgspec.msgpack.Decoder(Layers)


def encode_layers(page: Page) -> bytes:
    """All of a page but its bytes and what a ``KeptPage`` knows; the same page gives the same bytes."""
    decoded = _decoded(page.content, page.encoding)
    words: dict[str, int] = {}
    layers = Layers(
        page.encoding,
        None if page.text == decoded else page.text,
        None if page.html == decoded else page.html,
        b"" if page.html != decoded or page.encoding == _STABLE else _hash(page.html),
        [],
        _stretch_columns(page.stretches, words),
        _container_columns(page.containers, words),
        page.declarations,
        page.boxes,
    )
    return msgspec.msgpack.encode(msgspec.structs.replace(layers, words=list(words)))


def decode_layers(encoded: bytes, content: bytes) -> Layers:
    """The layers, with text and html; raises ``ValueError`` where these are not what was encoded."""
    layers = _DECODER.decode(encoded)
    decoded = _decoded(content, layers.encoding) if layers.text is None or layers.html is None else None
    html = decoded if layers.html is None else layers.html
    text = decoded if layers.text is None else layers.text
    if html is None or text is None or (layers.html_hash and _hash(html) != layers.html_hash):
        raise ValueError("its markup is not that which was read")
    return msgspec.structs.replace(layers, text=text, html=html)


def decode_text(encoded: bytes, content: bytes) -> str:
    """The text layer alone; what it should be is for the caller to know."""
    layers = _TEXT_DECODER.decode(encoded)
    return (_decoded(content, layers.encoding) or "") if layers.text is None else layers.text


def stretches_of(layers: Layers) -> tuple[Stretch, ...]:
    """The stretches that the columns list."""
    gaps, lengths, paths, marks, links = layers.stretches
    words, end = layers.words, 0
    stretches = []
    for gap, length, path, mark, link in zip(gaps, lengths, paths, marks, links, strict=True):
        start = end + gap
        end = start + length
        stretches.append(Stretch(start, end, words[path], words[mark], link))
    return tuple(stretches)


def containers_of(layers: Layers) -> tuple[Container, ...]:
    """The containers that the columns list."""
    steps, lengths, tags, marks, parents = layers.containers
    words, start = layers.words, 0
    containers = []
    for index, (step, length, tag, mark, parent) in enumerate(zip(steps, lengths, tags, marks, parents, strict=True)):
        start += step
        containers.append(Container(start, start + length, words[tag], words[mark], index - parent))
    return tuple(containers)


def _stretch_columns(
    stretches: tuple[Stretch, ...], words: dict[str, int]
) -> tuple[list[int], list[int], list[int], list[int], list[bool]]:
    return (
        [each.start - end for end, each in zip([0, *[each.end for each in stretches]], stretches, strict=False)],
        [each.end - each.start for each in stretches],
        _numbers([each.path for each in stretches], words),
        _numbers([each.marks for each in stretches], words),
        [each.link for each in stretches],
    )


def _container_columns(
    containers: tuple[Container, ...], words: dict[str, int]
) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    return (
        [start - before for before, start in pairwise([0, *[each.start for each in containers]])],
        [each.end - each.start for each in containers],
        _numbers([each.tag for each in containers], words),
        _numbers([each.marks for each in containers], words),
        [index - each.parent for index, each in enumerate(containers)],
    )


def _numbers(column: Iterable[str], words: dict[str, int]) -> list[int]:
    """The number of each word, new ones behind those that are known."""
    return [words.setdefault(word, len(words)) for word in column]


def _decoded(content: bytes, encoding: str) -> str | None:
    """The bytes as text without their byte-order mark; nothing where the encoding is none."""
    try:
        return content.decode(encoding, "replace").removeprefix(_MARK)
    except LookupError:
        return None


def _hash(layer: str) -> bytes:
    return hashlib.sha256(layer.encode()).digest()[:_HASH_LENGTH]
