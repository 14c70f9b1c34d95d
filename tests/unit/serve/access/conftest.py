"""A small application behind the gate, with users of every role, and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from tests.unit.serve.access.asking import PASSWORDS, ROLES, ROUTES, TERMINAL, Clock, Service

from mingjian.serve.access.api import access_api
from mingjian.serve.access.passwords import Passwords
from mingjian.serve.access.plugin import AccessPlugin, behind_gate
from mingjian.serve.access.service import Access
from mingjian.serve.access.settings import AccessSettings
from mingjian.serve.access.users import add_user
from mingjian.store.access import AccessDatabase


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(tmp_path: Path, clock: Clock) -> Iterator[Service]:
    """Makes the application with these settings; with its users, unless told otherwise."""
    opened: list[AccessDatabase] = []

    def make(*, users: bool = True, write: bool = True, **settings: Any) -> tuple[Litestar, Access]:
        database = AccessDatabase(tmp_path, write=write)
        opened.append(database)
        cheap = Passwords(hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        access = Access(database, AccessSettings(**settings), passwords=cheap, clock=clock)
        if users and write:
            for name, role in ROLES.items():
                add_user(access, TERMINAL, name, role, PASSWORDS[name])
        app = Litestar(
            [*ROUTES, access_api()], plugins=[AccessPlugin(access)], logging_config=None, openapi_config=None
        )
        return behind_gate(app, access), access

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def app(service: Service) -> Litestar:
    return service()[0]
