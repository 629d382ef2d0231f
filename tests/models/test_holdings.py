"""No table can be forgotten: what is given out of a person, and what goes with them, is found by the metadata."""

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.training import ClassState, Origin, Presence
from advocacy.models import holdings, roster
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audit import AuditEntry
from advocacy.models.base import Base, db
from advocacy.models.offers import Offer, offer
from advocacy.models.people import Person
from advocacy.models.person_erasure import erase_person, would_go
from advocacy.models.trainings import attendance, classes, requests
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.words import Part
from tests import everything
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import rows

STAYS = {
    *("role_page", "ladder_version", "expectation", "wording", "team"),
    *("generation", "tick", "worker", "run", "look_state", "look_record", "platform_state", "spend"),
    *("signin_attempt", "audit"),
    *("training", "survey_campaign", "required_training", "event_import"),
}
"""What is nobody's: the company's pages and trainings, the program's own work; and the audit log, which is blanked."""


@pytest.fixture
def asha(app: Flask) -> Person:
    """Somebody of whom every table holds something."""
    person = roster.add("canary@tern.example", "Canary Rao", NOW)
    db.session.commit()
    everything.plant(person.id)
    return person


def test_every_table_is_a_persons_or_named_as_nobodys() -> None:
    unknown = [name for name in Base.metadata.tables if holdings.find(name) is None and name not in holdings.NOBODYS]
    assert unknown == [], (
        "say in advocacy/models/holdings.py how a person's rows are found in it, or why there are none"
    )
    assert holdings.NOBODYS.keys() - Base.metadata.tables.keys() == set()


def test_a_copy_holds_a_row_of_every_table_that_is_a_persons(asha: Person) -> None:
    found = {name: len(list(holdings.read(name, asha.id))) for name in holdings.tables()}
    assert [name for name, count in found.items() if not count] == []


def test_nobody_else_gets_a_row_of_it(asha: Person) -> None:
    sven = roster.add("sven@tern.example", "Sven Stranger", NOW)
    db.session.commit()
    found = {name: len(list(holdings.read(name, sven.id))) for name in holdings.tables()}
    assert {name: count for name, count in found.items() if count} == {"person": 1, "audit": 1}


def test_no_password_token_or_hash_is_given_out() -> None:
    given = {(name, column.name) for name in holdings.tables() for column in holdings.columns(name)}
    binary = {(n, c) for n, c in given if isinstance(Base.metadata.tables[n].c[c].type, sa.LargeBinary)}
    assert binary == {("quarantine", "raw")}
    assert [one for one in given if "password" in one[1] or "token" in one[1] or "hash" in one[1]] == []


def test_nothing_of_a_person_stays_in_any_table(asha: Person) -> None:
    number = asha.id
    erase_person(asha, NOW)
    db.session.commit()
    assert everything.pointing(number) == set()
    assert everything.left() - STAYS == set(), "it does not go with its person: add ON DELETE CASCADE, or erase it"


def test_of_what_stays_nothing_tells_whose_it_was(asha: Person) -> None:
    erase_person(asha, NOW)
    db.session.commit()
    told = [one for one in rows(AuditEntry) if one.act.startswith("canary")]
    assert [(one.actor_id, one.about_id, one.detail) for one in told] == [(None, None, {})]
    assert rows(Person) == []


def test_what_was_only_offered_to_whoever_leaves_goes_and_what_they_said_of_others_who_took_nothing(
    scene_of_offers: dict[str, int], cast: Cast
) -> None:
    before = would_go(cast.asha.id)
    erase_person(cast.asha, NOW)
    db.session.commit()
    there = set(db.session.scalars(sa.select(ActivityRow.id)))
    assert {name for name, number in scene_of_offers.items() if number in there} == {
        "said of both by Sven",
        "Sven's own, offered to Asha",
    }
    waits = [(one.activity_id, one.by_id) for one in rows(Offer)]
    assert waits == [(scene_of_offers["said of both by Sven"], cast.sven.id)]
    assert before.said == 1


@pytest.fixture
def scene_of_offers(app: Flask, cast: Cast) -> dict[str, int]:
    """Items that somebody said of somebody else, and nobody answered yet."""
    said = {
        "said of Asha by Sven": (cast.sven, None, (cast.asha,)),
        "said of Lena by Asha": (cast.asha, None, (cast.lena,)),
        "said of both by Sven": (cast.sven, None, (cast.asha, cast.lena)),
        "Sven's own, offered to Asha": (cast.sven, cast.sven, (cast.asha,)),
        "Asha's own, offered to Lena": (cast.asha, cast.asha, (cast.lena,)),
    }
    found = {}
    for name, (by, owner, people) in said.items():
        found[name] = number = _activity(name)
        if owner:
            when = {"part": Part.AUTHOR, "at": NOW, "day": NOW.date(), "by_hand": True}
            db.session.add(ActivityPerson(activity_id=number, person_id=owner.id, **when))
        for person in people:
            offer(number, person.id, Part.CO_SPEAKER, "a talk", by=by.id, now=NOW)
    db.session.commit()
    return found


def _activity(name: str) -> int:
    one = ActivityRow(**{**everything.row_of(ActivityRow.__table__), "ref": name, "ref_hash": name.encode()})
    db.session.add(one)
    db.session.flush()
    return one.id


def test_a_class_that_others_attended_stays_without_the_name_and_one_of_nobody_else_goes(cast: Cast) -> None:
    held = [_class(cast.asha, title) for title in ("attended by Lena", "attended by nobody else")]
    for number, person in zip(held, (cast.lena, cast.asha), strict=True):
        attendance.say(number, person.id, Presence.ATTENDED, by=person.id, now=NOW)
    erase_person(cast.asha, NOW)
    db.session.commit()
    assert [(one.title, one.by_id) for one in rows(Class)] == [("attended by Lena", None)]


def test_a_request_that_others_want_stays_without_the_name_and_one_of_nobody_else_goes(cast: Cast) -> None:
    asked = [_request(cast.asha, what) for what in ("etcd, wanted by Lena", "something of Asha's own")]
    requests.vote(asked[0], cast.lena.id, NOW)
    erase_person(cast.asha, NOW)
    db.session.commit()
    assert [(one.what, one.by_id) for one in rows(TrainingRequest)] == [("etcd, wanted by Lena", None)]


def _class(person: Person, title: str) -> int:
    made = {"title": title, "state": ClassState.HELD, "day": NOW.date(), "created_at": NOW}
    return classes.add(Class(by_id=person.id, **made)).id


def _request(person: Person, what: str) -> int:
    made = {"what": what, "origin": Origin.CURIOSITY, "day": NOW.date(), "created_at": NOW, "touched_at": NOW}
    return requests.add(TrainingRequest(by_id=person.id, **made)).id
