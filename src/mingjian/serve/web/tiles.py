"""The grid of provinces: where each stands, from ``tiles.toml``. It is a table of places, not a map."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from mingjian.serve.web.parts import Tile


class Province(msgspec.Struct, frozen=True):
    """A province: its code of GB/T 2260, the short name that its tile bears, and its place in the grid from 1."""

    code: str
    name: str
    column: int
    row: int


@cache
def provinces() -> tuple[Province, ...]:
    """All 34, row by row."""
    table = tomllib.loads(files("mingjian.serve.web").joinpath("tiles.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(each, Province) for each in table["tile"])


def tiled(tiles: Iterable[Tile]) -> list[tuple[Province, Tile]]:
    """Each province with its tile; an empty tile for those of which nothing is told."""
    by_code = {tile.code: tile for tile in tiles}
    return [(province, by_code.get(province.code, Tile(code=province.code))) for province in provinces()]
