"""Trainings that a team must have had: which, by when, and after how many months again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Team
from advocacy.models.trainings.classes import Training


class RequiredTraining(Base):
    """One training that every member of a team needs; `months` is how long it holds, None for good."""

    __tablename__ = "required_training"
    __table_args__ = (sa.Index(None, "team_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id", ondelete="CASCADE"))
    due: Mapped[date]
    months: Mapped[int | None]
    why: Mapped[str] = mapped_column(default="")  #: the release, the contract
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  #: since when nobody needs it any more


def add(one: RequiredTraining) -> RequiredTraining:
    """Require it."""
    db.session.add(one)
    db.session.flush()
    return one


def own(required_id: int, person_id: int, teams: Collection[int]) -> RequiredTraining:
    """One that the person asked for, or of a team that they lead (`teams`); raise Missing for any other."""
    one = db.session.get(RequiredTraining, required_id)
    if one is None or (one.by_id != person_id and one.team_id not in teams):
        raise Missing("there is no such required training of yours")
    return one


def seen(required_id: int, person_id: int, teams: Collection[int]) -> RequiredTraining | None:
    """The same while it is in force; None for anything else."""
    try:
        one = own(required_id, person_id, teams)
    except Missing:
        return None
    return one if one.ended_at is None else None


def of_team(team_id: int) -> Sequence[Row]:
    """What a team needs, the next due first: id, training_id, title, due, months, why, by_id, team_id."""
    return of_teams([team_id])


def of_teams(team_ids: Collection[int]) -> Sequence[Row]:
    """The same of several teams."""
    one = RequiredTraining
    query = (
        sa.select(one.team_id, one.id, one.training_id, Training.title, one.due, one.months, one.why, one.by_id)
        .join(Training, Training.id == one.training_id)
        .where(one.team_id.in_(team_ids), one.ended_at.is_(None))
        .order_by(one.due, one.id)
    )
    return db.session.execute(query).all()


def asked_by(person_id: int) -> frozenset[int]:
    """The teams of which a person requires something."""
    one = RequiredTraining
    mine = sa.select(one.team_id).where(one.by_id == person_id, one.ended_at.is_(None))
    return frozenset(db.session.scalars(mine))


def teams() -> dict[int, str]:
    """Teams that something is required of, by name."""
    one = RequiredTraining
    query = sa.select(Team.id, Team.name).where(sa.exists().where(one.team_id == Team.id, one.ended_at.is_(None)))
    return {row[0]: row[1] for row in db.session.execute(query.order_by(Team.name, Team.id))}
