"""What the forms about classes say: the class itself, its hour and seats, and the people that they name."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from advocacy.domain.class_times import NoSuchHour, moment
from advocacy.domain.names import names
from advocacy.domain.period import day_of
from advocacy.domain.training import ClassState
from advocacy.entry import Entry
from advocacy.models import colleagues
from advocacy.models.base import Missing
from advocacy.models.trainings.classes import Class
from advocacy.rules import Rules

LONGEST_MINUTES = 12 * 60


def fill(entry: Entry, one: Class) -> Class:
    """What every class has."""
    one.title = entry.line("title", "Say what it was about.")
    one.minutes, one.place = entry.whole("minutes"), entry.line("place")
    one.materials, one.about = entry.link("materials"), entry.words("about")
    one.with_support = entry.ticked("with_support")
    if one.minutes is not None and one.minutes > LONGEST_MINUTES:
        entry.wrong["minutes"] = "Give the minutes of one day: a longer course is a series."
    return one


def plan(entry: Entry, one: Class, zone: str, rules: Rules) -> Class:
    """What a class to come has beside that; topics are told by its own words."""
    fill(entry, one)
    one.day, one.zone = entry.day("day"), entry.zone("zone", zone)
    one.begins_at = _begins(entry, one.day, one.zone)
    one.capacity, one.objectives = entry.whole("capacity"), entry.words("objectives")
    one.serves = [rule for rule in rules.rulebook.rules if rule in entry.words("serves").split()]
    one.topics = list(rules.vocabulary.tag(f"{one.title}\n{one.about}", frozenset()).topics)
    if one.state is ClassState.HELD and one.day is None:
        entry.wrong.setdefault("day", "It was held: give the day.")
    if one.capacity == 0:
        entry.wrong["capacity"] = "Give at least one seat, or none for as many as come."
    return one


def _begins(entry: Entry, day: date | None, zone: str) -> datetime | None:
    hour = entry.hour("hour")
    if hour is None or "zone" in entry.wrong:
        return None
    if day is None:
        entry.wrong.setdefault("day", "Give the day of that hour, too, or leave both open.")
        return None
    try:
        return moment(day, hour, zone)
    except NoSuchHour as error:
        entry.wrong["hour"] = f"{error}".capitalize() + "."
        return None


def told(one: Class) -> dict[str, str]:
    """A class as its form is filled in."""
    local = one.begins_at.astimezone(ZoneInfo(one.zone or "UTC")) if one.begins_at else None
    said = {
        "title": one.title,
        "day": one.day,
        "hour": f"{local:%H:%M}" if local else "",
        "zone": one.zone,
        "minutes": one.minutes,
        "place": one.place,
        "materials": one.materials,
        "about": one.about,
        "objectives": one.objectives,
        "capacity": one.capacity,
        "with_support": "1" if one.with_support else "",
        "serves": " ".join(one.serves),
    }
    return {name: "" if value is None else f"{value}" for name, value in said.items()}


def is_over(one: Class, now: datetime) -> bool:
    """Whether its moment, or its day where it is held, has passed."""
    if one.begins_at is not None:
        return one.begins_at < now
    return one.day is not None and one.day < day_of(now, one.zone or "UTC")


def people(entry: Entry, name: str, person_id: int) -> list[int]:
    """The colleagues whom a field names."""
    found = []
    for said in names(entry.words(name)):
        try:
            found.append(colleagues.named(said, person_id).id)
        except Missing as error:
            entry.wrong[name] = f"{said}: {error}"
    return found
