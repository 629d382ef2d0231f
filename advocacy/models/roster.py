"""People found and added: who they are, what role they hold, whom they lead."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from advocacy.domain.days import Span
from advocacy.models import logins
from advocacy.models.audit import record
from advocacy.models.base import Missing, db
from advocacy.models.ladders import RolePageRow
from advocacy.models.people import Absence, Grant, Membership, Person, RoleHeld, Team
from advocacy.models.words import Capability

EVER = date(1970, 1, 1)  #: since when a role is held that nobody gave a date for
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Unusable(ValueError):
    """What was given cannot be used; the words say how to mend it."""


def by_email(email: str) -> Person:
    """The person of that address; raise Missing."""
    person = db.session.scalar(sa.select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise Missing(f"nobody has the address {email!r}; `advocacy people list` shows everybody")
    return person


def by_id(person_id: int) -> Person:
    """The person of that number; raise Missing."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise Missing("there is no such person")
    return person


def names_of(person_ids: Iterable[int], *, here: bool = False) -> dict[int, str]:
    """The names of these people, in their order; `here` leaves out who was shut out.

    Asked by their numbers, so that no planner reads all people to find these few.
    """
    query = sa.select(Person.id, Person.name).where(Person.id.in_(list(person_ids)))
    if here:
        query = query.where(Person.disabled_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(query.order_by(Person.name, Person.id))}


def everybody() -> Sequence[Person]:
    """All people by name."""
    return db.session.scalars(sa.select(Person).order_by(sa.func.lower(Person.name), Person.id)).all()


def people(person_ids: Iterable[int]) -> Sequence[Person]:
    """These people by name, without those who have left."""
    here = Person.id.in_(list(person_ids)), Person.disabled_at.is_(None)
    return db.session.scalars(sa.select(Person).where(*here).order_by(sa.func.lower(Person.name), Person.id)).all()


def add(email: str, name: str, now: datetime, *, zone: str = "UTC", can: Iterable[Capability] = ()) -> Person:
    """Take somebody in; raise Unusable for an address that is none or is taken, and for an unknown zone."""
    email = email.strip().lower()
    if not _MAIL.fullmatch(email):
        raise Unusable(f"{email!r} is no e-mail address: write name@example.org")
    if not name.strip():
        raise Unusable("a person needs a name")
    if db.session.scalar(sa.select(Person.id).where(Person.email == email)):
        raise Unusable(f"{email} is there already; `advocacy people list` shows everybody")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unusable(f"{zone!r} is no time zone: write one like Asia/Kolkata or UTC") from error
    person = Person(email=email, name=name.strip(), zone=zone, created_at=now)
    person.capabilities = [Grant(capability=capability) for capability in sorted(set(can))]
    db.session.add(person)
    db.session.flush()
    record(
        "person.added", now, actor=None, about=person.id, can=[grant.capability.value for grant in person.capabilities]
    )
    return person


def grant(person: Person, capability: Capability, now: datetime, *, by: int | None = None) -> None:
    """Let somebody do more; their browsers sign in anew, so that no earlier login gains rights. Twice is once."""
    if person.can(capability):
        return
    person.capabilities.append(Grant(capability=capability))
    logins.end_all(person.id, now)
    record("person.granted", now, actor=by, about=person.id, capability=capability.value)


def page(slug: str) -> RolePageRow:
    """The role page of that slug; raise Missing with the ones there are."""
    found = db.session.scalar(sa.select(RolePageRow).where(RolePageRow.slug == slug))
    if found is None:
        known = ", ".join(db.session.scalars(sa.select(RolePageRow.slug).order_by(RolePageRow.slug)))
        raise Missing(
            f"there is no role page {slug!r}; known: {known or 'none yet, import one with `advocacy ladder import`'}"
        )
    return found


def give_role(person_id: int, slug: str, since: date) -> None:
    """From that day on the person is judged by that page; the role held before ends the day before."""
    page_id = page(slug).id
    held = db.session.scalars(sa.select(RoleHeld).where(RoleHeld.person_id == person_id, RoleHeld.until.is_(None)))
    for role in held:
        if role.since >= since:
            raise Unusable(f"a role since {role.since} is there already; a new one must begin later")
        role.until = date.fromordinal(since.toordinal() - 1)
    db.session.add(RoleHeld(person_id=person_id, page_id=page_id, since=since))
    db.session.flush()


def join_team(person_id: int, name: str, since: date, *, leads: bool = False) -> None:
    """From that day on the person belongs to the team, or leads it; a team not known is founded."""
    team = db.session.scalar(sa.select(Team).where(Team.name == name))
    if team is None:
        team = Team(name=name)
        db.session.add(team)
        db.session.flush()
    db.session.add(Membership(person_id=person_id, team_id=team.id, leads=leads, since=since))


class Held(NamedTuple):
    """A role page that a person was judged by, for a while."""

    person_id: int
    page_id: int
    since: date
    until: date | None


def roles_of(person_ids: Iterable[int]) -> dict[int, list[Held]]:
    """Every role held by these people, oldest first."""
    one = RoleHeld
    query = sa.select(one.person_id, one.page_id, one.since, one.until).where(one.person_id.in_(list(person_ids)))
    held: dict[int, list[Held]] = {}
    for row in db.session.execute(query.order_by(one.since)):
        held.setdefault(row.person_id, []).append(Held(*row))
    return held


def role_on(held: Iterable[Held], day: date) -> Held | None:
    """The role held that day."""
    for role in held:
        if role.since <= day and (role.until is None or day <= role.until):
            return role
    return None


def away(person_id: int) -> list[Span]:
    """Days of leave or on hold."""
    return away_of([person_id]).get(person_id, [])


def away_of(person_ids: Iterable[int]) -> dict[int, list[Span]]:
    """The same of several people."""
    one, found = Absence, dict[int, list[Span]]()
    query = sa.select(one.person_id, one.since, one.until).where(one.person_id.in_(list(person_ids)))
    for person_id, since, until in db.session.execute(query):
        found.setdefault(person_id, []).append((since, until))
    return found


def slug_on(person_id: int, day: date) -> str | None:
    """The slug of the role held that day."""
    role = role_on(roles_of([person_id]).get(person_id, ()), day)
    return db.session.get_one(RolePageRow, role.page_id).slug if role else None


def teams_of(person_id: int, day: date) -> list[str]:
    """The names of the teams the person belongs to or leads that day."""
    there = Membership
    query = (
        sa.select(Team.name)
        .join(there, there.team_id == Team.id)
        .where(there.person_id == person_id, there.since <= day, sa.or_(there.until.is_(None), there.until >= day))
        .order_by(Team.name)
    )
    return list(db.session.scalars(query))


def pages() -> Sequence[RolePageRow]:
    """All role pages, by title."""
    return db.session.scalars(sa.select(RolePageRow).order_by(RolePageRow.title, RolePageRow.id)).all()
