"""The works of one page with what they are: title, link, authors, and how far they reached, told by whom and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.audience_reach import Reach, reached
from advocacy.domain.metrics import Snapshot
from advocacy.domain.public_voice import Work
from advocacy.models import roster
from advocacy.models.activities import ActivityRow, MetricSnapshot
from advocacy.models.base import Row, db
from advocacy.models.numbers import SNAPSHOT, told
from advocacy.models.talks import audience_numbers
from advocacy.models.talks.audience_numbers import AudienceNumber
from advocacy.models.timeline import EXCERPT

TALK = "talk:"  #: how the ref of a talk that was planned here begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place of a work; `audience` are numbers of a talk in words, with the day that each is of."""

    activity_id: int
    at: datetime
    changed_at: datetime
    kind: Kind
    platform: Platform
    channel: str
    title: str
    excerpt: str
    url: str
    reach: tuple[Reach, ...]
    audience: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A work as a page shows it: its places, the one that has its format first, and who of ours is behind it."""

    work: Work
    items: tuple[Item, ...]
    people: Mapping[int, str]


def shown(works: Sequence[Work], first: date, last: date) -> list[Shown]:
    """These works with all that is told of them: the same few questions however many they are."""
    numbers = [number for one in works for number in one.activities]
    if not numbers:
        return []
    rows = db.session.execute(_rows(numbers)).all()
    reach, audience = _reach(numbers, first, last), _audience(rows, last)
    items = {row.id: _item(row, reach, audience) for row in rows}
    names = roster.names_of({person for one in works for person in one.people})
    return [_shown(one, items, names) for one in works]


def _shown(one: Work, items: Mapping[int, Item], names: Mapping[int, str]) -> Shown:
    people = {number: name for number, name in names.items() if number in one.people}
    return Shown(one, tuple(items[number] for number in one.activities if number in items), people)


def _rows(numbers: Collection[int]) -> sa.Select[tuple[object, ...]]:
    one = ActivityRow
    return (
        sa.select(one.id, one.ref, one.at, one.changed_at, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT).label("excerpt"))
        .where(one.id.in_(numbers))
    )


def _item(row: Row, reach: Mapping[int, list[Reach]], audience: Mapping[int, list[tuple[str, date]]]) -> Item:
    return Item(
        activity_id=row.id,
        at=row.at,
        changed_at=row.changed_at,
        kind=row.kind,
        platform=row.platform,
        channel=row.channel,
        title=row.title,
        excerpt=row.excerpt,
        url=row.url,
        reach=tuple(reach.get(row.id, ())),
        audience=tuple(audience.get(_talk(row.ref), ())),
    )


def _reach(numbers: Collection[int], first: date, last: date) -> dict[int, list[Reach]]:
    """Of each number what decides: the last before the period, the first and the last in it."""
    one = MetricSnapshot
    inside = sa.case((one.day <= first, 0), else_=1)
    same = (one.activity_id, one.metric, inside)
    newest = sa.func.row_number().over(partition_by=same, order_by=(one.day.desc(), one.by_hand.desc()))
    oldest = sa.func.row_number().over(partition_by=same, order_by=(one.day, one.by_hand.desc()))
    here = one.activity_id.in_(numbers), one.day <= last
    ranked = sa.select(*SNAPSHOT, inside.label("inside"), newest.label("newest"), oldest.label("oldest"))
    some = ranked.where(*here).subquery()
    decides = sa.or_(some.c.newest == 1, sa.and_(some.c.inside == 1, some.c.oldest == 1))
    found: dict[int, dict[str, list[Snapshot]]] = {}
    query = sa.select(*(some.c[column.key] for column in SNAPSHOT)).where(decides)
    for (activity_id, metric), snapshots in told(query).items():
        found.setdefault(activity_id, {})[metric] = snapshots
    return {number: reached(metrics, first) for number, metrics in found.items()}


def _audience(rows: Iterable[Row], last: date) -> dict[int, list[tuple[str, date]]]:
    one, found = AudienceNumber, dict[int, list[tuple[str, date]]]()
    talks = [number for row in rows if (number := _talk(row.ref))]
    if not talks:
        return found
    query = sa.select(one).where(one.proposal_id.in_(talks), one.day <= last)
    for told_by in db.session.scalars(query.order_by(one.counted, one.teller)):
        found.setdefault(told_by.proposal_id, []).append((audience_numbers.words(told_by), told_by.day))
    return found


def _talk(ref: str) -> int:
    """The number of the proposal that a talk was given by; 0: it was planned elsewhere."""
    number = ref.removeprefix(TALK)
    return int(number) if ref.startswith(TALK) and number.isdigit() else 0
