"""What a lexicon says of itself in the comments above its header: what it holds, whose its rows are, and as of when."""

from __future__ import annotations

import re

import msgspec

from mingjian.core.rulebook.nouns import Lexicon

_SOURCE = re.compile(r"source: (.+)")
_STATUS = re.compile(r"\b[Ss]tatus: (.+?)(?:\. |\.?$)")
_AS_OF = re.compile(r"\bAs of (\d{4}-\d{2}-\d{2})")
_KEY = re.compile(r"(?:^|; )([\w.-]+) = ")


class Header(msgspec.Struct, frozen=True):
    """The parsed comments of a lexicon; what they do not say is empty."""

    about: str
    sources: dict[str, str]
    status: str
    as_of: str


def header_of(lexicon: Lexicon) -> Header:
    """What the lexicon says of itself.

    >>> notes = ("Firms.", "source: hand = by hand; list = a list (MIT). Status: own work, facts. As of 2026-01-02.")
    >>> header = header_of(Lexicon("firms", (), notes))
    >>> header.sources, header.status, header.as_of
    ({'hand': 'by hand', 'list': 'a list (MIT)'}, 'own work, facts', '2026-01-02')
    """
    sources: dict[str, str] = {}
    for note in lexicon.notes:
        if (found := _SOURCE.match(note)) is not None:
            words = _AS_OF.sub("", _STATUS.sub("", found.group(1)))
            keys = list(_KEY.finditer(words))
            ends = [key.start() for key in keys[1:]] + [len(words)]
            sources |= {key[1]: words[key.end() : end].strip(" .;") for key, end in zip(keys, ends, strict=True)}
    about = next((note for note in lexicon.notes if ": " not in note[:12]), "")
    return Header(about, sources, _first(_STATUS, lexicon), _first(_AS_OF, lexicon))


def _first(pattern: re.Pattern[str], lexicon: Lexicon) -> str:
    return next((found.group(1) for note in lexicon.notes if (found := pattern.search(note))), "")
