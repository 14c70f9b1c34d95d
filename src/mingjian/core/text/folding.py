"""Folds a page's text for matching: the same length, one character for one character.

Because no length changes, a place in the folded text is the same place on the page: no offset map is needed.
"""

from __future__ import annotations

import re
from functools import cache

from mingjian.core.rulebook.bundled import bundled_file
from mingjian.core.rulebook.foldings import FILE, read_foldings

_REPLACEMENT = "\ufffd"
_FEW = 48
_OTHER_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")


def fold(text: str) -> str:
    """The text in simplified script and half-width digits and letters, with as many characters as before.

    Whatever ends a line is a line feed, a lone surrogate U+FFFD. A text that needs no folding is returned as it is.
    """
    text = with_line_feeds(text)
    if text.isascii():
        return text
    characters, table = _foldings()
    found = set(characters.findall(text))
    if len(found) > _FEW:
        return text.translate(table)
    # A page in simplified script holds few such characters: so many replacements cost less than one translation.
    for character in sorted(found):
        text = text.replace(character, table[ord(character)])
    return text


def with_line_feeds(text: str) -> str:
    r"""The text with a line feed for every other character that ends a line; a pair of CR and LF stays.

    >>> with_line_feeds("来源：某网\r某地\u2028讯\r\n")
    '来源：某网\n某地\n讯\r\n'
    """
    for mark in _OTHER_BREAKS:  # each a search at the speed of memory: one look at every character costs more
        if mark in text:
            return _BREAK.sub("\n", text)
    return text


@cache
def _foldings() -> tuple[re.Pattern[str], dict[int, str]]:
    """A class of all characters that are folded, and what each becomes; no result is itself folded."""
    foldings = read_foldings(bundled_file(FILE))
    table = {ord(source): target for source, target in foldings.items()}
    listed = "".join(map(re.escape, foldings))
    surrogates = dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    return re.compile(f"[{listed}\ud800-\udfff]"), table | surrogates
