"""What waits for a person's word, as the inbox folds it into cards."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.domain.inbox import Piece
from advocacy.domain.rulebook import Strength
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.attention import unsaid
from advocacy.models.base import Missing, Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.timeline import EXCERPT

AT_ONCE = 4000  #: suggestions that are folded; older ones follow when these are done
_ORDER = list(Strength)


def pieces(person_id: int, first: date, last: date, today: date, *, put_off: bool = False) -> list[Piece]:
    """The newest of what waits between two days, or was put off: each with the sentences it is suggested for."""
    one, seen = ActivityRow, Evidence
    query = (
        sa.select(seen.activity_id, seen.day, seen.work_id, seen.expectation_id, seen.strength)
        .add_columns(one.thread_key, one.kind, one.platform, one.channel, one.title)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT).label("excerpt"))
        .join(one, one.id == seen.activity_id)
        .where(unsaid(person_id, today, put_off=put_off), seen.day.between(first, last))
        .order_by(seen.day.desc(), seen.activity_id.desc(), seen.expectation_id)
        .limit(AT_ONCE)
    )
    grouped: dict[int, list[Row]] = {}
    for row in db.session.execute(query):
        grouped.setdefault(row.activity_id, []).append(row)
    return [_piece(rows) for rows in grouped.values()]


def suggested(person_id: int, activity_ids: Collection[int]) -> dict[int, list[int]]:
    """The sentences that wait for a word on each of these, put off or not; raise Missing when one is not theirs."""
    mine = ActivityPerson.person_id == person_id, ActivityPerson.activity_id.in_(activity_ids)
    found: dict[int, list[int]] = {
        number: [] for number in db.session.scalars(sa.select(ActivityPerson.activity_id).where(*mine))
    }
    if found.keys() != set(activity_ids):
        raise Missing("one of these is no activity of yours")
    seen = Evidence
    query = (
        sa.select(seen.activity_id, seen.expectation_id)
        .where(seen.person_id == person_id, seen.activity_id.in_(activity_ids), seen.verdict.is_(None))
        .where(seen.generation_id == LIVE.scalar_subquery())
        .distinct()
        .order_by(seen.activity_id, seen.expectation_id)
    )
    for row in db.session.execute(query):
        found[row.activity_id].append(row.expectation_id)
    return found


def _piece(rows: Sequence[Row]) -> Piece:
    row = rows[0]
    return Piece(
        activity_id=row.activity_id,
        day=row.day,
        work_id=row.work_id,
        thread_key=row.thread_key,
        kind=row.kind,
        platform=row.platform,
        channel=row.channel,
        title=row.title,
        excerpt=row.excerpt,
        suggested={number: _strongest(rows, number) for number in dict.fromkeys(r.expectation_id for r in rows)},
    )


def _strongest(rows: Iterable[Row], expectation_id: int) -> Strength:
    found: list[Strength] = [row.strength for row in rows if row.expectation_id == expectation_id]
    return min(found, key=_ORDER.index)
