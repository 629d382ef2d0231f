"""Letters on their way: each is written once, and tried again only when it surely did not go.

Before it is handed over it is marked as going, in a transaction of its own. Whoever is killed after that leaves it so:
it may have arrived, and it is never sent a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.upsert import dialect_insert

DIGEST = "digest"
CLASS = "class"  #: invitations, changes, reminders
SURVEY = "survey"  #: reminders
ASK = "ask"  #: requests to speak, and their answers
CALL = "call"  #: reminders of calls for proposals that close
WEEK = timedelta(days=7)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
TRIES = 10  #: about a day and a half
GOING_LASTS = timedelta(minutes=15)  #: no hand-over takes so long
LATEST = 12  #: letters that the page lists
_UNSEEN = {"synchronize_session": False}


class Going(StrEnum):
    """Where a letter stands."""

    SILENT = "silent"  #: there was nothing to say: no letter
    WAITING = "waiting"
    GOING = "going"
    SENT = "sent"
    FAILED = "failed"


class Letter(Base):
    """One letter to one person, as it was written; `key` keeps a second one of its kind and week from being written."""

    __tablename__ = "letter"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "kind", "key"),
        sa.Index(None, "state", "next_try_at"),
        sa.Index(None, "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(24))
    key: Mapped[str] = mapped_column(sa.String(80))
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="", server_default="")  #: an iTIP part, if it has one
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(24))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    going_since: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


def put(person_id: int, kind: str, key: str, words: Mapping[str, str] | None, now: datetime) -> int | None:
    """Write a letter (subject, text, html, perhaps a calendar), or with None that there was nothing to say; its number.

    None: there is one of this kind and key already.
    """
    said = words or {"subject": "", "text": "", "html": ""}
    row: dict[str, Any] = {"person_id": person_id, "kind": kind, "key": key, "made_at": now, "attempts": 0, **said}
    row |= {"error": "", "state": Going.WAITING.value if words else Going.SILENT.value}
    row |= {"next_try_at": now if words else None}
    insert = dialect_insert(db.session.get_bind().dialect.name)(Letter.__table__).values(row)
    found: int | None = db.session.scalar(insert.on_conflict_do_nothing().returning(Letter.id))
    return found


def is_there(person_id: int, kind: str, key: str) -> bool:
    """Whether one of this kind and key was written, or found to be silent."""
    one = Letter
    query = sa.select(one.id).where(one.person_id == person_id, one.kind == kind, one.key == key)
    return db.session.scalar(query) is not None


def written_to(kind: str, key: str) -> frozenset[int]:
    """To whom one of this kind and key was written."""
    return frozenset(db.session.scalars(sa.select(Letter.person_id).where(Letter.kind == kind, Letter.key == key)))


def written(kind: str, keys: Iterable[str]) -> frozenset[tuple[int, str]]:
    """Which of these were written, as (person, key)."""
    one = Letter
    query = sa.select(one.person_id, one.key).where(one.kind == kind, one.key.in_(sorted(set(keys))))
    return frozenset((row.person_id, row.key) for row in db.session.execute(query))


def written_since(kind: str, begins: str, since: datetime) -> frozenset[int]:
    """To whom a letter of a kind was written since then whose key begins so."""
    one = Letter
    query = sa.select(one.person_id).where(one.kind == kind, one.made_at > since)
    return frozenset(db.session.scalars(query.where(one.key.startswith(begins, autoescape=True))))


def since(person_id: int, kind: str) -> datetime | None:
    """The moment of the last letter that went, or was silent: what is newer is news.

    As long as none did, it is a week before the first that failed; None when there was none at all.
    """
    one = Letter
    told = sa.case((one.state.in_((Going.SENT.value, Going.SILENT.value)), one.made_at))
    query = sa.select(sa.func.max(told), sa.func.min(one.made_at)).where(one.person_id == person_id, one.kind == kind)
    last, first = db.session.execute(query).one()
    return last or (first - WEEK if first else None)


def due(now: datetime, person_id: int | None = None) -> Sequence[int]:
    """The letters that may be tried now, of everybody or of one person, the oldest first."""
    one, whose = Letter, Letter.person_id == person_id if person_id else sa.true()
    query = (
        sa.select(one.id)
        .join(Person, Person.id == one.person_id)
        .where(one.state == Going.WAITING.value, one.next_try_at <= now, Person.disabled_at.is_(None), whose)
        .order_by(one.id)
    )
    return db.session.scalars(query).all()


def claim(letter_id: int, now: datetime) -> Row | None:
    """Mark it as going and commit; the letter with its person's name and address. None: somebody else has it."""
    one = Letter
    free = sa.and_(one.id == letter_id, one.state == Going.WAITING.value, one.next_try_at <= now)
    going = {"state": Going.GOING.value, "going_since": now, "attempts": one.attempts + 1}
    ours = sa.update(one).where(free).values(going).returning(one.id)
    taken = db.session.execute(ours, execution_options=_UNSEEN).first()
    db.session.commit()
    if taken is None:
        return None
    query = (
        sa.select(one.id, one.person_id, one.kind, one.key, one.subject, one.text, one.html, one.attempts)
        .add_columns(one.calendar, Person.name, Person.email)
        .join(Person, Person.id == one.person_id)
        .where(one.id == letter_id, Person.disabled_at.is_(None))
    )
    found = db.session.execute(query).first()
    db.session.rollback()
    return found


