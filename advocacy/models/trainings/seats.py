"""Who has a seat in a class, read from what people said, in the order they said it: nothing is stored twice."""

from collections.abc import Sequence

import sqlalchemy as sa

from advocacy.domain.seats import Seating, seating
from advocacy.domain.training import Said
from advocacy.models.base import db
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class


def take_turns(class_id: int) -> Class:
    """One after the other: until the end of the transaction nobody else says of this class that they come."""
    return db.session.execute(sa.select(Class).where(Class.id == class_id).with_for_update()).scalar_one()


def of(class_id: int) -> Seating:
    """The seats of one class."""
    return of_all([class_id])[class_id]


def of_all(class_ids: Sequence[int]) -> dict[int, Seating]:
    """The seats of several classes, by class."""
    one = Attendance
    said: dict[int, list[tuple[int, Said]]] = {class_id: [] for class_id in class_ids}
    query = sa.select(one.class_id, one.person_id, one.presence, one.by_id)
    for class_id, person_id, presence, by in db.session.execute(
        query.where(one.class_id.in_(class_ids), one.taken_back_at.is_(None)).order_by(one.id)
    ):
        said[class_id].append((person_id, Said(presence, by == person_id)))
    sizes = db.session.execute(sa.select(Class.id, Class.capacity).where(Class.id.in_(class_ids)))
    room = {row[0]: row[1] for row in sizes}
    return {class_id: seating(words, room.get(class_id)) for class_id, words in said.items()}
