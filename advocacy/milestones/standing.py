"""An activity that a planning record stands behind: found by its ref, taken away with everybody who has it."""

import sqlalchemy as sa

from advocacy import recording
from advocacy.domain.normal import ref_hash
from advocacy.models import db
from advocacy.models.activities import ActivityPerson, ActivityRow


def number(ref: str) -> int | None:
    """The activity of that ref, if it is there."""
    return db.session.scalar(sa.select(ActivityRow.id).where(ActivityRow.ref_hash == ref_hash(ref)))


def retract(ref: str) -> None:
    """It did not happen: whoever has it has it no more."""
    activity_id = number(ref)
    if activity_id is None:
        return
    mine = ActivityPerson
    for person_id in db.session.scalars(sa.select(mine.person_id).where(mine.activity_id == activity_id)).all():
        recording.leave(activity_id, person_id)
