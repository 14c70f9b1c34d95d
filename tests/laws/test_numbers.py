"""Whatever way a number is written, the reader finds the same number; and no text makes it stumble."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.text.numbers import NUMBER_START, NumberForms, read_number

PLAIN = ("零一二三四五六七八九", ("", "十", "百", "千"))
FORMAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
ALL = NumberForms(spaces=True, powers=True, letters=True, slash=True)
CHARACTERS = "零〇○一二两三五九十百千万亿兆廿半几数多余负俩点分之份又0159.,，-+/^eEkMw 甲元\n"
numbers = st.integers(min_value=0, max_value=10**16 - 1)


def section(number: int, script: tuple[str, tuple[str, ...]], *, led: bool) -> str:
    """A number below ten thousand in words; ``led``: something stands before it, so that a gap needs its 零."""
    figures, units = script
    words, gap = "", led and number < 1000
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap else "") + figures[digit] + units[place]
            led, gap = True, False
        elif led:
            gap = True
    return words


def in_words(number: int, script: tuple[str, tuple[str, ...]]) -> str:
    """The number in words, by the rules of 零."""
    words, rest = "", number
    for great, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, rest = divmod(rest, great)
        if part:
            words += section(part, script, led=bool(words)) + name
    return words or "零"


@given(numbers, st.sampled_from([PLAIN, FORMAL]))
def test_words_give_their_number(number: int, script: tuple[str, tuple[str, ...]]) -> None:
    words = in_words(number, script)
    found = read_number(words, 0)
    assert found is not None
    assert (found.start, found.end, found.value, found.value_max) == (0, len(words), Decimal(number), None)


@given(st.lists(st.integers(0, 999), min_size=4, max_size=4))
def test_words_without_zeros_give_their_number(tens: list[int]) -> None:
    """Where every figure names its unit, a left-out 零 changes nothing."""
    number = sum(section * 10 * 10 ** (4 * place) for place, section in enumerate(tens))
    words = in_words(number, PLAIN).replace("零", "") or "零"
    found = read_number(words, 0)
    assert found is not None
    assert (found.end, found.value) == (len(words), Decimal(number))


@given(numbers.filter(lambda number: number >= 10**4), st.sampled_from([",", "，", " "]))
def test_groups_give_their_number(number: int, mark: str) -> None:
    words = f"{number:,}".replace(",", mark)
    if mark == " " and number < 10**6 and words.split(" ")[1][0] != "0":
        return
    found = read_number(words, 0, ALL)
    assert found is not None
    assert (found.end, found.value) == (len(words), Decimal(number))


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_decimals_are_exact(number: Decimal, magnitude: tuple[str, int]) -> None:
    words = f"{number:f}{magnitude[0]}"
    found = read_number(words, 0)
    assert found is not None
    assert (found.end, found.value, found.head) == (len(words), number * magnitude[1], number)


@given(st.text(CHARACTERS, max_size=40) | st.text(max_size=20), st.sampled_from([NumberForms(), ALL]))
def test_no_text_makes_it_stumble(text: str, forms: NumberForms) -> None:
    for start in range(-1, len(text) + 1):
        found = read_number(text, start, forms)
        if found is not None:
            assert found.start == start < found.end <= len(text)
            assert found.value.is_finite()
            assert int(found.value.as_tuple().exponent) <= 0
            assert found.value_max is None or found.value < found.value_max
            assert NUMBER_START.match(text, start), text


@given(st.sampled_from(["9", "一", "万", "百", "一百", "1,", "9.", "-", "负", "1/", "2^", "三分之", " ", "十又"]))
def test_long_rows_are_read_in_bounds(part: str) -> None:
    text = part * 5000
    place = 0
    while found := NUMBER_START.search(text, place):
        number = read_number(text, found.start(), ALL)
        place = number.end if number is not None else found.start() + 1
