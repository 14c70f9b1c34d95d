"""Whatever the text, the anchor and the profile: spans hold, values are finite, and nothing stumbles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian import quantities, times
from mingjian.core.model.annotation import Measured, Quantity
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import bundled_rulebook

BOOK = bundled_rulebook()
READERS = [
    (profile, model)
    for profile, table in sorted(BOOK.tables["profiles"].items())
    for model in ("", *table.get("quantity_models", {}))
]
NAMES = {frame.id for frame in BOOK.frames("quantities") if frame.fields["makes"] == "name"}  # units without a number
WORDS = sorted(
    surface
    for lexicon in ("quantity_words", "units", "time_words")
    for entry in BOOK.lexicon(lexicon).entries
    for surface in entry.surfaces
)
FIGURES = "0123456789０１２３４５６７８９零〇○一二两三四五六七八九十百千万亿兆廿卅卌壹贰叁参肆拾佰仟俩仨几数半多余来"
MARKS = ".,．，、。·:：/／%％‰+-－−—–~～至到分之点又第负$￥¥€()（）“”^eEkKwWMG"
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet=FIGURES, min_size=1, max_size=4),
    st.sampled_from([*MARKS, "\n", " ", "　", "\u0301", "\u200d", "\ufe0f", "😀", "𝟛", "𠀋", "⅓", "①", "㎡", "Ⅻ"]),
    st.sampled_from(["万亿", "亿元", "产值", "同比增长", "占", "分别", "公司", "全省", "其中", "比重", "达"]),
    st.sampled_from(["2027年", "去年", "3月", "到", "年底前", "百分之", "三分之一", "0/0", "1e99", "10^99", "9" * 24]),
    st.text(max_size=3),
    st.integers(min_value=-(10**12), max_value=10**12).map(str),
)
texts = st.lists(pieces, max_size=14).map("".join)
days = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))  # those of the first and last year are refused
anchors = st.one_of(
    st.none(),
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
)


def pairs_of(found: Measured) -> Sequence[Pair]:
    """Every place that the quantity cites beside its own."""
    cited = (found.metric, found.subject, found.region, found.time, found.compared, found.quantity.noun)
    return [pair for pair in cited if pair is not None]


def check_values(quantity: Quantity) -> None:
    """The values are numbers, and the greatest is no less than the least."""
    if quantity.by in NAMES:
        assert quantity.value.is_nan() and quantity.normal_value.is_nan()
        return
    for value in (quantity.value, quantity.value_max, quantity.normal_value, quantity.normal_max):
        assert value is None or value.is_finite()
    assert (quantity.value_max is None) == (quantity.normal_max is None)
    assert quantity.normal_max is None or quantity.normal_max > quantity.normal_value
    assert quantity.value_max is None or quantity.value_max > quantity.value


@settings(max_examples=150, deadline=None)
@given(texts, anchors)
def test_no_text_makes_it_stumble_and_every_span_holds(text: str, anchor: str | None) -> None:
    reached = 0
    taken = {place for time in times(text, anchor) for place in range(time.start, time.end)}
    for found in quantities(text, anchor):
        quantity = found.quantity
        assert reached <= quantity.start <= quantity.number[0] < quantity.number[1] <= quantity.end <= len(text)
        assert taken.isdisjoint(range(quantity.start, quantity.end))
        reached = quantity.end
        low, high = text.rfind("\n", 0, quantity.start) + 1, text.find("\n", quantity.start)
        for start, end in (*pairs_of(found), quantity.number, (quantity.start, quantity.end)):
            assert low <= start < end <= (high if high >= 0 else len(text))
        check_values(quantity)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(READERS))
def test_every_profile_and_model_reads_any_text(text: str, reader: tuple[str, str]) -> None:
    for found in quantities(text, profile=reader[0], model=reader[1]):
        quantity = found.quantity
        assert 0 <= quantity.start <= quantity.number[0] < quantity.number[1] <= quantity.end <= len(text)
        check_values(quantity)


@settings(max_examples=60, deadline=None)
@given(texts, anchors)
def test_the_same_text_gives_the_same_quantities(text: str, anchor: str | None) -> None:
    assert quantities(text, anchor) == quantities(text, anchor)


def _moved(pair: Pair | None, shift: int) -> Pair | None:
    return None if pair is None else (pair[0] + shift, pair[1] + shift)


@settings(max_examples=100, deadline=None)
@given(texts, anchors)
def test_a_second_paragraph_gives_the_same_quantities_further_on(text: str, anchor: str | None) -> None:
    shift = len(text) + 1
    both = [found.quantity for found in quantities(f"{text}\n{text}", anchor)]
    first = [quantity for quantity in both if quantity.start < shift]
    second = both[len(first) :]
    assert [
        msgspec.structs.replace(
            quantity,
            start=quantity.start + shift,
            end=quantity.end + shift,
            number=_moved(quantity.number, shift),
            noun=_moved(quantity.noun, shift),
        )
        for quantity in first
    ] == second


@settings(max_examples=100, deadline=None)
@given(texts, anchors)
def test_full_width_figures_are_worth_as_much_as_narrow_ones(text: str, anchor: str | None) -> None:
    wide = text.translate({ord("0") + value: ord("０") + value for value in range(10)})
    narrow = text.translate({ord("０") + value: ord("0") + value for value in range(10)})
    found = [[_worth(one) for one in quantities(written, anchor)] for written in (wide, narrow)]
    assert found[0] == found[1]


def _worth(found: Measured) -> tuple[object, ...]:
    quantity = found.quantity
    return (
        quantity.start, quantity.end, quantity.normal_value, quantity.normal_max, quantity.normal_unit,
        quantity.comparator,
    )  # fmt: skip
