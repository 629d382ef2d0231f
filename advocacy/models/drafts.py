"""Drafts of colleagues: who writes what, who reads it before it goes out, and how far it is."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.writing import FOLLOWS, OPEN, DraftState
from advocacy.models import steps
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.steps import NotNow

MOST = 100  #: drafts in one list


class Draft(Base):
    """One piece; who reviews it was asked by the author, and sees it for that."""

    __tablename__ = "draft"
    __table_args__ = (sa.Index(None, "author_id", "state"), sa.Index(None, "reviewer_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    title: Mapped[str]
    url: Mapped[str] = mapped_column(default="")  #: where the draft is read, then where it is published
    state: Mapped[DraftState]
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]


class DraftStep(Base):
    """That it came to a state: append-only, and what was taken back stays written."""

    __tablename__ = "draft_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    state: Mapped[DraftState]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


def add(one: Draft) -> Draft:
    """Keep a draft with its first step."""
    db.session.add(one)
    db.session.flush()
    _write(one, one.state, "", one.author_id, one.created_at)
    return one


def of(draft_id: int, person_id: int, *, to_change: bool = False) -> Draft:
    """One that the person writes or reviews; raise Missing for any other."""
    mine = sa.or_(Draft.author_id == person_id, Draft.reviewer_id == person_id)
    query = sa.select(Draft).where(Draft.id == draft_id, mine)
    found = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such draft for you")
    return found


def become(one: Draft, state: DraftState, note: str, *, by: int, now: datetime) -> None:
    """Say how far it is; raise NotNow for what may not follow."""
    if state not in FOLLOWS[one.state]:
        raise NotNow(f"it is {one.state.value.replace('_', ' ')}: that cannot become {state.value.replace('_', ' ')}")
    _write(one, state, note, by, now)
    one.state, one.touched_at = state, now
    db.session.flush()


def take_back(one: Draft, now: datetime) -> None:
    """Take the last step back; raise NotNow for the first one."""
    before = steps.take_back(DraftStep, DraftStep.draft_id == one.id, now)
    if before is None:
        raise NotNow("there is nothing to take back")
    one.state, one.touched_at = before.state, now
    db.session.flush()


def written_by(person_ids: Collection[int], states: Collection[DraftState] = OPEN) -> Sequence[Row]:
    """Drafts of these people, the longest untouched first: id, title, url, state, touched_at, author, reviewer."""
    return _listed(Draft.author_id.in_(person_ids), states)


def waiting(person_id: int) -> int:
    """How many drafts wait for a person's review."""
    one = Draft
    mine = sa.and_(one.reviewer_id == person_id, one.state == DraftState.REVIEW)
    return db.session.scalar(sa.select(sa.func.count()).where(mine)) or 0


def to_review(person_id: int) -> Sequence[Row]:
    """Drafts that wait for a person's review."""
    return _listed(Draft.reviewer_id == person_id, (DraftState.REVIEW,))


def history(draft_id: int) -> Sequence[Row]:
    """Every step ever said, the oldest first."""
    return steps.history(DraftStep, DraftStep.draft_id == draft_id)


def _listed(whose: sa.ColumnElement[bool], states: Collection[DraftState]) -> Sequence[Row]:
    one, author, reviewer = Draft, sa.orm.aliased(Person), sa.orm.aliased(Person)
    query = (
        sa.select(one.id, one.title, one.url, one.state, one.touched_at, one.author_id, one.reviewer_id)
        .add_columns(author.name.label("author"), reviewer.name.label("reviewer"))
        .join(author, author.id == one.author_id)
        .outerjoin(reviewer, reviewer.id == one.reviewer_id)
        .where(whose, one.state.in_(states))
        .order_by(one.touched_at, one.id)
        .limit(MOST)
    )
    return db.session.execute(query).all()


def _write(one: Draft, state: DraftState, note: str, by: int, now: datetime) -> None:
    db.session.add(DraftStep(draft_id=one.id, state=state, note=note, by_id=by, at=now))
    db.session.flush()
