"""What the words round an amount say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.model.annotation import Comparator
from mingjian.core.text.framing import Found
from mingjian.core.text.quantities import plain, reading
from mingjian.core.text.quantities.amounts import Amount, SpokenQuantity
from mingjian.core.text.quantities.reading import Page
from mingjian.core.text.tokens import Token

_BARE = "百千万亿"
_AT_MOST: Comparator = "<="
_LEAST_ORDER = 100


def make(page: Page, found: Found) -> Any:  # noqa: ANN401 - every class of frames has values of its own
    """The value of what a frame found; None where its words contradict one another."""
    return _MADE[found.frame.fields["makes"]](page, found)


def _spoken(page: Page, found: Found) -> SpokenQuantity | None:
    """An amount with the words that compare it."""
    token = found.one("amount")
    whole = token.value if token is not None and isinstance(token.value, Amount) else None
    if token is not None and whole is None:
        whole = reading.numbered(page, token.value)
    if whole is not None and whole.unit is None and not whole.share:
        whole = reading.with_unit(page, whole)
    return None if whole is None else _compared(page, found, whole, found.frame.fields.get("kind", ""))


def _with_amount(maker: Callable[[Page, Found], Amount | None]) -> Callable[[Page, Found], SpokenQuantity | None]:
    def spoken(page: Page, found: Found) -> SpokenQuantity | None:
        whole = maker(page, found)
        return None if whole is None else _compared(page, found, whole, found.frame.fields.get("kind", ""))

    return spoken


def _listed(page: Page, found: Found) -> SpokenQuantity | None:
    token = found.one("list")
    if token is None:
        return None
    return SpokenQuantity(token.value, _comparator(_words(found, "lead"), _words(found, "tail")) or "=")


def _words(found: Found, kind: str) -> list[Token]:
    """The words of a kind; a part that is repeated is named by its last alone."""
    return [token for token in found.tokens if token.by == kind]


def _compared(page: Page, found: Found, whole: Amount, kind: str) -> SpokenQuantity | None:
    leads, tails = _words(found, "lead"), _words(found, "tail")
    if not all(_leads(page, lead) for lead in leads):
        return None
    if found.has("more"):
        whole = whole if whole.more else _more(whole, found)
    level = found.has("level") or any(isinstance(lead.value, Mapping) and "order" in lead.value for lead in leads)
    if found.has("level") and not _is_magnitude(page, whole):
        return None
    said = _comparator(leads, tails)
    if whole.high is not None:
        return SpokenQuantity((whole,), "range", kind=kind)
    if said is not None:
        return SpokenQuantity((whole,), said, kind=kind)
    if level or whole.few or (whole.bare and not whole.more):
        return SpokenQuantity((whole,), "~", order=True, kind=kind)
    return SpokenQuantity((whole,), _beyond(page, found) if whole.more else "=", kind=kind)


def _beyond(page: Page, found: Found) -> Comparator:
    """多 and 余 say that it is more, 来 (十来个) only that it is about so many."""
    words = page.folded[found.tokens[0].start : found.tokens[-1].end]
    return "~" if any(word in words for word in page.settings["about_more"]) else ">"


def _more(whole: Amount, found: Found) -> Amount:
    more = found.one("more")
    end = more.end if more is not None else whole.place[1]
    place = (whole.place[0], max(whole.place[1], end if found.tokens[-1].end == end else whole.place[1]))
    return Amount(**{name: getattr(whole, name) for name in whole.__struct_fields__} | {"more": True, "place": place})


def _leads(page: Page, lead: Token) -> bool:
    """上 counts only before a magnitude: 上千亿元, but 以上5个."""
    if not isinstance(lead.value, Mapping) or "order" not in lead.value:
        return True
    return page.folded[lead.end : lead.end + 1] in _BARE


def _is_magnitude(page: Page, whole: Amount) -> bool:
    """Whether the number is great enough to be called an order: 百亿级, 万卡级, no 5级."""
    last = page.folded[whole.words[1] - 1]
    return last in _BARE and whole.low >= _LEAST_ORDER


def _comparator(leads: list[Token], tails: list[Token]) -> Comparator | None:
    """What the words nearest to the number say; 最高 says that it is no more, whatever follows it."""
    before, after = _said(leads), _said(tails)
    if _AT_MOST in before:
        return _AT_MOST
    return before[-1] if before else after[0] if after else None


def _said(words: list[Token]) -> list[Comparator]:
    return [word.value["is"] for word in words if word.value.get("is")]


def _index(page: Page, found: Found) -> SpokenQuantity | None:
    """A number without a unit; the points of an index are its unit as printed."""
    number, points = found.one("number"), found.one("points")
    if number is None:
        return None
    whole = reading.numbered(page, number.value)
    if points is not None:
        whole = msgspec.structs.replace(
            whole, place=(whole.place[0], points.end), written=page.folded[points.start : points.end]
        )
    return _compared(page, found, whole, found.frame.fields["kind"])


def _share_word(page: Page, found: Found) -> SpokenQuantity | None:
    """A word for a share, which may say by itself that it is more."""
    word = found.one("share-word")
    if word is None:
        return None
    pair, value = (word.start, word.end), Decimal(word.value["share"])
    spoken = _compared(page, found, Amount(pair, pair, value, value, share=round(1 / value)), "ratio")
    said = word.value.get("is")
    return msgspec.structs.replace(spoken, comparator=said) if spoken is not None and said else spoken


def _name(page: Page, found: Found) -> SpokenQuantity:
    """A unit without a number."""
    token = found.tokens[0]
    pair, nothing = (token.start, token.end), Decimal("NaN")
    return SpokenQuantity((Amount(pair, pair, nothing, nothing, unit=token.value.unit, written=token.value.written),))


def _hidden(page: Page, found: Found) -> bool:
    """每万人, 第三个: no quantity."""
    return True


def _rate(page: Page, found: Found) -> bool | None:
    """每万人: a rate is counted by a round number."""
    value = found.tokens[-1].value
    whole = value if isinstance(value, Amount) else reading.numbered(page, value)
    return True if whole.low > 0 and whole.low.normalize().as_tuple().digits == (1,) else None


_MADE: Mapping[str, Callable[[Page, Found], Any]] = {
    "joined": reading.joined_number, "interposed": reading.interposed, "amount": reading.amount,
    "share": reading.share, "compound": reading.compound, "stretch": reading.stretch,
    "neighbours": reading.neighbours, "list": reading.listed, "hidden": _hidden, "rate": _rate,
    "spoken": _spoken, "listed": _listed,
    "doubling": _with_amount(reading.power_of_two), "figures": _with_amount(reading.figures),
    "percentage": reading.percentage, "discount": reading.discount, "number": plain.number,
    "figured-number": plain.figured_number, "numerator": plain.numerator, "multiplied": plain.multiplied,
    "counted": plain.counted, "bounded": plain.bounded, "vague": plain.vague, "abbreviated": plain.abbreviated,
    "name": _name, "index": _index, "share-word": _share_word,
}  # fmt: skip
