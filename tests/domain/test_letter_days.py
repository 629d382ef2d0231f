"""When a weekly letter is due, on the person's own clock."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.letter_days import last_due, next_due, week_of

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "weekday", "hour", "last"),
    [
        (MONDAY, "UTC", 0, 9, MONDAY),
        (MONDAY, "UTC", 0, 10, datetime(2026, 11, 16, 10, tzinfo=UTC)),
        (MONDAY, "Asia/Kolkata", 0, 14, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
        (MONDAY, "America/Los_Angeles", 0, 1, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (MONDAY, "America/Los_Angeles", 0, 9, datetime(2026, 11, 16, 17, tzinfo=UTC)),
        (MONDAY, "UTC", 6, 23, datetime(2026, 11, 22, 23, tzinfo=UTC)),
    ],
)
def test_the_last_moment_that_was_due(now: datetime, zone: str, weekday: int, hour: int, last: datetime) -> None:
    assert last_due(now, zone, weekday, hour) == last
    assert next_due(now, zone, weekday, hour) > now


def test_when_the_clocks_change_a_letter_keeps_its_hour() -> None:
    before = datetime(2026, 10, 20, tzinfo=UTC)
    hours = [last_due(before + timedelta(days=7 * n), "Europe/Berlin", 0, 9) for n in (0, 1)]
    assert [one.astimezone(UTC).hour for one in hours] == [7, 8]


def test_at_every_hour_of_a_year_the_next_is_after_now_and_the_last_is_not() -> None:
    for step in range(0, 366 * 24, 5):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=step)
        last, following = (due(now, "Europe/Berlin", 6, 2) for due in (last_due, next_due))
        assert last <= now < following


def test_weeks_are_counted_as_calendars_count_them() -> None:
    assert [week_of(datetime(2027, 1, day, tzinfo=UTC)) for day in (3, 4)] == ["2026-W53", "2027-W01"]
