from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.rulebook import bundled_file
from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.almanac import easter, holiday, lunar_day, lunar_month, reign_year, solar_term
from mingjian.core.text.folding import fold

YEARS = st.integers(1900, 2100)
HOLIDAYS = read_lexicon("holidays.tsv", bundled_file("lexicons/holidays.tsv")).entries
REIGNS = read_lexicon("reigns.tsv", bundled_file("lexicons/reigns.tsv")).entries
TERMS = sorted({entry.fields["rule"] for entry in HOLIDAYS if entry.fields["kind"] == "term"})
# The years for which a kind of holiday is known everywhere; other calendars' tables are shorter.
KNOWN = {"islamic": range(1946, 2077), "table": range(2001, 2036)}


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1900, 1, 1, date(1900, 1, 31)),
        (1949, 8, 10, date(1949, 10, 1)),
        (2013, 1, 1, date(2013, 2, 10)),
        (2014, 1, 1, date(2014, 1, 31)),
        (2021, 6, 1, date(2021, 7, 10)),
        (2022, 12, 10, date(2023, 1, 1)),
        (2024, 1, 1, date(2024, 2, 10)),
        (2025, 8, 15, date(2025, 10, 6)),
        (2033, 12, 1, date(2034, 1, 20)),
        (2057, 8, 29, date(2057, 9, 27)),
        (2100, 1, 1, date(2100, 2, 9)),
    ],
)
def test_known_lunar_days(year: int, month: int, day: int, expected: date) -> None:
    assert lunar_day(year, month, day) == expected


@pytest.mark.parametrize(
    ("year", "month", "bounds"),
    [
        (2020, 4, (date(2020, 5, 23), date(2020, 6, 20))),
        (2023, 2, (date(2023, 3, 22), date(2023, 4, 19))),
        (2025, 6, (date(2025, 7, 25), date(2025, 8, 22))),
        (2033, 11, (date(2033, 12, 22), date(2034, 1, 19))),
    ],
)
def test_leap_months(year: int, month: int, bounds: tuple[date, date]) -> None:
    assert lunar_month(year, month, leap=True) == bounds
    plain = lunar_month(year, month)
    assert plain is not None
    assert plain[1] + timedelta(1) == bounds[0]


@pytest.mark.parametrize(
    ("year", "month", "day", "leap"),
    [
        (2024, 4, 1, True),
        (2020, 4, 30, True),
        (2025, 12, 30, False),
        (2024, 13, 1, False),
        (2024, 1, 0, False),
        (2024, 1, -1, False),
        (1899, 1, 1, False),
        (2101, 1, 1, False),
    ],
)
def test_a_day_that_no_calendar_has(year: int, month: int, day: int, leap: bool) -> None:
    assert lunar_day(year, month, day, leap=leap) is None


@given(YEARS)
def test_lunar_days_follow_one_another_through_the_year(year: int) -> None:
    """Month after month, leap month in its place, no day is left out and none comes twice."""
    months = [(month, leap) for month in range(1, 13) for leap in (False, True) if lunar_month(year, month, leap=leap)]
    days = [
        day
        for month, leap in months
        for number in range(1, 31)
        if (day := lunar_day(year, month, number, leap=leap)) is not None
    ]
    assert days == [days[0] + timedelta(passed) for passed in range(len(days))]
    assert len(days) in {353, 354, 355, 383, 384, 385}
    if year < 2100:
        assert lunar_day(year + 1, 1, 1) == days[-1] + timedelta(1)


@pytest.mark.parametrize(
    ("year", "name", "expected"),
    [
        (2024, "冬至", date(2024, 12, 21)),
        (2021, "冬至", date(2021, 12, 21)),
        (2021, "立春", date(2021, 2, 3)),
        (2024, "清明", date(2024, 4, 4)),
        (2025, "大寒", date(2025, 1, 20)),
        (1949, "秋分", date(1949, 9, 23)),
    ],
)
def test_known_solar_terms(year: int, name: str, expected: date) -> None:
    assert solar_term(year, name) == expected


@pytest.mark.parametrize(("year", "name"), [(1899, "冬至"), (2101, "冬至"), (2024, "入伏"), (2024, "year")])
def test_no_such_solar_term(year: int, name: str) -> None:
    assert solar_term(year, name) is None


@given(YEARS)
def test_solar_terms_stand_about_fifteen_days_apart(year: int) -> None:
    days = sorted(day for name in TERMS if (day := solar_term(year, name)) is not None)
    assert len(days) == len(set(TERMS)) == 24
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {14, 15, 16}


@given(YEARS.filter(lambda year: year > 1900))
def test_the_winter_solstice_stands_in_the_eleventh_month(year: int) -> None:
    """The rule by which the lunar calendar is tied to the sun joins the two tables."""
    solstice, month = solar_term(year, "冬至"), lunar_month(year, 11)
    assert solstice is not None
    assert month is not None
    assert month[0] <= solstice <= month[1]


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (1961, date(1961, 4, 2), date(1961, 4, 9)),
        (2013, date(2013, 3, 31), date(2013, 5, 5)),
        (2018, date(2018, 4, 1), date(2018, 4, 8)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (2038, date(2038, 4, 25), date(2038, 4, 25)),
        (2285, date(2285, 3, 22), date(2285, 4, 26)),
    ],
)
def test_easter(year: int, western: date, eastern: date) -> None:
    assert easter(year) == western
    assert easter(year, orthodox=True) == eastern


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    western, eastern = easter(year), easter(year, orthodox=True)
    assert western.isoweekday() == eastern.isoweekday() == 7
    assert date(year, 3, 22) <= western <= date(year, 4, 25)
    assert western <= eastern


