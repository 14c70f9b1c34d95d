"""What a frame of times found, as a value: parts of an expression, or a whole expression that says how it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from mingjian.core.text.framing import Found
from mingjian.core.text.times.moments import Length, Moment
from mingjian.core.text.times.parts import Part, make_part, merged_parts
from mingjian.core.text.times.spoken import Shape, SpokenTime

_YEARS_OF_A_PLAN = 5


def make(found: Found) -> Part | SpokenTime | None:
    """The value of what a frame found; None where its words contradict one another."""
    shape = found.frame.fields.get("shape")
    if shape is None:
        return make_part(found)
    return _SHAPES[found.frame.fields.get("make", shape)](found)


def _expression(shape: Shape) -> Callable[[Found], SpokenTime | None]:
    def spoken(found: Found) -> SpokenTime | None:
        return SpokenTime(shape, lead=found.one("lead"), tail=found.one("tail"), way=found.one("way"),
                      about=found.has("约") or found.has("左右"))  # fmt: skip

    return spoken


def _point(found: Found) -> SpokenTime | None:
    token = found.one("moments")
    base = _expression("point")(found)
    return None if token is None or base is None else msgspec.structs.replace(base, first=token.value)


def _range(found: Found) -> SpokenTime | None:
    token, base = found.one("range"), _expression("range")(found)
    if token is None or base is None:
        return None
    return msgspec.structs.replace(base, first=token.value.first, last=token.value.last)


def _with_length(shape: Shape) -> Callable[[Found], SpokenTime | None]:
    def spoken(found: Found) -> SpokenTime | None:
        token, base = found.one("length"), _expression(shape)(found)
        return None if token is None or base is None else msgspec.structs.replace(base, length=token.value)

    return spoken


def _set(found: Found) -> SpokenTime | None:
    """Every so long, or every such moment; 每周六 names both."""
    length, word = found.one("length"), found.one("set-word")
    if length is not None:
        return SpokenTime("set", length=length.value)
    moment = merged_parts(found, lambda name: name in ("moments", "n.weekday"))
    every = None if word is None else Length(((word.value["unit"], Decimal(1)),))
    return None if moment is None else SpokenTime("set", first=None if moment == Moment() else moment, length=every)


def _between(found: Found) -> SpokenTime | None:
    """十五年以上, 六个月以下, 13天—8周: the least is its length, none at all where only the greatest is said."""
    lengths = [token for name, token in found.parts() if name == "length"]
    least = Length((("TS", Decimal(0)),)) if len(lengths) == 1 and found.has("以下") else lengths[0].value
    return SpokenTime("length", length=least)


def _vague(found: Found) -> SpokenTime | None:
    token, base = found.one("vague"), _expression("vague")(found)
    return None if token is None or base is None else msgspec.structs.replace(base, vague=token.value)


def _plan(found: Found) -> SpokenTime | None:
    token, part, base = found.one("plan"), found.one("part"), _expression("plan")(found)
    if token is None or base is None:
        return None
    if part is None:
        return msgspec.structs.replace(base, plan=token.value["plan"])
    if part.by == "以来":
        return msgspec.structs.replace(base, plan=token.value["plan"], part="以来")
    said = part.value.part if isinstance(part.value, Moment) else part.value.get("plan_year") if part.value else ""
    return msgspec.structs.replace(base, plan=token.value["plan"], part=said or "")


def _plan_years(found: Found) -> SpokenTime | None:
    """前四年, 后三年 of a plan: whole years, of which it has five."""
    token, side, length = found.one("plan"), found.one("side"), found.one("length")
    if token is None or side is None or length is None:
        return None
    unit, count = length.value.first
    unclear = length.value.vague or length.value.more or length.value.most is not None
    if unclear or unit != "Y" or len(length.value.parts) > 1 or count not in range(1, _YEARS_OF_A_PLAN + 1):
        return None
    return SpokenTime("plan", plan=token.value["plan"], part=side.by, length=length.value)


_SHAPES: Mapping[str, Callable[[Found], SpokenTime | None]] = {
    "point": _point, "range": _range, "span": _with_length("span"), "within": _with_length("within"),
    "offset": _with_length("offset"), "length": _with_length("length"), "set": _set, "vague": _vague, "plan": _plan,
    "length-between": _between, "plan-years": _plan_years,
}  # fmt: skip
