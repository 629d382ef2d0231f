"""Addresses that open something without a login: for feed readers and calendars, each until it is revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.audit import record
from advocacy.models.base import Base, Missing, db
from advocacy.models.logins import hashed
from advocacy.models.people import Person

MOST = 20  #: open tokens of one person
REGRET = timedelta(hours=1)  #: so long a revoked one can be had back
LONGEST_NAME = 80


class Opens(StrEnum):
    """What a token opens."""

    ACTIVITY = "activity"  #: everything its owner did
    PUBLIC = "public"  #: what its owner released for everybody
    PLANS = "plans"  #: its owner's calendar
    TEAM = "team"  #: the calendar of a team that its owner leads; the subject is its number
    VOICE = "voice"  #: the works to amplify, as long as its owner is in marketing


class FeedToken(Base):
    """One address that a person gave to a program; the table holds the hash of its secret part."""

    __tablename__ = "feed_token"
    __table_args__ = (sa.Index(None, "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    opens: Mapped[str] = mapped_column(sa.String(24))
    subject: Mapped[str] = mapped_column(default="")  #: which one, where there are several
    name: Mapped[str]
    made_at: Mapped[datetime]
    used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]


class TooMany(ValueError):
    """The person has as many as anybody may have."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token opened: whose things, which, and where they live; `used_on` is the day it was used last, in UTC."""

    id: int
    person_id: int
    name: str
    opens: str
    subject: str
    made_at: datetime
    used_on: date | None
    zone: str


def make(person_id: int, opens: Opens, name: str, now: datetime, subject: str = "") -> str:
    """A new token, which is stored nowhere; raise TooMany when the person has twenty."""
    db.session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update())  # one after the other
    if len(of_person(person_id)) >= MOST:
        raise TooMany(f"You have {MOST} addresses already: revoke one that is not used any more.")
    token = token_urlsafe(32)
    one = FeedToken(token_hash=hashed(token), person_id=person_id, opens=opens.value, subject=subject, made_at=now)
    one.name = name[:LONGEST_NAME]
    db.session.add(one)
    db.session.flush()
    record("feed_token.made", now, actor=person_id, about=person_id, token=one.id, opens=opens.value)
    return token


def of_person(person_id: int) -> Sequence[FeedToken]:
    """Those that open something, the newest first."""
    one = FeedToken
    query = sa.select(one).where(one.person_id == person_id, one.revoked_at.is_(None)).order_by(one.id.desc())
    return db.session.scalars(query).all()


def opened(token: str, *opens: Opens) -> Opened:
    """What a token opens; raise Missing for an unknown or revoked one, one of another kind, and who was disabled."""
    one = FeedToken
    query = (
        sa.select(one.id, one.person_id, Person.name, one.opens, one.subject, one.made_at, one.used_on)
        .add_columns(Person.zone)
        .join(Person, Person.id == one.person_id)
        .where(one.token_hash == hashed(token), one.revoked_at.is_(None), Person.disabled_at.is_(None))
    )
    found = db.session.execute(query).first()
    if found is None or found.opens not in opens:
        raise Missing("there is nothing here")
    return Opened(*found)


def revoke(token_id: int, person_id: int, now: datetime) -> FeedToken:
    """Let it open nothing from now on; raise Missing for another's."""
    one = _of(token_id, person_id, FeedToken.revoked_at.is_(None))
    one.revoked_at = now
    record("feed_token.revoked", now, actor=person_id, about=person_id, token=one.id)
    return one


def restore(token_id: int, person_id: int, now: datetime) -> FeedToken:
    """Have one back that was revoked within the hour; raise Missing for any other."""
    one = _of(token_id, person_id, FeedToken.revoked_at > now - REGRET)
    one.revoked_at = None
    record("feed_token.restored", now, actor=person_id, about=person_id, token=one.id)
    return one


def used(token_id: int, day: date) -> sa.Update:
    """The statement that notes the day it was used."""
    return sa.update(FeedToken).where(FeedToken.id == token_id).values(used_on=day)


def _of(token_id: int, person_id: int, state: sa.ColumnElement[bool]) -> FeedToken:
    query = sa.select(FeedToken).where(FeedToken.id == token_id, FeedToken.person_id == person_id, state)
    one = db.session.scalar(query.with_for_update())
    if one is None:
        raise Missing("there is no such address of yours")
    return one
