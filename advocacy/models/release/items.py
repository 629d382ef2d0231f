"""What a person says of single items, one or many at a time: who sees them; every step can be taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Missing, Row, db
from advocacy.models.release import apply
from advocacy.models.release.caught import Wanted, items
from advocacy.models.release.rows import ReleaseRule, ReleaseStep
from advocacy.models.words import Visibility

REMEMBERED = timedelta(days=30)  #: how long a step can be taken back
MOST = 20_000  #: items of one step
_IN_BULK = {"synchronize_session": False}


def say(person_id: int, activity_id: int, to: Visibility | None, now: datetime) -> ReleaseStep:
    """Say who sees an item, whatever the rules say; None leaves it to the rules. Raise Missing for others' items."""
    apply.begin(person_id)
    found = _stand(person_id, sa.select(sa.literal(activity_id)))
    if not found:
        raise Missing("there is no such item of yours")
    return _step(person_id, found, to, now)


def say_of_all(person_id: int, wanted: Wanted, to: Visibility, now: datetime) -> tuple[ReleaseStep, int]:
    """Say who sees all that a filter shows; the step, and how many items stood otherwise before."""
    apply.begin(person_id)
    otherwise = items(person_id, wanted).where(ActivityPerson.visibility != to)
    found = _stand(person_id, otherwise.limit(MOST))
    return _step(person_id, found, to, now), len(found)


def take_back(step_id: int, person_id: int) -> int:
    """Let each item stand as it did before a step; how many. Raise Missing for a step that is not there any more."""
    apply.begin(person_id)
    step = db.session.scalar(
        sa.select(ReleaseStep).where(ReleaseStep.id == step_id, ReleaseStep.person_id == person_id)
    )
    if step is None:
        raise Missing("that step is taken back already, or too old")
    groups: dict[tuple[str, int | None, str | None], list[int]] = {}
    for number, (seen, rule_id, said_at) in step.before.items():
        groups.setdefault((seen, rule_id, said_at), []).append(int(number))
    live = {rule.id for rule in apply.in_force([person_id])}
    for (seen, rule_id, said_at), numbers in groups.items():
        if said_at is None and rule_id not in live:  # whatever rules are in force by now speak of them
            apply.write(person_id, numbers, Visibility.PRIVATE, None)
            apply.resettle(person_id, numbers)
        else:
            moment = datetime.fromisoformat(said_at) if said_at else None
            apply.write(person_id, numbers, Visibility(seen), rule_id, moment)
            apply.copy(person_id, numbers)
    db.session.delete(step)
    return len(step.before)


def _step(person_id: int, found: Sequence[Row], to: Visibility | None, now: datetime) -> ReleaseStep:
    numbers = [row.activity_id for row in found]
    before: dict[str, Any] = {
        str(row.activity_id): (row.visibility, row.release_rule_id, row.said_at and row.said_at.isoformat())
        for row in found
    }
    _forget(person_id, now)
    step = ReleaseStep(person_id=person_id, at=now, before=before)
    db.session.add(step)
    apply.write(person_id, numbers, to or Visibility.PRIVATE, None, now if to else None)
    if to is None:
        apply.resettle(person_id, numbers)
    else:
        apply.copy(person_id, numbers)
        if to is not Visibility.PRIVATE:
            apply.keep_true(numbers, now)
    db.session.flush()
    return step


def _stand(person_id: int, numbers: sa.Select[Any]) -> Sequence[Row]:
    mine = ActivityPerson
    query = sa.select(mine.activity_id, mine.visibility, mine.release_rule_id, mine.said_at)
    here = mine.person_id == person_id, mine.activity_id.in_(numbers)
    return db.session.execute(query.where(*here).order_by(mine.activity_id)).all()


def _forget(person_id: int, now: datetime) -> None:
    """Steps and rules that nobody can take back any more go."""
    old = now - REMEMBERED
    steps = sa.delete(ReleaseStep).where(ReleaseStep.person_id == person_id, ReleaseStep.at < old)
    db.session.execute(steps, execution_options=_IN_BULK)
    ended = sa.delete(ReleaseRule).where(ReleaseRule.person_id == person_id, ReleaseRule.ended_at < old)
    db.session.execute(ended, execution_options=_IN_BULK)
