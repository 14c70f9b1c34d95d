"""How a profile reads quantities."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.core.text.numbers import NumberForms
from mingjian.core.text.profiles import DOCUMENT, converted, lineage_of


class QuantityConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile says of quantities; ``profiles.toml`` explains every key."""

    numbers: NumberForms
    frames: frozenset[str]
    few: Literal["order", "range"]
    joined: str
    idioms: bool
    measure: str
    unit: str
    alone: tuple[str, ...]
    unknown: tuple[str, ...]
    ranges: bool
    more_units: bool
    rates: bool
    span: Literal["whole", "number"]
    reports: tuple[str, ...]


@cache
def quantity_conventions(book: Rulebook, profile: str = DOCUMENT, model: str = "") -> QuantityConventions:
    """The conventions of the profile for one of its models, over its own, over those it is like, over the document's.

    A model that the profile does not name is read as the profile reads without one. Raises ``RuleError`` for a profile
    that there is not, and for keys that are none.
    """
    tables = lineage_of(book, profile)
    layers = [table.get("quantities", {}) for table in tables]
    layers += [table.get("quantity_models", {}).get(model, {}) for table in tables[1:]]
    keys: dict[str, Any] = {name: value for layer in layers for name, value in layer.items()}
    return converted(keys, QuantityConventions, profile)
