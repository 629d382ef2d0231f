"""Small drawings as values: bars, and the finding in words."""

from datetime import date

from advocacy.domain import charts
from advocacy.domain.period import parse

Q4 = parse("2026-Q4")


def test_a_year_has_53_weeks_from_the_monday_of_its_first_day() -> None:
    strip = charts.year({date(2026, 10, 5): 4, date(2026, 3, 2): 1}, date(2026, 1, 1), Q4)
    assert (strip.bars[0].day, len(strip.bars), strip.total) == (date(2025, 12, 29), 53, 5)
    assert strip.finding == "Active in 2 of 53 weeks, most in the week of 5 October (4)"


def test_the_highest_bar_fills_the_height_and_the_others_their_share() -> None:
    strip = charts.year({date(2026, 10, 5): 4, date(2026, 3, 2): 1}, date(2026, 1, 1), Q4)
    assert [(bar.height, bar.inside) for bar in strip.bars if bar.count] == [(25.0, False), (100.0, True)]


def test_an_empty_year_says_so() -> None:
    assert charts.year({}, date(2026, 1, 1), Q4).finding == "Nothing yet in these twelve months"


def test_months_without_any_are_shown_too() -> None:
    strip = charts.months({"2026-11": 3}, date(2026, 1, 1), date(2026, 12, 31), Q4)
    assert [bar.count for bar in strip.bars] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0]
    assert strip.finding == "3 counted in 12 months, something in 1 of them"
