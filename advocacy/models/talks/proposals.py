"""Proposals: a talk at an event, the steps it took there, and who may see it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain import proposal as order
from advocacy.domain.proposal import OPEN, ProposalState, Step
from advocacy.models import steps
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.talks.events import Event
from advocacy.models.words import Visibility

SOON = timedelta(days=14)  #: from then on a draft whose call closes is told of


class Proposal(Base):
    """A talk at one event, with a title and an abstract of its own; `state` and `day` repeat its last step."""

    __tablename__ = "proposal"
    __table_args__ = (sa.Index(None, "owner_id", "day", "id"), sa.Index(None, "visibility", "day", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    talk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("talk.id", ondelete="SET NULL"), index=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(default="")
    state: Mapped[ProposalState]
    day: Mapped[date]
    slides: Mapped[str] = mapped_column(default="")
    recording: Mapped[str] = mapped_column(default="")
    feedback: Mapped[str] = mapped_column(default="")  #: what people said of it, in words
    #: who may follow it beside those who speak
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE, server_default=Visibility.PRIVATE.value)
    created_at: Mapped[datetime]


class ProposalStep(Base):
    """That it came to a state: append-only, and what was taken back stays written."""

    __tablename__ = "proposal_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    state: Mapped[ProposalState]
    day: Mapped[date]  #: when it happened
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]  #: when it was said
    taken_back_at: Mapped[datetime | None]


def own(proposal_id: int, person_id: int, *, to_change: bool = False) -> Proposal:
    """The proposal; raise Missing when it is not the person's. Locked when it is to be changed."""
    query = sa.select(Proposal).where(Proposal.id == proposal_id, Proposal.owner_id == person_id)
    found = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such proposal of yours")
    return found


def add(one: Proposal, first: Step, today: date, now: datetime, note: str = "") -> Proposal:
    """Keep a new proposal with its first step; raise OutOfOrder when it cannot begin so."""
    order.check((), first, today)
    one.state, one.day = first.state, first.day
    db.session.add(one)
    db.session.flush()
    _write(one, first, note, one.owner_id, now)
    return one


def go_on(one: Proposal, following: Step, note: str, today: date, *, by: int, now: datetime) -> None:
    """Write the next step; raise OutOfOrder when it may not follow."""
    order.check(steps_in_force(one.id), following, today)
    _write(one, following, note, by, now)


def take_back(one: Proposal, now: datetime) -> bool:
    """Take the last step back; False: it is the only one, without which there is no proposal."""
    before = steps.take_back(ProposalStep, ProposalStep.proposal_id == one.id, now)
    if before is None:
        return False
    one.state, one.day = before.state, before.day
    return True


def redate(one: Proposal, day: date, today: date, *, by: int, now: datetime) -> None:
    """Say that the last step happened on another day; raise OutOfOrder when it cannot be."""
    if day == one.day:
        return
    query = sa.select(ProposalStep).where(_in_force(one.id)).order_by(ProposalStep.id.desc()).limit(1)
    last = db.session.scalars(query).one()
    last.taken_back_at = now
    db.session.flush()
    go_on(one, Step(last.state, day), last.note, today, by=by, now=now)


def steps_in_force(proposal_id: int) -> list[Step]:
    """The steps that were not taken back, the oldest first."""
    query = sa.select(ProposalStep.state, ProposalStep.day).where(_in_force(proposal_id)).order_by(ProposalStep.id)
    return [Step(*row) for row in db.session.execute(query)]


def history(proposal_id: int) -> Sequence[Row]:
    """Every step ever said, the oldest first, with who said it and its day."""
    return steps.history(ProposalStep, ProposalStep.proposal_id == proposal_id, ProposalStep.day)


def stepped_at(proposal_id: int, at: datetime) -> bool:
    """Whether the last step in force was said at that moment."""
    query = sa.select(ProposalStep.at).where(_in_force(proposal_id)).order_by(ProposalStep.id.desc()).limit(1)
    return db.session.scalar(query) == at


def _in_force(proposal_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(ProposalStep.proposal_id == proposal_id, ProposalStep.taken_back_at.is_(None))


def _write(one: Proposal, step: Step, note: str, by: int, now: datetime) -> None:
    db.session.add(ProposalStep(proposal_id=one.id, state=step.state, day=step.day, note=note, by_id=by, at=now))
    one.state, one.day = step.state, step.day
    db.session.flush()


def pending(person_id: int, today: date) -> Sequence[Row]:
    """What waits for the owner: drafts whose call closes soon, and accepted talks whose day has passed.

    Rows have id, title, state, event, starts and cfp_closes; what closes or was first comes first.
    """
    one = Proposal
    closing = sa.and_(one.state.in_(OPEN), Event.cfp_closes.between(today, today + SOON))
    over = sa.and_(one.state == ProposalState.ACCEPTED, sa.func.coalesce(Event.ends, Event.starts) < today)
    query = (
        sa.select(one.id, one.title, one.state, Event.name.label("event"), Event.starts, Event.cfp_closes)
        .join(Event, Event.id == one.event_id)
        .where(one.owner_id == person_id, sa.or_(closing, over))
        .order_by(sa.case((closing, Event.cfp_closes), else_=Event.starts), one.id)
    )
    return db.session.execute(query).all()
