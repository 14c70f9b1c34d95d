from __future__ import annotations

from decimal import Decimal

import pytest

from mingjian.core.text.folding import fold
from mingjian.core.text.numbers import NUMBER_START, Number, NumberForms, read_number

ALL = NumberForms(spaces=True, powers=True, letters=True, slash=True)


def number_of(text: str, forms: NumberForms = ALL) -> Number:
    """The number that is the whole of the text."""
    number = read_number(fold(text), 0, forms)
    assert number is not None
    assert number.end == len(text), text[number.start : number.end]
    return number


ARABIC = [
    *(("2025", "2025", "integer"), ("1,200", "1200", "integer"), ("82，225.00", "82225", "decimal")),
    *(("1 200 000", "1200000", "integer"), ("10 000", "10000", "integer"), ("３．５", "3.5", "decimal")),
    *((".5", "0.5", "decimal"), ("3.5万", "35000", "mixed"), ("4.78万亿", "4780000000000", "mixed")),
    *(("10万万", "1000000000", "mixed"), ("5万4千6百", "54600", "mixed"), ("25万6千", "256000", "mixed")),
    *(("1亿2千万", "120000000", "mixed"), ("3.5千万", "35000000", "mixed"), ("120百万", "120000000", "mixed")),
    *(("2万3456", "23456", "mixed"), ("1000  万", "10000000", "mixed"), ("3千5百", "3500", "mixed")),
]
HAN = [
    *(
        ("三百五十", "350"),
        ("廿二", "22"),
        ("卅", "30"),
        ("參", "3"),
        ("參萬肆仟", "34000"),
        ("贰佰零参", "203"),
        ("壹佰", "100"),
        ("參拾參", "33"),
        ("玖拾陸", "96"),
    ),
    *(("一萬零卌", "10040"), ("拾万零五十六", "100056"), ("一百十五", "115"), ("百万", "1000000"), ("千", "1000")),
    *(("五十五兆一十二亿四万五千二", "55001200045200"), ("一百零十万三千", "1103000"), ("零十", "10")),
    *(("一百零一万零三千零十二", "1013012"), ("三万五千亿", "3500000000000"), ("两万五千万", "250000000")),
    *(
        ("四千五百六十九万八千三百一十一亿四千八百七十二万五千三百八十二", "4569831148725382"),
        ("一亿亿", "10000000000000000"),
    ),
    *(("两千四百五", "2450"), ("千三", "1300"), ("百二万", "1200000"), ("万九", "19000"), ("二百五", "250")),
    *(("三 百 五", "350"), ("半百", "50"), ("俩", "2"), ("仨", "3"), ("三点五万", "35000"), ("二点五千万", "25000000")),
]
FRACTIONS = [
    *(
        ("三分之一", Decimal(1) / 3, 3),
        ("百分之六十", "0.6", 100),
        ("百分之百", "1", 100),
        ("千分之2.4", "0.0024", 1000),
    ),
    *(("百分之一百二十点五", "1.205", 100), ("一千万分之六", "0.0000006", 10**7), ("１/2", "0.5", 2)),
    *(("3又一千分之23", "3.023", 1000), ("负３分之负一百五十七", Decimal(157) / 3, 3), ("二份一", "0.5", 2)),
    *(
        ("四分一", "0.25", 4),
        ("1 4/3", Decimal(7) / 3, 3),
        ("五 分 之 一", "0.2", 5),
        ("半", "0.5", 2),
        ("一半", "0.5", 2),
    ),
    *(("百分之15K", "150", 100), ("负一又二分之一", "-1.5", 2)),
]
RANGES = [
    *(("三五百", 300, 500), ("二三十", 20, 30), ("两三", 2, 3), ("十几", 10, 20), ("几十", 20, 100)),
    *(("数百", 200, 1000), ("几千万", 2 * 10**7, 10**8), ("数亿", 2 * 10**8, 10**9), ("十七八", 17, 18)),
    *(("二十几万", 200000, 300000), ("三四千万", 3 * 10**7, 4 * 10**7), ("一百二三十", 120, 130), ("五六", 5, 6)),
]
POWERS = [
    ("2^5", "32"),
    ("12.32e+14", "1232000000000000"),
    ("-2.5^-1", "-0.4"),
    ("-1e1", "-10"),
    ("2.7890e-1", "0.2789"),
]
LETTERS = [("15k", "15000"), ("-2.5 M", "-2500000"), ("30w", "300000"), ("-.0012G", "-1200000")]
PLACES = [
    *(("２２２２.2222.22222.222", "2222"), ("二分之。", "二"), ("三万千瓦", "三万"), ("220千伏", "220")),
    *(("二〇二五十大", "二〇二五"), ("三五万三五千", "三五万"), ("三万五万", "三万"), ("5亿12345万", "5亿")),
    *(
        ("三点二十分", "三"),
        ("三点一刻", "三"),
        ("8点30", "8"),
        ("四百多", "四百"),
        ("十余人", "十"),
        ("3万5年", "3万"),
    ),
    *(
        ("五分三秒", "五"),
        ("十分一般", "十"),
        ("一百零", "一百"),
        ("1,2000", "1"),
        ("三两", "三"),
        ("2万2024年", "2万"),
    ),
    *(("100,200,3000", "100"), ("3，5", "3"), ("1/2/3", "1"), ("2^99999", "2"), ("三百五千克", "三百")),
]
NONE = [
    "参加",
    "参与三项",
    "",
    "甲",
    "点",
    "数据",
    "几个",
    "负责",
    "○ 一",
    "-",
    "·",
    "多万",
    "9" * 30,
    "一" * 30,
    "。三",
]


