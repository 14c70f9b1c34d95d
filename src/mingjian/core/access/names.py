"""Names of users and tokens, and passwords: their normal form, and why one will not do."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from itertools import pairwise
from typing import NamedTuple

LONGEST_NAME = 64
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256
_FEWEST_KINDS = 5  # of characters in a password
_JOINING = frozenset("._-@ ")


def normal_name(name: str) -> str:
    """The name as it is kept and shown: one spelling for what looks the same, without spaces around it."""
    return unicodedata.normalize("NFKC", name).strip()


def folded_name(name: str) -> str:
    """The name by which it is known again, whatever its case.

    >>> folded_name(" Ａnna ") == folded_name("anna")
    True
    """
    return normal_name(name).casefold()


class Flaw(NamedTuple):
    """Why a name or a password will not do: a word for the case, and the sentence."""

    key: str
    told: str


def name_flaw(name: str) -> Flaw | None:
    """Why a normal name will not do, or nothing.

    >>> name_flaw("a/b").told
    'holds characters other than letters, digits, spaces and ._-@'
    >>> name_flaw("王小明") is None
    True
    """
    if not name:
        return Flaw("name_empty", "is empty")
    if len(name) > LONGEST_NAME:
        return Flaw("name_long", f"is longer than {LONGEST_NAME} characters")
    if not all(character.isalnum() or character in _JOINING for character in name):
        return Flaw("name_characters", "holds characters other than letters, digits, spaces and ._-@")
    return None


def label_flaw(label: str) -> Flaw | None:
    r"""Why the normal name of a token, which only its user reads, will not do, or nothing.

    >>> label_flaw("the office's agent") is None, label_flaw("a\nb").told
    (True, 'holds characters that cannot be printed')
    """
    if label.isprintable():
        return name_flaw("x" * len(label))
    return Flaw("name_characters", "holds characters that cannot be printed")


def normal_password(password: str) -> str:
    """The password as it is hashed: the same bytes, whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password)


def password_flaw(password: str, name: str, worst: Container[str]) -> Flaw | None:
    """Why a normal password will not do for the user of this name, or nothing; ``worst`` are common ones, case-folded.

    >>> password_flaw("short", "anna", ()).told
    'is shorter than 10 characters'
    >>> password_flaw("anna of the lamps", "Anna", ()).told
    'holds the name of the user'
    >>> password_flaw("abcdefghijkl", "anna", ()).told
    'is a run of neighbours, or few characters again and again'
    >>> password_flaw("three blue lamps", "anna", ()) is None
    True
    """
    folded = password.casefold()
    flaws = (
        (len(password) < SHORTEST_PASSWORD, "password_short", f"is shorter than {SHORTEST_PASSWORD} characters"),
        (len(password) > LONGEST_PASSWORD, "password_long", f"is longer than {LONGEST_PASSWORD} characters"),
        (_is_plain(folded), "password_plain", "is a run of neighbours, or few characters again and again"),
        (folded in worst, "password_common", "is among the passwords that are tried first"),
        (len(name) > 2 and folded_name(name) in folded, "password_name", "holds the name of the user"),
    )
    return next((Flaw(key, told) for applies, key, told in flaws if applies), None)


def _is_plain(password: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return len(set(password)) < _FEWEST_KINDS or steps in ({1}, {-1})
