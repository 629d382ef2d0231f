"""One person's evidence derived anew, in the caller's transaction: no page shows a mixture of roles."""

from collections.abc import Iterator

import sqlalchemy as sa

from advocacy.models import generations
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.derivation import Judged, derive
from advocacy.models.fact import value_of
from advocacy.rules import Rules

BATCH = 200  #: activities in memory at a time


def rejudge(person_id: int, rules: Rules) -> int:
    """Derive the evidence of everything this person did; how many activities that is."""
    written, done = generations.written(), 0
    for batch in _batches(person_id):
        derive([Judged(row.id, rules.judge(value_of(row))) for row in batch], written)
        done += len(batch)
        for row in batch:
            db.session.expunge(row)
    return done


def _batches(person_id: int) -> Iterator[list[ActivityRow]]:
    """The person's activities, locked, so that no pull changes one between our reading and our writing."""
    mine = sa.select(ActivityPerson.activity_id).where(ActivityPerson.person_id == person_id)
    query = sa.select(ActivityRow).where(ActivityRow.id.in_(mine)).order_by(ActivityRow.id).limit(BATCH)
    last = 0
    while batch := list(db.session.scalars(query.where(ActivityRow.id > last).with_for_update())):
        last = batch[-1].id
        yield batch
