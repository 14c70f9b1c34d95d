"""The chain of the audit log: each line's hash holds the hash of the one before, so that no line is changed unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

FIRST = bytes(32)
"""What stands before the first line."""
_LONGEST = 2_000


class Deed(msgspec.Struct, frozen=True):
    """Somebody did something: ``who`` is a name, ``via`` how it was known, ``action`` a ``noun.verb``."""

    who: str
    via: str
    address: str
    action: str
    subject: str = ""
    detail: str = ""


class AuditLine(msgspec.Struct, frozen=True):
    """A deed in its place: the number of the line, the second, and the hash that binds it to all before."""

    number: int
    at: int
    deed: Deed
    hash: bytes


def shortened(deed: Deed) -> Deed:
    """The deed with no word longer than a log should hold, and without characters that would break a line of it."""
    return Deed(*(_plain(word) for word in msgspec.structs.astuple(deed)))


def line_behind(number: int, before: bytes, at: int, deed: Deed) -> AuditLine:
    """The line for a deed, behind one with this hash."""
    told = msgspec.json.encode([number, at, *msgspec.structs.astuple(deed)])
    return AuditLine(number, at, deed, sha256(before + told).digest())


def chain_problems(lines: Iterable[AuditLine], head: tuple[int, bytes]) -> Iterator[str]:
    """What shows that lines were changed, removed, added or put elsewhere; ``head`` is the last line's number and hash.

    After the first breach nothing behind it can be told: one problem is given for the lines, and one for the head.
    """
    expected, before = 1, FIRST
    for line in lines:
        if line.number != expected:
            yield f"line {expected} of the audit log is missing"
            return
        if line_behind(line.number, before, line.at, line.deed).hash != line.hash:
            yield f"line {line.number} of the audit log is not as it was written, or the one before it was changed"
            return
        expected, before = line.number + 1, line.hash
    if (expected - 1, before) != head:
        yield f"the audit log ends at line {expected - 1}, but {head[0]} were written"


def _plain(word: str) -> str:
    cut = word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cut)
