"""Requests for trainings: what is needed and why, what became of it, and who votes for it. Everybody can see them."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.training import REQUEST_FOLLOWS, Origin, RequestState
from advocacy.models import steps
from advocacy.models.base import Base, Missing, db
from advocacy.models.people import Person
from advocacy.models.steps import NotNow
from advocacy.models.upsert import insert_new


class TrainingRequest(Base):
    """One request; `touched_at` is when it was last said something of."""

    __tablename__ = "training_request"
    __table_args__ = (sa.Index(None, "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    about: Mapped[str] = mapped_column(default="")  #: for whom and why, in words
    topics: Mapped[list[str]] = mapped_column(default=list)
    origin: Mapped[Origin]
    link: Mapped[str] = mapped_column(default="")  #: the incident, the question, the roadmap item
    external: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  #: from outside the company
    offer: Mapped[str] = mapped_column(default="", server_default="")  #: who offers it, and where
    cost: Mapped[str] = mapped_column(default="", server_default="")  #: as it was offered, with its currency
    day: Mapped[date]
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_request.id", ondelete="SET NULL"))
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_class.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]


class RequestStep(Base):
    """That it came to a state: append-only, and what was taken back stays written."""

    __tablename__ = "request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("training_request.id", ondelete="CASCADE"), index=True)
    state: Mapped[RequestState]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class RequestVote(Base):
    """That somebody wants it, too."""

    __tablename__ = "request_vote"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("training_request.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]


def add(one: TrainingRequest) -> TrainingRequest:
    """Keep a request, with the vote of whoever asks."""
    db.session.add(one)
    db.session.flush()
    _write(one, RequestState.OPEN, "", one.by_id, one.created_at)
    if one.by_id is not None:
        vote(one.id, one.by_id, one.created_at)
    return one


def one(request_id: int, *, to_change: bool = False) -> TrainingRequest:
    """The request; raise Missing."""
    query = sa.select(TrainingRequest).where(TrainingRequest.id == request_id)
    found = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such request")
    return found


def vote(request_id: int, person_id: int, now: datetime) -> None:
    """Want it, too; twice is once."""
    insert_new(RequestVote, [{"request_id": request_id, "person_id": person_id, "at": now}])


def unvote(request_id: int, person_id: int) -> None:
    """Want it no more."""
    mine = sa.and_(RequestVote.request_id == request_id, RequestVote.person_id == person_id)
    db.session.execute(sa.delete(RequestVote).where(mine), execution_options={"synchronize_session": False})


def voters(request_id: int, *, but: int) -> Sequence[str]:
    """The addresses of those who want it, but for one person; votes of what was merged into it are among them."""
    one, ballot = TrainingRequest, RequestVote
    of_both = sa.or_(one.id == request_id, one.merged_into_id == request_id)
    query = (
        sa.select(Person.email)
        .join(ballot, ballot.person_id == Person.id)
        .join(one, one.id == ballot.request_id)
        .where(of_both, Person.disabled_at.is_(None), Person.id != but)
        .distinct()
        .order_by(Person.email)
    )
    return db.session.scalars(query).all()


def become(one: TrainingRequest, state: RequestState, note: str, *, by: int, now: datetime) -> None:
    """Say what becomes of it; raise NotNow for what may not follow."""
    if state not in REQUEST_FOLLOWS[one.state]:
        raise NotNow(f"it is {one.state}: that cannot become {state}")
    _write(one, state, note, by, now)
    one.state, one.touched_at = state, now
    db.session.flush()


def merge(one: TrainingRequest, other: TrainingRequest, *, by: int, now: datetime) -> None:
    """Let it go on in another one, whose votes count with its own; raise NotNow for one that is done, or itself."""
    if one.id == other.id or other.state not in (RequestState.OPEN, RequestState.PLANNED):
        raise NotNow("choose another request that is still open")
    become(one, RequestState.MERGED, "", by=by, now=now)
    one.merged_into_id, other.touched_at = other.id, now


def take_back(one: TrainingRequest, now: datetime) -> None:
    """Take the last step back; raise NotNow when it is only open."""
    before = steps.take_back(RequestStep, RequestStep.request_id == one.id, now)
    if before is None:
        raise NotNow("there is nothing to take back")
    one.state, one.touched_at, one.merged_into_id = before.state, now, None
    one.class_id = one.class_id if one.state is RequestState.PLANNED else None
    db.session.flush()


def of_class(class_id: int) -> Sequence[TrainingRequest]:
    """The requests that a class answers."""
    return db.session.scalars(sa.select(TrainingRequest).where(TrainingRequest.class_id == class_id)).all()


def _write(one: TrainingRequest, state: RequestState, note: str, by: int | None, now: datetime) -> None:
    db.session.add(RequestStep(request_id=one.id, state=state, note=note, by_id=by, at=now))
    db.session.flush()
