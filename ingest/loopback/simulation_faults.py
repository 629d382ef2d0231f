"""What goes wrong in the simulated year: platforms that are away, a plan that changed, profiles hidden or suspended."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.loopback.world import Member, Outage

WHOLE = 365
SHORTEST = timedelta(days=8)  #: longer than what a search on X still shows
HOURS = (1, 3, 8, 20, 44, 72)
STATUSES = (500, 502, 503)
READ = (Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE, Platform.FEED)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days of a year, also when only a part of one is simulated: all moves together, and nothing gets too short."""

    since: datetime
    days: int

    def day(self, number: float) -> datetime:
        """The moment that stands for that day of a whole year."""
        return self.since + timedelta(days=round(number * self.days / WHOLE))

    def span(self, number: float, days: float) -> tuple[datetime, datetime]:
        """So many days of a whole year from that day on."""
        length = timedelta(days=round(days * self.days / WHOLE))
        return self.day(number), self.day(number) + max(length, min(SHORTEST, timedelta(days=days)))


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a profile is not to be seen: `hidden_from` or `suspended_from` is set, and unset at its end."""

    member: Member
    what: str
    since: datetime
    until: datetime

    def turn_to(self, now: datetime) -> None:
        """Let the member be as at that moment."""
        setattr(self.member, self.what, self.since if self.since <= now < self.until else None)


def outages(calendar: Calendar, dice: random.Random, busy: list[tuple[datetime, datetime]]) -> Iterator[Outage]:
    """Each platform is away a few times, for an hour to three days; never in `busy` times, nor near the end."""
    number = max(2, round(len(HOURS) * calendar.days / WHOLE))
    last = calendar.since + timedelta(days=calendar.days - 20)
    for platform in READ:
        for hours in HOURS[-number:]:
            since = _free(calendar, dice, busy, timedelta(hours=hours), last)
            yield Outage(
                platform=platform,
                since=since,
                until=since + timedelta(hours=hours),
                status=dice.choice(STATUSES),
            )


def _free(
    calendar: Calendar,
    dice: random.Random,
    busy: list[tuple[datetime, datetime]],
    length: timedelta,
    last: datetime,
) -> datetime:
    """A moment from which so long nothing else is wrong."""
    room = last - calendar.since
    for _ in range(1000):
        since = calendar.since + dice.random() * room
        if not any(begin - SHORTEST / 4 < since + length and since < end + SHORTEST / 4 for begin, end in busy):
            return since.replace(microsecond=0)
    raise ValueError("so short a time has no room for all these faults")
