"""Talks of the company: what everybody lets others find, by title, with where it was given as far as that is told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState
from advocacy.domain.talk import Level
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event
from advocacy.models.talks.followed import followed_by, open_to
from advocacy.models.talks.library import Talk
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility

SIZE = 50  #: talks on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the library is narrowed to; `after` is the number of the last talk of the page before."""

    topic: str = ""
    language: str = ""
    level: Level | None = None
    form: str = ""
    words: str = ""
    after: int | None = None


def page(viewer: Person, day: date, look: Look, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """The talks by title, and whether there are more; raise Missing when `after` is none of them."""
    title = sa.func.lower(Talk.title)
    query = _chosen(viewer, day, look).order_by(title, Talk.id)
    if look.after is not None:
        last = db.session.scalar(sa.select(title).where(Talk.id == look.after, shown(viewer, day)))
        if last is None:
            raise Missing("there is no such talk in the library")
        query = query.where(sa.tuple_(title, Talk.id) > sa.tuple_(sa.literal(last), sa.literal(look.after)))
    if everything:
        return db.session.execute(query).all(), False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return rows[:SIZE], len(rows) > SIZE


def number(viewer: Person, day: date, look: Look) -> int:
    """How many there are, whatever page one looks at."""
    chosen = _chosen(viewer, day, look).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(chosen)) or 0


def languages(viewer: Person, day: date) -> Sequence[str]:
    """In which languages there are any."""
    query = sa.select(Talk.language).where(shown(viewer, day), Talk.language != "").distinct()
    return db.session.scalars(query.order_by(Talk.language)).all()


def seen(talk_id: int, viewer: Person, day: date) -> Talk:
    """One of the library; raise Missing for every other."""
    found = db.session.scalar(sa.select(Talk).where(Talk.id == talk_id, shown(viewer, day)))
    if found is None:
        raise Missing("there is no such talk in the library")
    return found


def given(talk_id: int, viewer: Person, day: date) -> Sequence[Row]:
    """Where it was given as far as the viewer may know, the newest first."""
    one = Proposal
    query = (
        sa.select(one.id, one.day, one.recording, one.slides, Event.name.label("event"))
        .join(Event, Event.id == one.event_id)
        .where(one.talk_id == talk_id, _given(viewer, day))
        .order_by(one.day.desc(), one.id.desc())
    )
    return db.session.execute(query).all()


def shown(viewer: Person, day: date) -> sa.ColumnElement[bool]:
    """Whether a talk stands in the library for somebody: their own, too, once they released it to anybody."""
    own = sa.and_(Talk.owner_id == viewer.id, Talk.visibility != Visibility.PRIVATE)
    return sa.or_(own, open_to(viewer, day, Talk.owner_id, Talk.visibility))


def _given(viewer: Person, day: date) -> sa.ColumnElement[bool]:
    told = sa.or_(Proposal.owner_id == viewer.id, followed_by(viewer, day))
    return sa.and_(Proposal.state == ProposalState.DELIVERED, told)


def _chosen(viewer: Person, day: date, look: Look) -> sa.Select[Any]:
    told = sa.and_(Proposal.talk_id == Talk.id, _given(viewer, day))
    last = sa.select(sa.func.max(Proposal.day)).where(told).scalar_subquery()
    times = sa.select(sa.func.count()).where(told).correlate(Talk).scalar_subquery()
    return (
        sa.select(Talk.id, Talk.title, Talk.owner_id, Person.name.label("owner"), Talk.topics, Talk.language)
        .add_columns(Talk.level, Talk.form, Talk.minutes, last.label("last_given"), times.label("given"))
        .join(Person, Person.id == Talk.owner_id)
        .where(shown(viewer, day), Person.disabled_at.is_(None), *_narrowed(look))
    )


def _narrowed(look: Look) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if look.topic:
        said = json.dumps(look.topic.lower())[1:-1]
        wanted.append(sa.func.lower(sa.cast(Talk.topics, sa.Text)).contains(said, autoescape=True))
    if look.words:
        told = sa.func.lower(Talk.title + " " + Talk.abstract)
        wanted.append(told.contains(look.words.lower(), autoescape=True))
    exact = (Talk.language, look.language), (Talk.level, look.level), (Talk.form, look.form)
    return wanted + [column == said for column, said in exact if said]
