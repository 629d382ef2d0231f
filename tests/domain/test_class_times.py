"""A class is at a moment: given in one zone, read in every other, also on the days when clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from advocacy.domain.class_times import Local, NoSuchHour, in_zones, moment, overlaps, weekly

BERLIN, KOLKATA = "Europe/Berlin", "Asia/Kolkata"
TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_an_hour_is_that_of_its_zone() -> None:
    assert [moment(date(2026, 12, 1), time(15, 30), zone) for zone in (KOLKATA, BERLIN)] == [
        TEN,
        datetime(2026, 12, 1, 14, 30, tzinfo=UTC),
    ]


def test_an_hour_that_the_clock_skips_is_refused_and_of_one_that_comes_twice_it_is_the_first() -> None:
    with pytest.raises(NoSuchHour, match="put forward over 02:30"):
        moment(date(2027, 3, 28), time(2, 30), BERLIN)
    assert moment(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_it_reads_where_people_live_and_says_where_it_is_night() -> None:
    found = in_zones(TEN, [BERLIN, KOLKATA, KOLKATA, "America/Los_Angeles"])
    assert [(one.zone, f"{one.at:%d %H:%M}", one.people, one.odd) for one in found] == [
        (KOLKATA, "01 15:30", 2, False),
        ("America/Los_Angeles", "01 02:00", 1, True),
        (BERLIN, "01 11:00", 1, False),
    ]
    assert isinstance(found[0], Local)


@pytest.mark.parametrize(("minutes", "at", "clash"), [(30, 10.5, False), (31, 10.5, True), (None, 10.9, True)])
def test_two_classes_clash_when_they_share_a_moment(minutes: int | None, at: float, clash: bool) -> None:
    other = datetime(2026, 12, 1, int(at), int(at % 1 * 60), tzinfo=UTC)
    assert overlaps((TEN, minutes), (other, 10)) is overlaps((other, 10), (TEN, minutes)) is clash


def test_a_series_keeps_its_weekday() -> None:
    assert weekly(date(2026, 12, 30), 2, 3) == [date(2026, 12, 30), date(2027, 1, 13), date(2027, 1, 27)]
