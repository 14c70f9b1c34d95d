"""Profiles: the conventions of ``profiles.toml``, and which words and frames a profile knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, TypeVar

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.errors import RuleError

DOCUMENT = "document"
_FILE = "profiles.toml"
_Conventions = TypeVar("_Conventions")


def lineage_of(book: Rulebook, profile: str) -> tuple[Mapping[str, Any], ...]:
    """The tables of the document profile, of the one that this profile is like, and its own; the last one counts.

    Raises ``RuleError`` for a profile that there is not.
    """
    table = book.tables["profiles"]
    for name in (profile, table.get(profile, {}).get("like", DOCUMENT)):
        if name not in table:
            raise RuleError(_FILE, None, f"there is no profile {name!r}", f"name one of {', '.join(sorted(table))}")
    return table[DOCUMENT], table[table[profile].get("like", DOCUMENT)], table[profile]


def family_of(book: Rulebook, profile: str) -> frozenset[str]:
    """The profile and the one that it is like: what ``only`` one of them knows, it knows."""
    like = book.tables["profiles"].get(profile, {}).get("like")
    return frozenset((profile, like) if like else (profile,))


def is_known(only: str | Sequence[str] | None, profiles: Set[str]) -> bool:
    """Whether one of the profiles knows a word or a frame with this ``only``: names, or names parted by ``|``."""
    return not only or not profiles.isdisjoint(only.split("|") if isinstance(only, str) else only)


def converted(keys: Mapping[str, Any], kind: type[_Conventions], profile: str) -> _Conventions:
    """The keys as conventions; raises ``RuleError`` where one is missing, unknown or no such value."""
    try:
        return msgspec.convert(keys, kind)
    except msgspec.ValidationError as error:
        raise RuleError(_FILE, None, f"the profile {profile!r}: {error}", "mend the key") from error
