"""When a class is, as the people who come to it read their clocks, and whether they are elsewhere then."""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy.domain.class_times import Local, in_zones, overlaps
from advocacy.domain.training import Presence
from advocacy.models import roster
from advocacy.models.trainings import attendance, invited, trainers
from advocacy.models.trainings.classes import Class


def local(one: Class, zone: str) -> datetime | None:
    """Its beginning where somebody lives; None while no hour is known."""
    return one.begins_at.astimezone(ZoneInfo(zone)) if one.begins_at else None


def zones(one: Class) -> list[Local]:
    """How it reads for those who are invited, come and teach, where most live first."""
    if one.begins_at is None:
        return []
    return in_zones(one.begins_at, (person.zone for person in roster.people(_people(one))))


def clashes(one: Class) -> int:
    """How many of them give or come to another class at that time."""
    begins_at = one.begins_at
    if begins_at is None:
        return 0
    found = invited.busy(_people(one), one)
    here = begins_at, one.minutes
    return sum(any(overlaps(here, (row.begins_at, row.minutes)) for row in rows) for rows in found.values())


def _people(one: Class) -> set[int]:
    coming = {who.person_id for who in attendance.of(one.id) if who.presence in (Presence.INVITED, Presence.GOING)}
    teach = {who.person_id for who in trainers.of(one.id) if who.person_id and who.taken is not False}
    return coming | teach
