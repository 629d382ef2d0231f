"""The calendar of events: narrowed, calls that close first, then what comes next; paged by key."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa

from advocacy.models.base import Row, db
from advocacy.models.talks.events import Event, holds
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.watching import EventWatch

SIZE = 50  #: events on a page
SOMEDAY = date(9999, 1, 1)  #: where an event without a day stands


class When(StrEnum):
    """Which events are listed."""

    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the calendar is narrowed to; `after` says where the page before ended: whether in calls, the day, the id."""

    when: When = When.COMING
    words: str = ""
    topic: str = ""
    country: str = ""
    language: str = ""
    online: bool | None = None
    closing: int | None = None  #: days within which the call closes
    after: tuple[bool, date, int] | None = None


def page(person_id: int, look: Look, today: date, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """Events as rows (`calls`: its call is open; `key`: the day it is listed by), and whether there are more."""
    calls, key = _calls(today), _key(today)
    rest, turn = sa.case((calls, 0), else_=1), key.desc() if look.when is When.PAST else key
    one = Event
    query = (
        sa.select(one.id, one.owner_id, one.name, one.place, one.country, one.online, one.starts, one.ends, one.url)
        .add_columns(one.cfp_url, one.cfp_closes, one.languages, one.topics, one.off_at, one.about)
        .add_columns(sa.case((one.owner_id.is_(None), one.ref)).label("ref"))
        .add_columns(calls.label("calls"), key.label("key"))
        .where(*_chosen(person_id, look, today))
    )
    if look.after:
        in_calls, day, number = look.after
        beyond = sa.tuple_(key, one.id) > sa.tuple_(sa.literal(day), sa.literal(number))
        if look.when is When.PAST:
            beyond = sa.or_(key < day, sa.and_(key == day, one.id > number))
        query = query.where(sa.or_(rest > (0 if in_calls else 1), sa.and_(rest == (0 if in_calls else 1), beyond)))
    query = query.order_by(rest, turn, one.id)
    if everything:
        return db.session.execute(query).all(), False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return rows[:SIZE], len(rows) > SIZE


def count(person_id: int, look: Look, today: date) -> int:
    """How many there are in all."""
    return db.session.scalar(sa.select(sa.func.count()).where(*_chosen(person_id, look, today))) or 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to."""

    countries: Sequence[str]
    languages: Sequence[str]
    topics: Sequence[str]


def choices(person_id: int) -> Choices:
    """Countries, languages and topics of the events that the person may see, each once."""
    words = [sa.cast(column, sa.Text) for column in (Event.languages, Event.topics)]
    query = sa.select(Event.country, *words).where(_seen(person_id)).distinct()
    rows = db.session.execute(query).all()
    languages, topics = (sorted({one for row in rows for one in json.loads(row[n] or "[]")}) for n in (1, 2))
    return Choices(sorted({row[0] for row in rows if row[0]}, key=str.casefold), languages, topics)


def about(topics: Iterable[str], today: date, but_of: int, most: int) -> Sequence[Row]:
    """Open calls of the company's about any of these topics, which a person neither watches nor proposed to."""
    fits = [holds(Event.topics, one) for one in topics]
    mine = sa.exists().where(Proposal.event_id == Event.id, Proposal.owner_id == but_of)
    watched = sa.exists().where(EventWatch.event_id == Event.id, EventWatch.person_id == but_of)
    query = (
        sa.select(Event.id, Event.name, Event.cfp_closes, Event.topics)
        .where(Event.owner_id.is_(None), _calls(today), ~mine, ~watched, sa.or_(sa.false(), *fits))
        .order_by(Event.cfp_closes, Event.id)
        .limit(most)
    )
    return db.session.execute(query).all()


def _calls(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(Event.cfp_closes >= today, Event.off_at.is_(None))


def _key(today: date) -> sa.ColumnElement[date]:
    return sa.case((_calls(today), Event.cfp_closes), else_=sa.func.coalesce(Event.starts, SOMEDAY))


def _seen(person_id: int) -> sa.ColumnElement[bool]:
    return sa.or_(Event.owner_id == person_id, Event.owner_id.is_(None))


def _chosen(person_id: int, look: Look, today: date) -> list[sa.ColumnElement[bool]]:
    one, last = Event, sa.func.coalesce(Event.ends, Event.starts, Event.cfp_closes, SOMEDAY)
    own_without_a_day = sa.and_(one.owner_id.is_not(None), one.starts.is_(None), one.cfp_closes.is_(None))
    wanted = [_seen(person_id), ~own_without_a_day, last < today if look.when is When.PAST else last >= today]
    if look.words:
        said = sa.func.lower(one.name + " " + one.place + " " + one.country + " " + one.about)
        wanted += [said.contains(word, autoescape=True) for word in look.words.lower().split()]
    if look.topic:
        wanted.append(holds(one.topics, look.topic))
    if look.language:
        wanted.append(holds(one.languages, look.language))
    if look.country:
        wanted.append(one.country == look.country)
    if look.online is not None:
        wanted.append(one.online == look.online)
    if look.closing is not None:
        wanted += [_calls(today), one.cfp_closes <= today + timedelta(days=look.closing)]
    return wanted
