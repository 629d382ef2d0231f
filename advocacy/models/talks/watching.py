"""Events that somebody keeps an eye on, and the calls for proposals that concern them therefore."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.proposal import OPEN
from advocacy.models.base import Base, Row, db
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import SOON, Proposal
from advocacy.models.upsert import insert_new


class EventWatch(Base):
    """That a person watches an event; nobody else is told."""

    __tablename__ = "event_watch"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]


def watch(person_id: int, event_id: int, now: datetime) -> None:
    """Keep an eye on it; twice is once."""
    insert_new(EventWatch, [{"person_id": person_id, "event_id": event_id, "at": now}])


def unwatch(person_id: int, event_id: int) -> None:
    """No more."""
    one = EventWatch
    gone = sa.delete(one).where(one.person_id == person_id, one.event_id == event_id)
    db.session.execute(gone, execution_options={"synchronize_session": False})


def among(person_id: int, event_ids: Iterable[int]) -> frozenset[int]:
    """Which of these the person watches."""
    one = EventWatch
    query = sa.select(one.event_id).where(one.person_id == person_id, one.event_id.in_(list(event_ids)))
    return frozenset(db.session.scalars(query))


def calls(person_id: int, today: date, within: timedelta = SOON) -> Sequence[Row]:
    """Watched events whose call closes soon and which the person proposed nothing to: id, name, cfp_closes."""
    mine = sa.exists().where(Proposal.event_id == Event.id, Proposal.owner_id == person_id)
    query = (
        sa.select(Event.id, Event.name, Event.cfp_closes)
        .join(EventWatch, EventWatch.event_id == Event.id)
        .where(EventWatch.person_id == person_id, Event.off_at.is_(None), ~mine)
        .where(Event.cfp_closes.between(today, today + within))
        .order_by(Event.cfp_closes, Event.id)
    )
    return db.session.execute(query).all()


def concerned(since: date, until: date, person_id: int | None = None) -> Sequence[Row]:
    """Whom a call that closes between these days concerns: who watches its event, and who has a draft for it.

    Rows have id, name, place, url, cfp_url, cfp_closes, person_id and the title of the draft ('' for a watcher).
    """
    one, watched = Event, EventWatch
    told = (one.id, one.name, one.place, one.url, one.cfp_url, one.cfp_closes)
    closing = sa.and_(one.cfp_closes.between(since, until), one.off_at.is_(None))
    watches = sa.select(*told, watched.person_id.label("person_id"), sa.literal("").label("title")).join(
        watched, watched.event_id == one.id
    )
    drafts = sa.select(*told, Proposal.owner_id.label("person_id"), Proposal.title.label("title")).join(
        Proposal, sa.and_(Proposal.event_id == one.id, Proposal.state.in_(OPEN))
    )
    if person_id is not None:
        watches, drafts = (
            watches.where(watched.person_id == person_id),
            drafts.where(Proposal.owner_id == person_id),
        )
    both = sa.union_all(watches.where(closing), drafts.where(closing)).subquery()
    return db.session.execute(sa.select(both).order_by(both.c.cfp_closes, both.c.id, both.c.title)).all()
