"""Own activities that a sentence could rest on, found by their words."""

from collections.abc import Sequence

import sqlalchemy as sa

from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.timeline import EXCERPT
from advocacy.models.words import Word

MOST = 30
READ = 2000  #: of the newest own activities are searched, so that the page costs the same for everybody


def found(person_id: int, expectation_id: int, words: str) -> Sequence[Row]:
    """The newest own activities that hold every one of the words and do not speak for the sentence yet."""
    one, mine = ActivityRow, ActivityPerson
    newest = (
        sa.select(mine.activity_id, mine.day, mine.at)
        .where(mine.person_id == person_id)
        .order_by(mine.at.desc())
        .limit(READ)
        .subquery()
    )
    speaks = sa.exists().where(
        Evidence.person_id == person_id,
        Evidence.expectation_id == expectation_id,
        Evidence.activity_id == newest.c.activity_id,
        Evidence.generation_id == LIVE.scalar_subquery(),
        Evidence.verdict == Word.CONFIRMED,
    )
    query = (
        sa.select(newest.c.activity_id, newest.c.day, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT).label("excerpt"))
        .join(one, one.id == newest.c.activity_id)
        .where(~speaks, one.deleted_at.is_(None), *(_holds(word) for word in words.split()[:8]))
        .order_by(newest.c.at.desc(), newest.c.activity_id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()


def _holds(word: str) -> sa.ColumnElement[bool]:
    one = ActivityRow
    return sa.or_(*(column.icontains(word, autoescape=True) for column in (one.title, one.text, one.channel)))
