"""Conversations of which several messages are one person's: counted when one comes or changes, and judged again."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.matching import Judgement
from advocacy.domain.siblings import Counted, count, was_answered
from advocacy.domain.threads import with_siblings
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.derivation import Judged
from advocacy.models.fact import Fact, thread_of, value_of

Judge: TypeAlias = Callable[[Activity], Judgement]


def heard(facts: Mapping[int, Fact], judge: Judge | None) -> list[Judged]:
    """Count the conversations that these facts stand in; what is to be judged otherwise for it, facts and siblings.

    Whose conversation has no other message costs one question for all of them, and no conversation costs none.
    """
    ours = {number: fact for number, fact in facts.items() if fact.activity.thread.key}
    if not ours:
        return []
    stale = set()
    changed: dict[int, Counted] = {}
    for row, counted in _counted(ours.values()):
        before = Counted(row.thread_own, row.thread_answered)
        if counted != before:
            changed[row.id] = counted
        judged = ours[row.id].activity.thread if row.id in ours else with_siblings(thread_of(row), *before)
        if with_siblings(thread_of(row), *counted) != judged:
            stale.add(row.id)
    _write(changed)
    return _judged(stale, judge) if judge else []


def kept(keys: Collection[str], people: Collection[int]) -> frozenset[tuple[int, str]]:
    """In which of these conversations something of these people is kept: (person, key)."""
    if not keys:
        return frozenset()
    one, mine = ActivityRow, ActivityPerson
    query = sa.select(mine.person_id, one.thread_key).join(one, one.id == mine.activity_id).distinct()
    query = query.where(one.thread_key.in_(keys), mine.person_id.in_(people), one.thread_key != "")
    return frozenset((person, key) for person, key in db.session.execute(query))


def _counted(facts: Collection[Fact]) -> list[tuple[Row, Counted]]:
    """Every message of these people in these conversations, with the count that now stands beside it."""
    found: dict[tuple[int, str], dict[int, Row]] = {}
    for row in _messages(facts):
        found.setdefault((row.person_id, row.thread_key), {})[row.id] = row
    told: dict[int, tuple[Row, Counted]] = {}
    for messages in found.values():
        counted = count(was_answered(row.replies, row.metrics) for row in messages.values())
        for row in messages.values():
            now = Counted(None, None) if counted.own == 1 and row.thread_own is None else counted
            if row.id not in told or (now.own or 0) > (told[row.id][1].own or 0):
                told[row.id] = row, now
    return list(told.values())


def _messages(facts: Collection[Fact]) -> Sequence[Row]:
    one, mine = ActivityRow, ActivityPerson
    keys = {fact.activity.thread.key for fact in facts}
    people = {owner.person_id for fact in facts for owner in fact.owners}
    query = (
        sa.select(one.id, one.thread_key, one.metrics, one.thread_own, one.thread_answered, mine.person_id)
        .add_columns(one.role, one.replies, one.participants, one.accepted, one.rank, one.own_messages)
        .join(mine, mine.activity_id == one.id)
        .where(one.thread_key.in_(keys), one.thread_key != "", mine.person_id.in_(people), one.deleted_at.is_(None))
    )
    return db.session.execute(query).all()


def _write(changed: Mapping[int, Counted]) -> None:
    if changed:
        update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
        rows = [{"row": number, "own": one.own, "answered": one.answered} for number, one in sorted(changed.items())]
        values: dict[str, Any] = {"thread_own": sa.bindparam("own"), "thread_answered": sa.bindparam("answered")}
        db.session.connection().execute(update.values(values), rows)


def _judged(numbers: Collection[int], judge: Judge) -> list[Judged]:
    """Judged by their rows; what has no text any more is left as it was judged."""
    if not numbers:
        return []
    one = ActivityRow
    query = sa.select(one).where(one.id.in_(numbers), one.dropped_at.is_(None)).order_by(one.id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return [Judged(row.id, judge(value_of(row))) for row in rows]
