"""Who is signed in: one row for each browser, found by the hash of the token in its cookie."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.audit import record
from advocacy.models.base import Base, Missing, db
from advocacy.models.people import Person

LIFETIME = timedelta(days=30)
SEEN_AGAIN_AFTER = timedelta(hours=1)


class Login(Base):
    """One browser of one person; the cookie holds a token, the table only its hash."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(default="")
    agent: Mapped[str] = mapped_column(default="")


class Invitation(Base):
    """A one-time link by which a person sets a password; only its hash is kept."""

    __tablename__ = "invitation"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """A sign-in that failed, or is being looked at; kept to slow the next one down."""

    __tablename__ = "signin_attempt"
    __table_args__ = (sa.Index(None, "email", "at"), sa.Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]  #: the hash of what was typed
    address: Mapped[str]
    at: Mapped[datetime]


def hashed(token: str) -> bytes:
    """What is stored of a token: tokens are long and random, so a plain hash is enough."""
    return sha256(token.encode()).digest()


def begin(person_id: int, now: datetime, *, address: str = "", agent: str = "") -> str:
    """Sign a browser in; the token for its cookie, which is stored nowhere."""
    token = token_urlsafe(32)
    login = Login(token_hash=hashed(token), person_id=person_id, created_at=now, seen_at=now)
    login.expires_at, login.address, login.agent = now + LIFETIME, address[:100], agent[:300]
    db.session.add(login)
    record("login.began", now, actor=person_id, about=person_id, address=login.address)
    return token


def of_token(token: str, now: datetime) -> tuple[Login, Person] | None:
    """The login of a cookie with its person; None when it ended, ran out, or the person was disabled."""
    query = (
        sa.select(Login, Person)
        .join(Person, Person.id == Login.person_id)
        .where(Login.token_hash == hashed(token), _open(now), Person.disabled_at.is_(None))
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found else None


def of_person(person_id: int, now: datetime) -> Sequence[Login]:
    """The browsers that are signed in, the one used last first."""
    query = sa.select(Login).where(Login.person_id == person_id, _open(now))
    return db.session.scalars(query.order_by(Login.seen_at.desc(), Login.id.desc())).all()


def end(login_id: int, person_id: int, now: datetime) -> None:
    """Sign one browser of the person out; raise Missing for anybody else's."""
    query = sa.select(Login).where(Login.id == login_id, Login.person_id == person_id, _open(now))
    login = db.session.scalar(query)
    if login is None:
        raise Missing("there is no such login of yours")
    login.ended_at = now
    record("login.ended", now, actor=person_id, about=person_id)


def end_of_token(token: str, now: datetime) -> None:
    """Sign out the browser that holds this token, whoever's it is; nothing when it is nobody's."""
    held = of_token(token, now)
    if held:
        end(held[0].id, held[1].id, now)


def end_all(person_id: int, now: datetime, *, but: int | None = None) -> int:
    """Sign every browser of the person out, save one; how many it were."""
    others = [login for login in of_person(person_id, now) if login.id != but]
    for login in others:
        login.ended_at = now
    record("login.ended_all", now, actor=person_id, about=person_id, count=len(others))
    return len(others)


def _open(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Login.ended_at.is_(None), Login.expires_at > now)
