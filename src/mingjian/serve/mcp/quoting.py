"""Words of pages for readers that may take them for orders: marked so that no page can end the marking.

In JSON an object with ``"untrusted": true`` holds them. In text they stand between two lines that hold a hash of all
that stands between them: to write such a line, a page would have to hold its own hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import sha256

_DIGITS = 24
# Forms of writing: letters and marks that Unicode calls printable and that nobody sees, or that only bear others.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
_HIDDEN = re.compile(rf"[{_UNSEEN}]")
_BLANKS = "\n\t\u3000\u00a0"
# What Markdown and HTML would make a picture, a link, an element or a block of code.
_ACTIVE = re.compile(r"(?<=!)\[|(?<=\])[\(\[:]|[<`]")


def quoted(words: str) -> str:
    r"""The words as a JSON string on one line, of which nothing is invisible, commands a terminal or loads a picture.

    >>> print(quoted('他说"好"\n![x](http://a.invalid)\u202e\x1b[0m'))
    "他说\"好\"\n!\u005bx]\u0028http://a.invalid)\u202e\u001b[0m"
    """
    inner = seen(json.dumps(words, ensure_ascii=False)[1:-1])
    return f'"{_ACTIVE.sub(lambda match: _escaped(match[0]), inner)}"'


def seen(words: str) -> str:
    r"""The words with what nobody sees, and all but blanks that is not printable, by its number.

    >>> print(seen("智\u200b能\U000e0041"))
    智\u200b能\udb40\udc41
    """
    return "".join(_escaped(sign) if _is_unseen(sign, "\u3000") else sign for sign in words)


def count_unseen(words: str) -> int:
    r"""How many characters nobody sees: of no width, of direction, tags, controls other than line feed and tab.

    >>> count_unseen("人工智能\u200b\u202e\n")
    2
    """
    return sum(1 for sign in words if _is_unseen(sign, _BLANKS))


def fenced(lines: Sequence[str]) -> str:
    """The lines, which hold words of pages, between two lines that no page can write; empty where there are none."""
    if not lines:
        return ""
    body = "\n".join(lines)
    fence = fence_of(body)
    return f"<<<UNTRUSTED QUOTATION {fence}\n{body}\nEND OF UNTRUSTED QUOTATION {fence}>>>"


def fence_of(body: str) -> str:
    """The hash of the body, which does not stand in it."""
    fence = sha256(body.encode()).hexdigest()[:_DIGITS]
    while fence in body:
        fence = sha256(fence.encode()).hexdigest()[:_DIGITS]
    return fence


def _is_unseen(sign: str, blanks: str) -> bool:
    return (not sign.isprintable() and sign not in blanks) or _HIDDEN.match(sign) is not None


def _escaped(sign: str) -> str:
    """The character as JSON writes it by its number: those beyond U+FFFF as two halves."""
    coded = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{coded[at : at + 4]}" for at in range(0, len(coded), 4))