@pytest.mark.parametrize(
    ("surface", "year", "first", "last"),
    [
        ("元旦", 2025, "2025-01-01", "2025-01-01"),
        ("八一建军节", 2013, "2013-08-01", "2013-08-01"),
        ("母亲节", 2021, "2021-05-09", "2021-05-09"),
        ("父亲节", 2016, "2016-06-19", "2016-06-19"),
        ("感恩节", 2019, "2019-11-28", "2019-11-28"),
        ("黑色星期五", 2024, "2024-11-29", "2024-11-29"),
        ("地球一小时", 2016, "2016-03-19", "2016-03-19"),
        ("地球一小时", 2022, "2022-03-26", "2022-03-26"),
        ("春节", 2014, "2014-01-31", "2014-01-31"),
        ("大年三十", 2023, "2024-02-09", "2024-02-09"),
        ("除夕", 2024, "2025-01-28", "2025-01-28"),
        ("除夕", 2021, "2022-01-31", "2022-01-31"),
        ("中秋节", 2025, "2025-10-06", "2025-10-06"),
        ("七夕", 2018, "2018-08-17", "2018-08-17"),
        ("腊八节", 2023, "2024-01-18", "2024-01-18"),
        ("清明", 2024, "2024-04-04", "2024-04-04"),
        ("寒食节", 2024, "2024-04-03", "2024-04-03"),
        ("复活节星期一", 2013, "2013-04-01", "2013-04-01"),
        ("忏悔节", 2013, "2013-02-12", "2013-02-12"),
        ("基督圣体节", 2013, "2013-05-30", "2013-05-30"),
        ("大斋节", 2018, "2018-02-14", "2018-03-31"),
        ("东正教主受难节", 2013, "2013-05-03", "2013-05-03"),
        ("犹太新年", 2018, "2018-09-09", "2018-09-11"),
        ("光明节", 2018, "2018-12-02", "2018-12-09"),
        ("逾越节", 2018, "2018-03-30", "2018-04-07"),
        ("逾越节", 2016, "2016-04-22", "2016-04-30"),
        ("以色列独立日", 2013, "2013-04-15", "2013-04-15"),
        ("圣殿被毁日", 2018, "2018-07-21", "2018-07-21"),
        ("斋月", 2034, "2034-11-12", "2034-12-11"),
        ("开斋节", 2013, "2013-08-08", "2013-08-08"),
        ("古尔邦节", 2013, "2013-10-15", "2013-10-15"),
        ("伊斯兰新年", 2008, "2008-01-10", "2008-01-10"),
        ("排灯节", 2013, "2013-11-03", "2013-11-03"),
        ("卫塞节", 2013, "2013-05-24", "2013-05-24"),
    ],
)
def test_known_holidays(surface: str, year: int, first: str, last: str) -> None:
    found = next(entry for entry in HOLIDAYS if surface in entry.surfaces)
    assert holiday(found.id, year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("entry", HOLIDAYS, ids=lambda entry: entry.id)
def test_every_holiday_falls_near_its_year(entry: Entry) -> None:
    """Every row can be read, and no holiday is missing in a year of which its kind is known."""
    known = KNOWN.get(entry.fields["kind"], range(1901, 2101))
    for year in (1900, 1946, 1999, 2008, 2020, 2035, 2077, 2100):
        found = holiday(entry.id, year)
        assert found is not None or year not in known
        if found:
            assert year - 1 <= found[0].year <= found[1].year <= year + 1
            assert found[0] <= found[1] < found[0] + timedelta(60)


@pytest.mark.parametrize("entry", [*HOLIDAYS, *REIGNS], ids=lambda entry: entry.id)
def test_names_stand_as_folded_text_writes_them(entry: Entry) -> None:
    assert {fold(surface) for surface in entry.surfaces} <= set(entry.surfaces)
    assert set(filter(None, entry.fields.get("weak", "").split("|"))) <= set(entry.surfaces)


def test_no_such_holiday() -> None:
    assert holiday("no-such-day", 2024) is None
    assert holiday("chunjie", 1899) is None
    assert holiday("yuandan", 0) is None
    assert holiday("fitr", 2078) is None
    assert holiday("diwali", 2050) is None


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("康熙", 20, 1681),
        ("康熙", 61, 1722),
        ("雍正", 4, 1726),
        ("神龙", 1, 705),
        ("乾隆", 60, 1795),
        ("乾隆", 1, 1736),
        ("贞观", 3, 629),
        ("万历", 15, 1587),
        ("后至元", 6, 1340),
        ("民国", 113, 2024),
        ("令和", 6, 2024),
        ("康熙", 62, None),
        ("康熙", 0, None),
        ("无此年号", 1, None),
    ],
)
def test_reign_years(name: str, number: int, expected: int | None) -> None:
    assert reign_year(name, number) == expected


@pytest.mark.parametrize("entry", REIGNS, ids=lambda entry: entry.id)
def test_an_era_ends_after_it_begins(entry: Entry) -> None:
    first, last = int(entry.fields["first"]), entry.fields["last"]
    assert reign_year(entry.name, 1) == first
    assert not last or 0 <= int(last) - first < 65
