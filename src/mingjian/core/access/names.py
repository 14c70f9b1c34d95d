"""Names of users and tokens, and passwords: their normal form, and why one will not do."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

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


def name_problem(name: str) -> str | None:
    """Why a normal name will not do, or nothing.

    >>> name_problem("a/b")
    'holds characters other than letters, digits, spaces and ._-@'
    >>> name_problem("王小明") is None
    True
    """
    if not name:
        return "is empty"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    if not all(character.isalnum() or character in _JOINING for character in name):
        return "holds characters other than letters, digits, spaces and ._-@"
    return None


def normal_password(password: str) -> str:
    """The password as it is hashed: the same bytes, whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, name: str, worst: Container[str]) -> str | None:
    """Why a normal password will not do for the user of this name, or nothing; ``worst`` are common ones, case-folded.

    >>> password_problem("short", "anna", ())
    'is shorter than 10 characters'
    >>> password_problem("anna of the lamps", "Anna", ())
    'holds the name of the user'
    >>> password_problem("three blue lamps", "anna", ()) is None
    True
    """
    folded = password.casefold()
    problems = (
        (len(password) < SHORTEST_PASSWORD, f"is shorter than {SHORTEST_PASSWORD} characters"),
        (len(password) > LONGEST_PASSWORD, f"is longer than {LONGEST_PASSWORD} characters"),
        (len(set(folded)) < _FEWEST_KINDS, f"has fewer than {_FEWEST_KINDS} different characters"),
        (folded in worst, "is among the passwords that are tried first"),
        (len(name) > 2 and folded_name(name) in folded, "holds the name of the user"),
    )
    return next((problem for applies, problem in problems if applies), None)
