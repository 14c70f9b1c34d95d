"""LAC-small as a ``Recognizer``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from mingjian.core.model.span import Pair
from mingjian.core.ports import Name
from mingjian.engines.lac.decoding import Chain, decode
from mingjian.engines.lac.network import Network, load_network
from mingjian.engines.lac.weights import (
    Dictionaries,
    Floats,
    find_folder,
    installed_version,
    read_dictionaries,
    read_parameter,
)
from mingjian.errors import EngineError

# The model was trained on half-width, lower-case text: its dictionary lists other forms too, but their vectors are
# what chance made of them before the training.
_MARKS = zip("、。—…‘’“”「」『』〔〕〖〗【】〈〉∶•・", ",.-.''\"\"''\"\"()[][]<>:··", strict=True)
_FORMS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {ord(mark): plain for mark, plain in _MARKS}
_END = re.compile(r"[。！？!?；;，,\n]")
_HAN, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[A-Za-z]")
_MOST_LATIN = 4  # letters to each Han character, in what is still Chinese
_USUAL, _MOST = 48, 160  # characters of a piece: short pieces of like length make even batches
_RUN = 4  # pieces that the network reads at once
_BATCH = 128  # pieces that are decoded at once
# The tags nr (people) and ns (places) are left out: on sets of sentences one in six of them was a name, of nt every
# second.
_LABELS = {"PER": "PER", "ORG": "ORG", "nt": "ORG", "LOC": "LOC"}
_Piece = tuple[int, int, int]


class LacRecognizer:
    """The tagger; the same texts give the same names.

    Texts are read in batches of like length. How a sum is rounded may depend on the batch, so a name could differ
    where two readings score alike to the last bits.
    """

    def __init__(self, network: Network, chain: Chain, dictionaries: Dictionaries, version: str) -> None:
        self._network = network
        self._chain = chain
        self._dictionaries = dictionaries
        self._characters = _by_form(dictionaries.characters)
        self._named = frozenset(
            number for number, tag in enumerate(dictionaries.tags) if tag.partition("-")[0] in _LABELS
        )
        self._version = version

    @property
    def name(self) -> str:
        """The model and the version of jieba that carries it."""
        return f"lac-small@{self._version}"

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        """For every text its names in order."""
        pieces = [
            (index, start, end)
            for index, text in enumerate(texts)
            for start, end in _pieces(text)
            if _is_chinese(text[start:end])
        ]
        pieces.sort(key=lambda piece: piece[1] - piece[2])
        names: list[list[Name]] = [[] for _ in texts]
        for first in range(0, len(pieces), _BATCH):
            batch = pieces[first : first + _BATCH]
            for (index, start, _), tags in zip(batch, decode(self._chain, self._scores(texts, batch)), strict=True):
                if not self._named.isdisjoint(tags):
                    names[index] += self._names(tags, start)
        return [sorted(found) for found in names]

    def _scores(self, texts: Sequence[str], pieces: Sequence[_Piece]) -> list[Floats]:
        scores: list[Floats] = []
        for first in range(0, len(pieces), _RUN):
            coded = [self._numbers(texts[index][start:end]) for index, start, end in pieces[first : first + _RUN]]
            given = self._network(coded)
            scores += [given[: len(numbers), column] for column, numbers in enumerate(coded)]
        return scores

    def _numbers(self, text: str) -> list[int]:
        get, unknown = self._characters.get, self._dictionaries.unknown
        return [get(character, unknown) for character in text]

    def _names(self, numbers: Iterable[int], offset: int) -> Iterator[Name]:
        tags = self._dictionaries.tags
        kind, start, place = "", offset, offset
        for place, number in enumerate(numbers, start=offset):
            word, _, position = tags[number].partition("-")
            if position != "I" or word != kind:
                yield from _labelled(start, place, kind)
                kind, start = word, place
        yield from _labelled(start, place + 1, kind)


@cache
def load(said: str = "") -> LacRecognizer:
    """The tagger of the installed jieba, read once; ``EngineError`` where there is none, or another is asked for."""
    if said:
        raise EngineError("lac", f"has one model, and none called {said!r}", "write --engine lac")
    folder = find_folder()
    network = load_network(folder)
    weights = read_parameter(folder, "crfw")
    chain = Chain(weights[0], weights[1], np.ascontiguousarray(weights[2:]))
    return LacRecognizer(network, chain, read_dictionaries(folder), installed_version())


def _by_form(characters: Mapping[str, int]) -> dict[str, int]:
    """The number of every character that is known in some form: of ``Ａ`` and ``A`` that of ``a``."""
    plain = {form: form.translate(_FORMS).lower() for form in (*characters, *map(chr, _FORMS))}
    return {form: characters[one] for form, one in plain.items() if one in characters}


def _is_chinese(text: str) -> bool:
    """Whether the model can read the text: of other languages it takes whole clauses for names."""
    return bool(_HAN.search(text)) and len(_LATIN.findall(text)) <= _MOST_LATIN * len(_HAN.findall(text))


def _labelled(start: int, end: int, kind: str) -> Iterator[Name]:
    if kind in _LABELS:
        yield start, end, _LABELS[kind]


def _pieces(text: str) -> Iterator[Pair]:
    """The text cut at the ends of sentences and clauses, into as few pieces as keep to the usual length."""
    start = last = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        if end - start > _USUAL and last > start:
            yield start, last
            start = last
        while end - start > _MOST:
            yield start, start + _MOST
            start += _MOST
        last = end
    if start < last:
        yield start, last