@pytest.mark.parametrize(("text", "value", "form"), ARABIC)
def test_arabic_figures(text: str, value: str, form: str) -> None:
    number = number_of(text)
    assert (number.value, number.form, number.value_max) == (Decimal(value), form, None)


@pytest.mark.parametrize(("text", "value"), HAN)
def test_han_words(text: str, value: str) -> None:
    number = number_of(text)
    assert (number.value, number.form) == (Decimal(value), "han")


@pytest.mark.parametrize(("text", "value", "lower"), FRACTIONS)
def test_fractions(text: str, value: str | Decimal, lower: int) -> None:
    number = number_of(text)
    assert (number.form, number.denominator) == ("fraction", lower)
    assert number.value == Decimal(value)


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_ranges_of_two_numerals(text: str, low: int, high: int) -> None:
    number = number_of(text)
    assert (number.value, number.value_max) == (Decimal(low), Decimal(high))
    assert number.more == any(word in text for word in "几数")


@pytest.mark.parametrize(("text", "value"), [*POWERS, *LETTERS])
def test_powers_and_letters(text: str, value: str) -> None:
    assert number_of(text).value == Decimal(value)
    other = read_number(text, 0)
    assert other is None or other.end < len(text)


@pytest.mark.parametrize(("text", "words"), PLACES)
def test_a_number_ends_where_its_words_end(text: str, words: str) -> None:
    number = read_number(fold(text), 0, ALL)
    assert number is not None
    assert text[: number.end] == words or fold(text)[: number.end] == words


@pytest.mark.parametrize("text", NONE)
def test_no_number(text: str) -> None:
    assert read_number(text, 0, ALL) is None


@pytest.mark.parametrize(
    ("text", "value"), [("二〇二五", 2025), ("二零一五", 2015), ("〇八", 8), ("九九", 99), ("一三五", 135)]
)
def test_figures_in_a_row(text: str, value: int) -> None:
    number = number_of(text)
    assert (number.value, number.form) == (Decimal(value), "positional")


@pytest.mark.parametrize(
    ("text", "magnitude", "head"),
    [
        *(("3.5亿", "亿", "3.5"), ("3.5万亿", "万亿", "3.5"), ("1亿2千万", "", "120000000"), ("三千万", "万", "3000")),
        *(("三万五千亿", "亿", "35000"), ("百亿", "亿", "100"), ("万", "", "10000"), ("3.5千万", "千万", "3.5")),
        *(
            ("5千", "千", "5"),
            ("三百", "", "300"),
            ("十余万", "万", "10"),
            ("几万", "万", "2"),
            ("-3.5亿", "亿", "-3.5"),
        ),
        *(("15k", "k", "15"), ("25万6千", "", "256000"), ("十万五", "", "105000"), ("两点五亿", "亿", "2.5")),
    ],
)
def test_magnitude_and_what_stands_before_it(text: str, magnitude: str, head: str) -> None:
    number = number_of(text)
    assert (number.magnitude, number.head) == (magnitude, Decimal(head))


@pytest.mark.parametrize(
    ("text", "value"),
    [("十余万", 10**5), ("500余万", 5 * 10**6), ("一千多万", 10**7), ("十来万", 10**5), ("两万多亿", 2 * 10**12)],
)
def test_more_before_a_magnitude(text: str, value: int) -> None:
    number = number_of(text)
    assert (number.value, number.value_max, number.more) == (Decimal(value), None, True)


@pytest.mark.parametrize(
    ("text", "value"), [("负三十二", -32), ("- 1,200,000", -1200000), ("負 1,200", -1200), ("-5", -5)]
)
def test_sign(text: str, value: int) -> None:
    assert number_of(text).value == value


def test_a_dash_after_a_figure_or_letter_is_no_sign() -> None:
    assert read_number("3-5", 1) is None
    assert read_number("GPT-4", 3) is None


def test_no_number_begins_in_the_middle_of_a_figure() -> None:
    assert read_number("1234", 2) is None
    assert [match.start() for match in NUMBER_START.finditer("约1234家，半数、-5、.5、负三、数百、数据、负责")] == [
        1,
        7,
        10,
        11,
        13,
        14,
        16,
        17,
        19,
        20,
    ]


def test_forms_can_be_switched_off() -> None:
    plain = NumberForms(wide_comma=False, sign=False, colloquial=False)
    assert read_number("1，200", 0, plain) == read_number("1", 0)
    assert read_number("-5", 0, plain) is None
    number = read_number("两千四百五", 0, plain)
    assert number is not None
    assert (number.end, number.value) == (4, Decimal(2400))


def test_nothing_behind_the_limit_is_read() -> None:
    number = read_number("三百一线员工", 0, limit=2)
    assert number is not None
    assert (number.end, number.value) == (2, Decimal(300))
    assert read_number("三百", 0, limit=0) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("70亿参数", "70亿"),
        ("1.2万亿参数", "1.2万亿"),
        ("2亿参与者", "2亿"),
        ("3000万参保人", "3000万"),
        ("叁仟参佰", "叁仟参佰"),
    ],
)
def test_three_as_banks_write_it_is_no_beginning_of_a_word(text: str, words: str) -> None:
    number = read_number(text, 0, ALL)
    assert number is not None
    assert text[: number.end] == words


def test_figures_printed_one_by_one_are_one_number() -> None:
    assert number_of("1 2 . 6 亿").value == 1_260_000_000
