"""When a class is: a day, or a moment given by its hour in a zone, and how that reads where people live."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLY, LATE = time(7), time(21)  #: outside of these hours somebody would have to be asked first
USUAL = 60  #: minutes of a class that does not say how long it takes


@dataclass(frozen=True, slots=True)
class Local:
    """How the beginning of a class reads in a zone, and for how many people; `odd`: at night."""

    zone: str
    at: datetime
    people: int
    odd: bool


class NoSuchHour(ValueError):
    """The clock of that zone skips this hour of that day."""


def moment(day: date, hour: time, zone: str) -> datetime:
    """The moment in UTC, of an hour that comes twice the first; raise NoSuchHour when the clock skips it."""
    local = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    there = local.astimezone(UTC)
    if there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour(f"the clock of {zone} is put forward over {hour:%H:%M} that day: choose another hour")
    return there


def in_zones(begins_at: datetime, zones: Iterable[str]) -> list[Local]:
    """How it reads where people live, where most of them live first."""
    found = []
    for zone, people in sorted(Counter(zones).items(), key=lambda one: (-one[1], one[0])):
        at = begins_at.astimezone(ZoneInfo(zone))
        found.append(Local(zone, at, people, not EARLY <= at.time() < LATE))
    return found


def overlaps(one: tuple[datetime, int | None], other: tuple[datetime, int | None]) -> bool:
    """Whether two classes, each by its beginning and minutes, share a moment."""
    first, second = sorted((one, other), key=lambda each: each[0])
    return second[0] < first[0] + timedelta(minutes=first[1] or USUAL)


def weekly(day: date, every: int, times: int) -> list[date]:
    """The days of a series: every so many weeks, so many times."""
    return [day + timedelta(weeks=every * number) for number in range(times)]
