"""What a person planned for the team, when they are erased: it stays, without their name, where others rely on it."""

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import RequestVote, TrainingRequest


def forget(person_id: int) -> None:
    """Drop the classes that nobody else was at and the requests that nobody else wants; the others lose the name."""
    there, vote = Attendance, RequestVote
    attended = sa.exists().where(there.class_id == Class.id, there.person_id != person_id)
    wanted = sa.exists().where(vote.request_id == TrainingRequest.id, vote.person_id != person_id)
    for statement in (
        sa.delete(Class).where(Class.by_id == person_id, ~attended),
        sa.delete(TrainingRequest).where(TrainingRequest.by_id == person_id, ~wanted),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
