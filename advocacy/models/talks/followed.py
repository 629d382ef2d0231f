"""Proposals that others let somebody follow: to see, never to change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.proposal import OPEN, ProposalState
from advocacy.models import leadership
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability, Visibility

SIZE = 50  #: proposals on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the list is narrowed to; `closes` are days, `after` the (day, id) where the page before ended."""

    person: int | None = None
    state: ProposalState | None = None
    event: str = ""
    words: str = ""
    closes: int | None = None
    after: tuple[date, int] | None = None


def followed_by(viewer: Person, day: date) -> sa.ColumnElement[bool]:
    """Others' proposals that somebody may follow that day: for the `where` of a query on proposals."""
    return open_to(viewer, day, Proposal.owner_id, Proposal.visibility)


def open_to(viewer: Person, day: date, owner: Any, visibility: Any) -> sa.ColumnElement[bool]:
    """What others open to somebody that day: as their lead, as marketing, as everybody; never the viewer's own."""
    ways = [visibility == Visibility.PUBLIC]
    if viewer.can(Capability.MARKETING):
        ways.append(visibility.in_(SEES[Audience.MARKETING]))
    ways.append(sa.and_(visibility.in_(SEES[Audience.LEAD]), owner.in_(leadership.led(viewer.id, day))))
    return sa.and_(owner != viewer.id, sa.or_(*ways))


def seen(proposal_id: int, viewer: Person, day: date) -> Proposal:
    """One that the viewer may follow; raise Missing for every other."""
    query = sa.select(Proposal).where(Proposal.id == proposal_id, followed_by(viewer, day))
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such proposal that you may follow")
    return found


def may(one: Proposal, viewer: Person, day: date) -> bool:
    """Whether the viewer may follow it."""
    query = sa.select(Proposal.id).where(Proposal.id == one.id, followed_by(viewer, day))
    return db.session.scalar(query) is not None


def page(viewer: Person, day: date, look: Look, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """The newest first, and whether there are more, unless everything is wanted."""
    one = Proposal
    query = _chosen(viewer, day, look).order_by(one.day.desc(), one.id.desc())
    if look.after:
        query = query.where(sa.tuple_(one.day, one.id) < sa.tuple_(*map(sa.literal, look.after)))
    if everything:
        return db.session.execute(query).all(), False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return rows[:SIZE], len(rows) > SIZE


def number(viewer: Person, day: date, look: Look) -> int:
    """How many there are, whatever page one looks at."""
    chosen = _chosen(viewer, day, look).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(chosen)) or 0


def people(viewer: Person, day: date) -> dict[int, str]:
    """Whose proposals the viewer may follow, by name."""
    owners = sa.select(Proposal.owner_id).where(followed_by(viewer, day))
    query = sa.select(Person.id, Person.name).where(Person.id.in_(owners)).order_by(Person.name, Person.id)
    return {row.id: row.name for row in db.session.execute(query)}


def _chosen(viewer: Person, day: date, look: Look) -> sa.Select[Any]:
    one = Proposal
    query = (
        sa.select(one.id, one.title, one.state, one.day, one.owner_id, Person.name.label("owner"))
        .add_columns(Event.name.label("event"), Event.starts, Event.cfp_closes)
        .join(Event, Event.id == one.event_id)
        .join(Person, Person.id == one.owner_id)
        .where(followed_by(viewer, day))
        .where(one.owner_id == look.person if look.person else sa.true())
        .where(one.state == look.state if look.state else sa.true())
        .where(_holds(Event.name, look.event), _holds(one.title + " " + one.abstract, look.words))
    )
    if look.closes is None:
        return query
    until = day + timedelta(days=look.closes)
    return query.where(one.state.in_(OPEN), Event.cfp_closes.between(day, until))


def _holds(column: Any, words: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(column).contains(words.lower(), autoescape=True) if words else sa.true()
