"""Roles and rights: each role may all that the one before it may, and a token no more than its user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

Role: TypeAlias = Literal["reader", "reviewer", "admin"]
Scope: TypeAlias = Literal["read", "review", "admin"]
Right: TypeAlias = Literal["anyone", "read", "review", "admin", "account"]
"""What a route asks for: ``anyone`` asks nothing, ``account`` a person of any role who has logged in."""

ROLES: tuple[Role, ...] = get_args(Role)
SCOPES: tuple[Scope, ...] = get_args(Scope)
RIGHTS: tuple[Right, ...] = get_args(Right)


def scopes_of(role: Role) -> tuple[Scope, ...]:
    """What a role may, least first.

    >>> scopes_of("reviewer")
    ('read', 'review')
    """
    return SCOPES[: ROLES.index(role) + 1]


def scopes_of_token(asked: Iterable[str], role: Role) -> tuple[Scope, ...]:
    """What a token may: what was asked for it with all that goes before that, as far as its user's role still allows.

    So whoever begins a job, or says something, may look at what came of it.

    >>> scopes_of_token(["review"], "admin"), scopes_of_token(["admin"], "reader"), scopes_of_token([], "admin")
    (('read', 'review'), ('read',), ())
    """
    wanted = set(asked)
    reach = max((place for place, scope in enumerate(SCOPES, 1) if scope in wanted), default=0)
    return scopes_of(role)[:reach]


def may(right: Right, rights: Iterable[str]) -> bool:
    """Whether who holds these rights may use a route that asks for this one.

    >>> may("admin", ["read", "review"]), may("read", ["read"]), may("anyone", [])
    (False, True, True)
    """
    return right == "anyone" or right in rights
