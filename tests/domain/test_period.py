from datetime import UTC, date, datetime

import pytest

from advocacy.domain.days import amount, clip, without
from advocacy.domain.period import NoPeriod, cycle_of, day_of, parse, quarter_of
from advocacy.domain.target import Unit

Q4 = (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q4", *Q4),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-04-12m", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-11-3m", date(2026, 11, 1), date(2027, 1, 31)),
    ],
)
def test_a_period_is_read_from_its_name(words: str, start: date, end: date) -> None:
    period = parse(words)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("words", ["", "Q4", "2026-Q5", "2026-13", "26-Q1", "2026-Q4; DROP", "9999"])
def test_what_names_no_period_is_refused_with_examples(words: str) -> None:
    with pytest.raises(NoPeriod, match="2026-Q4"):
        parse(words)


def test_a_day_is_the_persons_own() -> None:
    moment = datetime(2026, 9, 30, 18, 30, tzinfo=UTC)
    assert [day_of(moment, zone) for zone in ("UTC", "Asia/Kolkata")] == [date(2026, 9, 30), date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("words", "steps", "label"),
    [
        ("2026-Q1", -1, "2025-Q4"),
        ("2026-H2", 1, "2027-H1"),
        ("2026-12", 1, "2027-01"),
        ("2026", -1, "2025"),
        ("2026-04-12m", -1, "2025-04-12m"),
        ("2026-11-3m", 1, "2027-02-3m"),
        ("2026-01-12m", 1, "2027"),
    ],
)
def test_periods_follow_each_other(words: str, steps: int, label: str) -> None:
    assert parse(words).shift(steps).label == label


@pytest.mark.parametrize(("day", "label"), [("2026-03-31", "2025-04-12m"), ("2026-04-01", "2026-04-12m")])
def test_a_review_year_of_ones_own_begins_in_its_month(day: str, label: str) -> None:
    assert cycle_of(date(2024, 4, 1), date.fromisoformat(day)) == parse(label)


def test_the_quarter_of_a_day() -> None:
    assert quarter_of(date(2026, 11, 23)) == parse("2026-Q4")


@pytest.mark.parametrize(
    ("unit", "first"),
    [
        (Unit.WEEK, date(2026, 10, 1)),
        (Unit.MONTH, date(2026, 10, 1)),
        (Unit.QUARTER, date(2026, 10, 1)),
        (Unit.HALF_YEAR, date(2026, 7, 1)),
        (Unit.YEAR, date(2026, 1, 1)),
    ],
)
def test_a_rate_longer_than_the_period_is_read_over_the_stretch_that_ends_with_it(unit: Unit, first: date) -> None:
    assert parse("2026-Q4").window(unit) == (first, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("spans", "unit", "units"),
    [
        ([Q4], Unit.MONTH, 3.0),
        ([Q4], Unit.QUARTER, 1.0),
        ([Q4], Unit.WEEK, 92 / 7),
        ([(date(2026, 11, 15), date(2026, 12, 31))], Unit.MONTH, 16 / 30 + 1),
        ([(date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 12, 1), date(2026, 12, 31))], Unit.MONTH, 2.0),
        ([], Unit.WEEK, 0.0),
    ],
)
def test_days_amount_to_units(spans: list[tuple[date, date]], unit: Unit, units: float) -> None:
    assert amount(spans, unit) == pytest.approx(units)


def test_leave_is_cut_out_of_the_days() -> None:
    leave = [(date(2026, 9, 20), date(2026, 10, 5)), (date(2026, 11, 1), date(2026, 11, 30))]
    assert without([Q4], leave) == ((date(2026, 10, 6), date(2026, 10, 31)), (date(2026, 12, 1), date(2026, 12, 31)))


def test_an_open_role_survives_leave_at_the_ends_of_time() -> None:
    assert without([(date.min, date.max)], [(date.min, date(2026, 1, 1))]) == ((date(2026, 1, 2), date.max),)


def test_spans_are_clipped_to_the_window() -> None:
    assert clip([(date.min, date(2026, 10, 2)), (date(2027, 1, 1), date.max)], Q4) == ((Q4[0], date(2026, 10, 2)),)
