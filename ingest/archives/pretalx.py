"""The schedule of an event on pretalx, its schedule.json: the talks of one speaker."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.archive import Entry, Options
from ingest.bundle import BadArchive, Bundle
from ingest.schedule import Talk, entry, is_speaker, members, moment, nobody, objects, slug, text, whole_json

kind = "pretalx"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield the person's talks; raise BadArchive, naming the speakers, when nobody is called so."""
    for name, data in members(given, r"[^/]*\.json", "schedule of pretalx's"):
        conference = _part(_part(whole_json(name, data), "schedule"), "conference")
        if not conference:
            raise BadArchive(f"{name} is no schedule of pretalx's: it has no conference in it")
        talks = list(_talks(conference))
        mine = [talk for talk in talks if any(is_speaker(_names(one), options) for one in _persons(talk))]
        if not mine:
            raise nobody((_name(one) for talk in talks for one in _persons(talk)), options)
        for talk in mine:
            yield entry(_talk(talk, conference, name, options), options)


def _talks(conference: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for day in objects(conference.get("days")):
        for talks in _part(day, "rooms").values():
            yield from objects(talks)


def _talk(talk: Mapping[str, Any], conference: Mapping[str, Any], name: str, options: Options) -> Talk:
    acronym = text(conference, "acronym") or options.event or text(conference, "title")
    number = text(talk, "code") or text(talk, "guid") or str(talk.get("id"))
    said = [text(talk, "subtitle"), text(talk, "abstract"), text(talk, "description")]
    return Talk(
        where=f"{name} talk {number}",
        ref=f"pretalx/{slug(acronym)}/{number}",
        event=options.event or text(conference, "title") or acronym,
        title=text(talk, "title"),
        at=moment(talk.get("date"), text(conference, "time_zone_name") or options.zone),
        text="\n\n".join(filter(None, said)),
        url=text(talk, "url"),
        authors=tuple(filter(None, map(_name, _persons(talk)))),
    )


def _persons(talk: Mapping[str, Any]) -> list[dict[str, Any]]:
    return objects(talk.get("persons"))


def _names(person: Mapping[str, Any]) -> list[str]:
    return [text(person, "public_name"), text(person, "name"), text(person, "email")]


def _name(person: Mapping[str, Any]) -> str:
    return text(person, "public_name") or text(person, "name")


def _part(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}
