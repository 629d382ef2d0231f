"""The audit log: what was done stands, whatever comes."""

from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.app import create_app
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, invitations, leaving, logins, roster
from advocacy.models.audit import AuditEntry, blank, record
from advocacy.models.people import Person
from advocacy.models.words import Capability
from advocacy.settings import Settings
from tests.cast import Cast
from tests.conftest import NOW

CHANGES = {
    "what": sa.update(AuditEntry).values(act="nothing"),
    "when": sa.update(AuditEntry).values(at=NOW.replace(year=2030)),
    "who": sa.update(AuditEntry).values(actor_id=AuditEntry.about_id),
    "with what": sa.update(AuditEntry).values(detail={"handle": "somebody else's"}),
    "all of it": sa.delete(AuditEntry),
}


def entries() -> list[Any]:
    one = AuditEntry
    query = sa.select(one.id, one.at, one.actor_id, one.about_id, one.act, one.detail).order_by(one.id)
    return [tuple(row) for row in db.session.execute(query)]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_entry_is_changed_or_deleted(app: Flask, cast: Cast, change: sa.Update | sa.Delete) -> None:
    record("account.added", NOW, actor=cast.adam.id, about=cast.asha.id, handle="https://asha.example")
    db.session.commit()
    before = entries()
    with pytest.raises(sa.exc.DBAPIError, match="the audit log is append-only"):
        db.session.execute(change)
    db.session.rollback()
    assert entries() == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_database_that_was_upgraded_refuses_too(settings: Settings, change: sa.Update | sa.Delete) -> None:
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        people = [Person(email=f"{name}@x.example", name=name, created_at=NOW) for name in ("asha", "adam")]
        db.session.add_all(people)
        db.session.flush()
        record("account.added", NOW, actor=people[1].id, about=people[0].id, handle="https://asha.example")
        db.session.commit()
        with pytest.raises(sa.exc.DBAPIError, match="the audit log is append-only"):
            db.session.execute(change)
        db.session.remove()
        db.engine.dispose()


def test_of_somebody_who_is_erased_it_keeps_what_was_done_and_when(app: Flask, cast: Cast) -> None:
    asha, adam = cast.asha.id, cast.adam.id
    start = len(entries())
    record("account.added", NOW, actor=adam, about=asha, handle="https://asha.example")
    record("account.added", NOW, actor=asha, about=adam, handle="https://adam.example")
    record("ladder.imported", NOW, actor=asha, name="ashas-page.md")
    db.session.flush()
    blank(asha)
    assert [entry[2:] for entry in entries()[start:]] == [
        (None, None, "account.added", {}),
        (None, adam, "account.added", {"handle": "https://adam.example"}),
        (None, None, "ladder.imported", {}),
    ]


def test_what_people_do_to_each_other_is_written_down(app: Flask, cast: Cast) -> None:
    """Who signed in, who was given what, who agreed to what, who was shut out: each with its actor and its subject."""
    asha, adam = cast.asha.id, cast.adam.id
    start = len(entries())
    invitations.accept(invitations.invite(asha, NOW, by=adam), "a hash", NOW)
    login = logins.of_token(logins.begin(asha, NOW), NOW)
    assert login is not None
    logins.end(login[0].id, asha, NOW)
    roster.grant(cast.asha, Capability.LEAD, NOW, by=adam)
    account = connect.add(asha, Platform.FEED, "https://asha.example/feed", by=adam, now=NOW).id
    for word in (connect.accept, connect.pause, connect.resume, connect.refuse, connect.forget):
        word(account, asha, NOW)
    for deed in (leaving.disable, leaving.enable):
        deed(cast.asha, NOW, by=adam)
    db.session.flush()
    people = {asha: "asha", adam: "adam"}
    told = [(act, people.get(actor), people.get(about)) for _, _, actor, about, act, _ in entries()[start:]]
    assert [one for one in told if one[0] != "login.ended_all"] == [
        ("person.invited", "adam", "asha"),
        ("person.password_set", "asha", "asha"),
        ("login.began", "asha", "asha"),
        ("login.ended", "asha", "asha"),
        ("person.granted", "adam", "asha"),
        ("account.added", "adam", "asha"),
        ("account.accepted", "asha", "asha"),
        ("account.paused", "asha", "asha"),
        ("account.resumed", "asha", "asha"),
        ("account.refused", "asha", "asha"),
        ("account.forgotten", "asha", "asha"),
        ("person.disabled", "adam", "asha"),
        ("person.enabled", "adam", "asha"),
    ]