def went(letter_id: int, now: datetime) -> None:
    """The other side took it."""
    _end(letter_id, state=Going.SENT.value, sent_at=now, error="", next_try_at=None)


def failed(letter_id: int, why: str) -> None:
    """It is given up."""
    _end(letter_id, state=Going.FAILED.value, error=why, next_try_at=None)


def again(letter_id: int, attempts: int, why: str, now: datetime) -> None:
    """It surely did not go: it waits for its next try, twice as long each time; after the last one it is given up."""
    if attempts >= TRIES:
        failed(letter_id, f"given up after {attempts} tries: {why}")
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1))
    _end(letter_id, state=Going.WAITING.value, error=why, next_try_at=now + pause)


def is_any_lost(now: datetime) -> bool:
    """Whether somebody who is gone was handing one over."""
    return db.session.scalar(sa.select(Letter.id).where(_lost(now)).limit(1)) is not None


def settle(now: datetime) -> int:
    """Give up what somebody who is gone was handing over: it may have arrived; how many those are."""
    one = Letter
    words = "cut off while it was handed over: it may have arrived, and is not sent a second time"
    values = {"state": Going.FAILED.value, "error": words, "next_try_at": None}
    done = sa.update(one).where(_lost(now)).values(values).returning(one.id)
    return len(db.session.execute(done, execution_options=_UNSEEN).all())


def stop(person_id: int, kind: str) -> None:
    """Give up what waits to be sent to a person of a kind that they want no more."""
    one = Letter
    theirs = sa.and_(one.person_id == person_id, one.kind == kind, one.state == Going.WAITING.value)
    values = {"state": Going.FAILED.value, "error": "stopped before it went", "next_try_at": None}
    db.session.execute(sa.update(one).where(theirs).values(values), execution_options=_UNSEEN)


def recall(person_id: int, kind: str, key: str) -> None:
    """Drop one that waits to be sent: what it tells was taken back. One that went has gone."""
    one = Letter
    theirs = sa.and_(one.person_id == person_id, one.kind == kind, one.key == key, one.state == Going.WAITING.value)
    db.session.execute(sa.delete(one).where(theirs), execution_options=_UNSEEN)


def rename(person_id: int, kind: str, begins: str, to: str) -> None:
    """Let keys that begin so begin otherwise: what a letter is about has another number."""
    one = Letter
    ours = sa.and_(one.person_id == person_id, one.kind == kind, one.key.startswith(begins, autoescape=True))
    end = sa.func.substr(one.key, len(begins) + 1)
    db.session.execute(sa.update(one).where(ours).values(key=sa.literal(to) + end), execution_options=_UNSEEN)


def let_go(why: str) -> sa.Update:
    """The statement that gives up everything that waits or is being handed over."""
    values = {"state": Going.FAILED.value, "error": why, "next_try_at": None}
    return sa.update(Letter).where(Letter.state.in_((Going.WAITING.value, Going.GOING.value))).values(values)


def latest(person_id: int) -> Sequence[Letter]:
    """The last letters of a person, the newest first."""
    query = sa.select(Letter).where(Letter.person_id == person_id).order_by(Letter.id.desc()).limit(LATEST)
    return db.session.scalars(query).all()


def own(letter_id: int, person_id: int) -> Letter:
    """A letter to the person; raise Missing for another's, and for one that was not written."""
    one = Letter
    query = sa.select(one).where(one.id == letter_id, one.person_id == person_id, one.state != Going.SILENT.value)
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such letter of yours")
    return found


def forget(before: datetime) -> None:
    """Drop what is long told; the newest of each person and kind stays, for it says what is news."""
    one, newer = Letter, sa.orm.aliased(Letter)
    later = sa.exists().where(newer.person_id == one.person_id, newer.kind == one.kind, newer.id > one.id)
    old = sa.delete(one).where(one.made_at < before, one.state.not_in((Going.WAITING, Going.GOING)), later)
    db.session.execute(old, execution_options=_UNSEEN)


def _end(letter_id: int, **values: Any) -> None:
    mine = sa.and_(Letter.id == letter_id, Letter.state == Going.GOING.value)
    db.session.execute(sa.update(Letter).where(mine).values(values), execution_options=_UNSEEN)


def _lost(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Letter.state == Going.GOING.value, Letter.going_since < now - GOING_LASTS)
