"""Who looked: every look of somebody at another person's released things stands in the audit log, for its owner."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.models import leadership, roster, sqlite
from advocacy.models.audience import Audience
from advocacy.models.audit import AuditEntry
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.words import Capability

LOOKED = "released.looked"
PRINTED = {
    "review.printed": "your review pack",
    "profile.printed": "all of your profile",
    "speakers.found": "you as a speaker",
}
"""What an operator may print on the command line, as acts of the audit log, and what is seen by it."""
OPERATOR = "operator"
AGAIN = timedelta(hours=1)  #: within which the same look at a team is written down once


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody's look; `who` is None when they are not here any more, and for an operator, who has no name."""

    id: int
    at: datetime
    who: str | None
    audience: str
    what: str


def note(viewer_id: int, owner_id: int, audience: Audience, what: str, now: datetime) -> None:
    """Write a look down before anything is shown, in a transaction of its own: the page itself only reads."""
    detail = {"as": audience.value, "what": what}
    row = sa.insert(AuditEntry).values(at=now, actor_id=viewer_id, about_id=owner_id, act=LOOKED, detail=detail)
    with sqlite.reading(only=False), db.engine.begin() as connection:
        connection.execute(row)


def note_all(
    viewer_id: int, owner_ids: Sequence[int], what: str, now: datetime, audience: Audience = Audience.LEAD
) -> None:
    """Write down a look at several people at once, a lead's or another's; the same look within the hour is one."""
    one, detail = AuditEntry, {"as": audience.value, "what": what}
    with sqlite.reading(only=False), db.engine.begin() as connection:
        lately = sa.select(one.about_id, one.detail).where(one.about_id.in_(owner_ids), one.at > now - AGAIN)
        found = connection.execute(lately.where(one.actor_id == viewer_id, one.act == LOOKED))
        told = {row.about_id for row in found if row.detail == detail}
        new = [person_id for person_id in owner_ids if person_id not in told]
        row = {"at": now, "actor_id": viewer_id, "act": LOOKED, "detail": detail}
        if new:
            connection.execute(sa.insert(one), [{**row, "about_id": person_id} for person_id in new])


def note_each(viewer: Person, owner_ids: Collection[int], what: str, day: date, now: datetime) -> None:
    """Write down a look at several people, at each as whom the viewer looks that day."""
    led: set[int] = set(db.session.scalars(leadership.led(viewer.id, day))) if owner_ids else set()
    other = Audience.MARKETING if viewer.can(Capability.MARKETING) else Audience.EVERYBODY
    for audience, ids in (
        (Audience.LEAD, sorted({one for one in owner_ids if one in led})),
        (other, sorted({one for one in owner_ids if one not in led and one != viewer.id})),
    ):
        if ids:
            note_all(viewer.id, ids, what, now, audience)


def at(person_id: int, *, before: int | None = None, limit: int | None = None) -> Sequence[Look]:
    """The looks at a person's things, the newest first; `before` is the number where the last page ended."""
    one = AuditEntry
    query = sa.select(one.id, one.at, one.actor_id, one.act, one.detail)
    query = query.where(_at(person_id), one.id < before if before else sa.true())
    found = db.session.execute(query.order_by(one.id.desc()).limit(limit)).all()
    names = roster.names_of({row.actor_id for row in found if row.actor_id})
    return [Look(row.id, row.at, names.get(row.actor_id), *_told(row.act, row.detail)) for row in found]


def count(person_id: int) -> int:
    """How many looks there were at a person's things."""
    return db.session.scalar(sa.select(sa.func.count()).where(_at(person_id))) or 0


def _at(person_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(AuditEntry.about_id == person_id, AuditEntry.act.in_([LOOKED, *PRINTED]))


def _told(act: str, detail: dict[str, Any]) -> tuple[str, str]:
    if act in PRINTED:
        return OPERATOR, PRINTED[act]
    return detail.get("as", ""), detail.get("what", "")
