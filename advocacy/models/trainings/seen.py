"""Which classes a person may see: their own, those they give or are said to have attended, and what is planned."""

import sqlalchemy as sa

from advocacy.domain.training import ClassState
from advocacy.models.base import Missing, db
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import ClassTrainer


def seen(class_id: int, person_id: int) -> Class:
    """The class; raise Missing for what others noted or held without this person."""
    there, gives = Attendance, ClassTrainer
    said = sa.exists().where(there.class_id == Class.id, there.person_id == person_id, there.taken_back_at.is_(None))
    named = sa.exists().where(gives.class_id == Class.id, gives.person_id == person_id)
    may = sa.or_(Class.by_id == person_id, Class.state == ClassState.PLANNED, said, named)
    found = db.session.scalar(sa.select(Class).where(Class.id == class_id, may))
    if found is None:
        raise Missing("there is no such class for you")
    return found
