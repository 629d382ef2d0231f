"""Talks that can be given again: what they say, and what they said before."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.proposal import ProposalState
from advocacy.domain.talk import Level
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility


class Talk(Base):
    """A talk of one person's, apart from any event."""

    __tablename__ = "talk"
    __table_args__ = (sa.Index(None, "owner_id", "id"), sa.Index(None, "visibility", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")
    level: Mapped[Level | None]
    minutes: Mapped[int | None]
    form: Mapped[str] = mapped_column(sa.String(24), default="", server_default="")  #: one of FORMATS, or nothing
    #: who may find it in the company's library
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE, server_default=Visibility.PRIVATE.value)
    slides: Mapped[str] = mapped_column(default="")
    recording: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TalkVersion(Base):
    """What a talk was called and promised until it was changed."""

    __tablename__ = "talk_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    talk_id: Mapped[int] = mapped_column(sa.ForeignKey("talk.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    abstract: Mapped[str]
    until: Mapped[datetime]


def own(talk_id: int, person_id: int) -> Talk:
    """The talk; raise Missing when it is not the person's."""
    found = db.session.scalar(sa.select(Talk).where(Talk.id == talk_id, Talk.owner_id == person_id))
    if found is None:
        raise Missing("there is no such talk of yours")
    return found


def add(owner_id: int, title: str, abstract: str, now: datetime) -> Talk:
    """A new talk."""
    made = Talk(owner_id=owner_id, title=title, abstract=abstract, created_at=now, changed_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def say(talk: Talk, title: str, abstract: str, now: datetime) -> None:
    """Let it say something else; what it said before is kept."""
    if (title, abstract) != (talk.title, talk.abstract):
        db.session.add(TalkVersion(talk_id=talk.id, title=talk.title, abstract=talk.abstract, until=now))
        talk.title, talk.abstract, talk.changed_at = title, abstract, now


def versions(talk_id: int) -> Sequence[TalkVersion]:
    """What it said before, the newest first."""
    query = sa.select(TalkVersion).where(TalkVersion.talk_id == talk_id).order_by(TalkVersion.id.desc())
    return db.session.scalars(query).all()


def of_person(person_id: int) -> Sequence[Row]:
    """The person's talks by title, with how often each was proposed and given."""
    one = Proposal
    given = sa.func.count(sa.case((one.state == ProposalState.DELIVERED, 1)))
    query = (
        sa.select(Talk.id, Talk.title)
        .add_columns(sa.func.count(one.id).label("proposed"), given.label("given"))
        .outerjoin(one, one.talk_id == Talk.id)
        .where(Talk.owner_id == person_id)
        .group_by(Talk.id, Talk.title)
        .order_by(sa.func.lower(Talk.title), Talk.id)
    )
    return db.session.execute(query).all()


def at_events(talk_id: int) -> Sequence[Row]:
    """The proposals of a talk, the newest first."""
    one = Proposal
    query = (
        sa.select(one.id, one.title, one.state, one.day, Event.name.label("event"))
        .join(Event, Event.id == one.event_id)
        .where(one.talk_id == talk_id)
        .order_by(one.day.desc(), one.id.desc())
    )
    return db.session.execute(query).all()
