"""What an organiser needs beside the topic: language, place, zone, form, how new, how experienced, willing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advocacy.domain.days import months_on
from advocacy.domain.profile import Told

HOURS = 3  #: by which zones may differ for both to be up


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is empty narrows nothing. What somebody does not tell, or not to marketing, they are not found by."""

    language: str = ""
    place: str = ""
    zone: str = ""
    form: str = ""
    months: int = 0  #: something on the topic within so many
    given: int = 0  #: talks and trainings at least
    willing: bool = False

    @property
    def of_profile(self) -> bool:
        """Whether profiles have to be read for it."""
        return bool(self.language or self.place or self.zone or self.form or self.willing)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a person tells marketing; `zone` is empty where they do not tell where they live."""

    told: Told
    zone: str = ""


def fits(one: Candidate, wish: Wish, now: datetime, residences: Iterable[str]) -> bool:
    """Whether they fit all of it, as far as their profile tells; `residences` of all tell what lies where."""
    told = one.told
    return (
        (not wish.language or any(wish.language.casefold() in each.casefold() for each in told.languages))
        and (not wish.place or reaches(told, wish.place, residences))
        and (not wish.zone or near(one.zone, wish.zone, now))
        and (not wish.form or wish.form in told.formats)
        and (not wish.willing or told.speaks)
    )


def recent(last: date, wish: Wish, today: date) -> bool:
    """Whether the newest of somebody is new enough."""
    return not wish.months or last >= months_on(today, -wish.months)


def reaches(told: Told, place: str, residences: Iterable[str]) -> bool:
    """Whether somebody lives there, or travels as far: countries and continents are told by where people live."""
    if _within(place, told.residence):
        return True
    if told.travels == "anywhere" or place.casefold() in told.location.casefold().split(", "):
        return True
    lies = next((_parts(one) for one in residences if _within(place, one) and len(_parts(one)) > 1), [])
    home = _parts(told.residence)
    same = {"continent": -1, "country": -2}.get(told.travels, 0)
    return bool(same and len(lies) >= -same and len(home) >= -same and lies[same] == home[same])


def places(residences: Iterable[str]) -> frozenset[str]:
    """The places that somebody lives in, in lower case: towns, countries, continents."""
    return frozenset(part for one in residences for part in _parts(one))


def near(zone: str, wanted: str, now: datetime) -> bool:
    """Whether two zones are at most HOURS apart today."""
    offsets = [now.astimezone(ZoneInfo(one)).utcoffset() for one in (zone, wanted) if one]
    if len(offsets) < 2 or None in offsets:
        return False
    first, second = (one.total_seconds() for one in offsets if one is not None)
    apart = abs(first - second) / 3600
    return min(apart, 24 - apart) <= HOURS


def is_zone(words: str) -> bool:
    """Whether it names a time zone."""
    try:
        return bool(ZoneInfo(words))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _within(place: str, residence: str) -> bool:
    return place.casefold() in _parts(residence)


def _parts(residence: str) -> Sequence[str]:
    """Town, country, continent; two parts are town and country."""
    return [part.strip().casefold() for part in residence.split(",") if part.strip()]
