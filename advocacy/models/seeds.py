"""What talk seeds grow from: a person's answers, posts and articles, and the talks that they have already."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.matching import is_own
from advocacy.domain.seeds import KINDS, Piece
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.talks.library import Talk

MOST = 5000  #: newest items that are looked at
OPENING = 80  #: characters by which a repost is known


def pieces(person_id: int, since: date) -> list[Piece]:
    """Everything that the person said with their own words since then, released or not: it is for themselves."""
    mine, one = ActivityPerson, ActivityRow
    query = (
        sa.select(sa.func.coalesce(one.work_id, one.id).label("work"), one.kind, mine.day, one.title, one.url)
        .add_columns(one.tags, one.thread_key, one.role, sa.func.substr(one.text, 1, OPENING).label("opening"))
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, mine.day >= since, one.kind.in_(KINDS), one.deleted_at.is_(None))
        .order_by(mine.at.desc(), one.id.desc())
        .limit(MOST)
    )
    return [
        Piece(
            work=row.work,
            kind=row.kind,
            day=row.day,
            title=row.title,
            url=row.url,
            topics=tuple(row.tags.get("topics", ())),
            thread=row.thread_key,
            role=row.role,
        )
        for row in db.session.execute(query)
        if is_own(row.opening)
    ]


def talks(person_id: int) -> Sequence[tuple[str, Sequence[str]]]:
    """Titles and topics of the person's talks: those to give again, and those that were given, however long ago."""
    mine, one = ActivityPerson, ActivityRow
    library = sa.select(Talk.title, Talk.topics).where(Talk.owner_id == person_id)
    given = (
        sa.select(one.title, one.tags)
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, one.kind == Kind.TALK, one.deleted_at.is_(None))
    )
    found = [(title, tuple(topics)) for title, topics in db.session.execute(library)]
    return found + [(title, tuple(tags.get("topics", ()))) for title, tags in db.session.execute(given)]
