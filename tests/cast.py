"""The fixed cast: Asha the engineer, Lena the lead, Mark from marketing, Adam the admin, and a stranger."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from flask import Flask

from advocacy import ladder
from advocacy.models import db, ladder_import, roster
from advocacy.models.people import Person
from advocacy.models.words import Capability

JOINED = datetime(2020, 1, 1, tzinfo=UTC)
ROLE = "starter"


@dataclass(frozen=True)
class Cast:
    """Asha is judged by the starter page in Asia/Kolkata; Lena leads her team; Sven must see nothing of theirs."""

    asha: Person
    lena: Person
    mark: Person
    adam: Person
    sven: Person

    @classmethod
    def enter(cls, app: Flask) -> Self:
        """Take them all in and commit."""
        page = ladder.text("starter.md").encode()
        rules = app.extensions["advocacy.rules"]
        ladder_import.apply(ladder_import.preview(page, f"{ROLE}.md", rules), page, None, JOINED)
        asha = _person("asha", "Asha Rao", zone="Asia/Kolkata")
        lena = _person("lena", "Lena Fischer", Capability.LEAD)
        roster.join_team(asha.id, "Storage", roster.EVER)
        roster.join_team(lena.id, "Storage", roster.EVER, leads=True)
        mark = _person("mark", "Mark O’Neil", Capability.MARKETING)
        adam = _person("adam", "Adam Admin", Capability.ADMIN)
        sven = _person("sven", "Sven Stranger")
        db.session.commit()
        return cls(asha, lena, mark, adam, sven)


def _person(nick: str, name: str, *can: Capability, zone: str = "UTC") -> Person:
    person = roster.add(f"{nick}@tern.example", name, JOINED, zone=zone, can=can)
    roster.give_role(person.id, ROLE, roster.EVER)
    return person
