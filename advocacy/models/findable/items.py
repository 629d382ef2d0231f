"""The texts that are searched: one for each activity that stands for a work, made anew when it says something else."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from advocacy.models import bulk
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.findable.tables import FindableItem, FindableWork

LONGEST = 20_000  #: characters of a text that are searched
_UNSEEN = {"synchronize_session": False}
_SAID = ("content_hash", "platform", "channel", "url", "lang", "title", "text")


def items_of(activities: Collection[int]) -> dict[int, int]:
    """The items of these activities by the activities' numbers."""
    found: dict[int, int] = {}
    for numbers in _some(activities):
        there = _there(numbers)
        found |= {row.id: number_of(row) for row in there}
        moved = [row.item for row in there if row.item not in (None, number_of(row))]
        _drop(moved)
        kept = {row.id for row in there if row.item == number_of(row)}
        fresh = [row.id for row in there if row.id not in kept or row.before != row.said]
        _write(fresh, found)
    return found


def number_of(row: Row) -> int:
    """An item's number: it grows with the day, and tells activities of one day apart."""
    number: int = (row.at.date().toordinal() << 32) + row.id
    return number


def forget(numbers: Collection[int]) -> None:
    """Drop of these items those that nobody lets others find any more."""
    alone = ~sa.exists().where(FindableWork.item_id == FindableItem.id)
    for some in _some(numbers):
        lonely = sa.delete(FindableItem).where(FindableItem.id.in_(some), alone)
        db.session.execute(lonely, execution_options=_UNSEEN)


def _hash() -> sa.ColumnElement[bytes]:
    """Of what it says; what may not be kept says nothing."""
    one = ActivityRow
    return sa.case((one.dropped_at.is_(None), one.content_hash), else_=sa.literal(b"", one.content_hash.type))


def _there(numbers: list[int]) -> list[Row]:
    one, item = ActivityRow, FindableItem
    query = sa.select(one.id, one.at, _hash().label("said"), item.id.label("item"), item.content_hash.label("before"))
    return list(db.session.execute(query.outerjoin(item, item.activity_id == one.id).where(one.id.in_(numbers))))


def _drop(numbers: Collection[int]) -> None:
    if numbers:
        gone = sa.delete(FindableItem).where(FindableItem.id.in_(numbers))
        db.session.execute(gone, execution_options=_UNSEEN)


def _write(activities: Collection[int], items: dict[int, int]) -> None:
    if not activities:
        return
    one = ActivityRow
    text = sa.func.substr(one.text, 1, LONGEST)
    query = sa.select(one.id, _hash(), one.platform, one.channel, one.url, one.lang, one.title, text)
    rows = db.session.execute(query.where(one.id.in_(activities))).all()
    news = [(items[row[0]], *row) for row in rows]
    bulk.upsert(FindableItem, ("id", "activity_id", *_SAID), news, ("id",), _SAID)


def _some(numbers: Collection[int], at_once: int = 500) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    return (ordered[first : first + at_once] for first in range(0, len(ordered), at_once))
