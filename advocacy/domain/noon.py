"""The moment that stands for a day on which nobody looked at the clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def noon(day: date, zone: str) -> datetime:
    """Noon of the day where the person lives, in UTC."""
    return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
