"""Mentions that do not say enough to be one with any other: each is a thing of its own, reprints of it aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from mingjian.core.model.things import PageCard, Verdict


class Telling(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a mention tells: ``alone`` is the page whose thing it is where it tells too little, empty where enough.

    Facts with one profile are one thing without being judged: what is not the same as its like must differ in this.
    """

    alone: str = ""


T = TypeVar("T", bound=Telling)


def settled(profile: T, page: PageCard, judge: Callable[[T, T], Verdict]) -> T:
    """The profile, with the first source of its page where another just like it would not be the same thing."""
    if judge(profile, profile).holds == "same":
        return profile
    return msgspec.structs.replace(profile, alone=page.group)


def keys_unless_alone(keys: Callable[[T], tuple[str, ...]]) -> Callable[[T], tuple[str, ...]]:
    """The keys of a mention that tells enough, none of another."""
    return lambda profile: () if profile.alone else keys(profile)
