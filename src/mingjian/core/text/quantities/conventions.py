"""How a profile reads quantities."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.core.text.numbers import NumberForms
from mingjian.errors import RuleError

DOCUMENT = "document"
_FILE = "profiles.toml"


class QuantityConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile says of quantities; ``profiles.toml`` explains every key."""

    numbers: NumberForms
    frames: tuple[str, ...]
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
    """The conventions of the profile for one of its models, over its own, over those of the document profile."""
    table = book.tables["profiles"]
    if profile not in table:
        raise RuleError(_FILE, None, f"there is no profile {profile!r}", f"name one of {', '.join(sorted(table))}")
    own: Mapping[str, Any] = table[profile].get("quantities", {})
    of_model = table[profile].get("quantity_models", {}).get(model, {})
    try:
        return msgspec.convert({**table[DOCUMENT]["quantities"], **own, **of_model}, QuantityConventions)
    except msgspec.ValidationError as error:
        raise RuleError(_FILE, None, f"the quantities of {profile!r}: {error}", "mend the key") from error
