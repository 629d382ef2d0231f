"""On which day and at which hour a weekly letter is due, on the person's own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


def last_due(now: datetime, zone: str, weekday: int, hour: int) -> datetime:
    """The newest moment that is not after `now` and falls on the weekday (0 is Monday) and hour of that zone."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    due = datetime.combine(day, time(hour), ZoneInfo(zone))
    return due if due <= now else datetime.combine(day - WEEK, time(hour), ZoneInfo(zone))


def next_due(now: datetime, zone: str, weekday: int, hour: int) -> datetime:
    """The first such moment after `now`."""
    last = last_due(now, zone, weekday, hour)
    return datetime.combine(last.date() + WEEK, time(hour), ZoneInfo(zone))


def week_of(moment: datetime) -> str:
    """The week a moment falls into on its own clock, as calendars count them: `2026-W48`."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"
