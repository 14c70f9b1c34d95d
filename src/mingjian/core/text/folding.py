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


def fold(text: str) -> str:
    """The text in simplified script and half-width digits and letters, with as many characters as before.

    A lone surrogate becomes U+FFFD. A text that needs no folding is returned as it is.
    """
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


@cache
def _foldings() -> tuple[re.Pattern[str], dict[int, str]]:
    """A class of all characters that are folded, and what each becomes; no result is itself folded."""
    foldings = read_foldings(bundled_file(FILE))
    table = {ord(source): target for source, target in foldings.items()}
    listed = "".join(map(re.escape, foldings))
    surrogates = dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    return re.compile(f"[{listed}\ud800-\udfff]"), table | surrogates
