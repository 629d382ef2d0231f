"""What marketing finds: counts by topic, the newest texts that say something, and the receipts of some people.

Only people who let marketing find them, and of them only what is confirmed and released to marketing. Of people
whose rows are stale the evidence itself is asked (`stale`), so that nobody waits for the worker.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.asked import Piece
from advocacy.models import words_index
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.findable import people as findable
from advocacy.models.findable.tables import FindableCount, FindableItem, FindableTopic, FindableWork
from advocacy.models.people import Person

SAMPLE = 500  #: newest texts that words are searched in
OPENING, SAMPLED = 2_000, 1_200  #: characters by which it is told how well a text fits: of few, and of a sample
EACH = 6  #: works of a person, topic and kind among which receipts are chosen
NEWEST = 12  #: works of a person and topic by which it is told how much they are on it
DELIVERED = (Kind.TALK, Kind.TRAINING_GIVEN)
SHOWN = (Kind.ARTICLE, Kind.ANSWER, Kind.POST, Kind.REPLY, Kind.QUESTION, *DELIVERED)
"""What shows that somebody can speak; what was learned shows that they listened."""

VISIBLE = SEES[Audience.MARKETING]


def counted(topic: str) -> Sequence[Row]:
    """Of each person who can be found with works on a topic: person_id, works, delivered, last."""
    one = FindableCount.__table__.c
    query = sa.select(one.person_id, one.works, one.delivered, one.last).where(one.topic == topic, one.works > 0)
    return db.session.execute(query.where(findable.can_be_found(one.person_id))).all()


def known_for(topic: str) -> int:
    """How many people who are here released works on a topic to anybody, found or not."""
    one, gone = FindableCount, sa.select(Person.id).where(Person.disabled_at.is_not(None))
    on_it = sa.select(sa.func.count()).where(one.topic == topic, one.person_id.not_in(gone))
    return db.session.scalar(on_it) or 0


def saying(pieces: Sequence[Piece]) -> Sequence[Row]:
    """The newest texts that say any of these: person_id, work_id, item_id, kind, day, title, text (its opening)."""
    indexed = [one for one in pieces if words_index.is_indexed(one)]
    rows = [_indexed(indexed)] if indexed else []
    return [row for some in (*rows, *(_read(one) for one in pieces if one not in indexed)) for row in some]


def _indexed(pieces: Sequence[Piece]) -> Sequence[Row]:
    table, says, order = words_index.ITEMS.newest(pieces, db.engine.dialect.name)
    return db.session.execute(_texts(table).where(says).order_by(order).limit(SAMPLE)).all()


def _read(piece: Piece) -> Sequence[Row]:
    """What the index tells no words apart in is read, the newest SAMPLE of all."""
    item = FindableItem
    newest = _texts(item.__table__).order_by(item.id.desc()).limit(SAMPLE).subquery()
    says = sa.or_(*(column.icontains(piece.text, autoescape=True) for column in (newest.c.title, newest.c.text)))
    return db.session.execute(sa.select(newest).where(says)).all()


def _texts(table: sa.FromClause) -> sa.Select[Any]:
    item, work = FindableItem.__table__.c, FindableWork.__table__.c
    return (
        sa.select(work.person_id, work.work_id, work.item_id, work.kind, work.day, item.title)
        .add_columns(sa.func.substr(item.text, 1, SAMPLED).label("text"))
        .select_from(table.join(FindableWork.__table__, work.item_id == item.id))
        .where(work.visibility.in_(VISIBLE), work.kind.in_(SHOWN), findable.can_be_found(work.person_id))
    )


def works_on(topics: Collection[str], people: Collection[int]) -> Sequence[Row]:
    """The newest works of some people on topics: person_id, work_id, topic, kind, day; EACH of a kind."""
    kind = FindableTopic.__table__.c.kind
    return db.session.execute(newest(topics, people, EACH, kind)).all() if topics and people else ()


def newest(topics: Collection[str], people: Collection[int], count: int, *apart: Any) -> sa.Select[Any]:
    """The newest works of each person on each topic, or of each of what else is told apart."""
    one = FindableTopic.__table__.c
    place = sa.func.row_number().over(
        partition_by=(one.person_id, one.topic, *apart), order_by=(one.day.desc(), one.work_id.desc())
    )
    every = (
        sa.select(one.person_id, one.work_id, one.topic, one.kind, one.day, place.label("place"))
        .where(one.topic.in_(topics), one.person_id.in_(people))
        .where(one.visibility.in_(VISIBLE), one.kind.in_(SHOWN))
        .subquery()
    )
    return sa.select(every).where(every.c.place <= count)


def openings(topics: Collection[str], people: Collection[int]) -> Sequence[Row]:
    """Of their newest works on each topic: person_id, topic, day, title and the opening of the text."""
    works, items = FindableWork.__table__, FindableItem.__table__
    on, item, work = newest(topics, people, NEWEST).subquery(), items.c, works.c
    query = (
        sa.select(on.c.person_id, on.c.topic, on.c.day, item.title, sa.func.substr(item.text, 1, OPENING).label("text"))
        .join(works, sa.and_(work.person_id == on.c.person_id, work.work_id == on.c.work_id))
        .join(items, item.id == work.item_id)
        .where(work.visibility.in_(VISIBLE))
    )
    return db.session.execute(query).all() if topics and people else ()


def told(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Row]:
    """What these works (person, work) say, and where."""
    work, item, wanted = FindableWork, FindableItem, set(keys)
    query = (
        sa.select(work.person_id, work.work_id, work.kind, work.day, item.activity_id, item.title, item.url, item.text)
        .add_columns(item.platform, item.channel)
        .join(item, item.id == work.item_id)
        .where(work.person_id.in_({one for one, _ in wanted}), work.work_id.in_({number for _, number in wanted}))
        .where(work.visibility.in_(VISIBLE))
    )
    rows = {(row.person_id, row.work_id): row for row in db.session.execute(query)} if wanted else {}
    return {key: row for key, row in rows.items() if key in wanted}


def given(people: Collection[int]) -> dict[int, int]:
    """How many talks and trainings these people gave, on whatever topic."""
    work = FindableWork
    query = (
        sa.select(work.person_id, sa.func.count())
        .where(work.person_id.in_(people), work.kind.in_(DELIVERED), work.visibility.in_(VISIBLE))
        .group_by(work.person_id)
    )
    found: Sequence[Row] = db.session.execute(query).all() if people else ()
    return {row[0]: row[1] for row in found}
