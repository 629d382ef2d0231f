"""The board of proposals: each talk at an event as a card, for its owner, who speaks, and whom it is shown to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event, holds
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import speaks
from advocacy.models.talks.watching import EventWatch
from advocacy.models.words import Capability

COLUMN = 20  #: cards of one column, the newest
SIZE = 50  #: cards on a page of the list
BACK = timedelta(days=31)  #: so long ago the timeline begins
MOST = 300  #: cards of the timeline


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal at its event; `mine` can be moved, `open_event` has a page for whoever looks."""

    id: int
    title: str
    state: ProposalState
    day: date
    owner_id: int
    owner: str
    event_id: int
    event: str
    starts: date | None
    cfp_closes: date | None
    topics: Sequence[str]
    event_owner: int | None
    off: bool
    mine: bool
    open_event: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the board is narrowed to; `after` is the (day, id) where the page of the list before ended."""

    person: int | None = None
    state: ProposalState | None = None
    event: int | None = None
    topic: str = ""
    after: tuple[date, int] | None = None


def follows(viewer: Person) -> sa.ColumnElement[bool]:
    """The proposals that somebody may follow: their own, those they speak in, and for marketing what is released."""
    may = [Proposal.owner_id == viewer.id, speaks(viewer.id, Proposal.id)]
    if viewer.can(Capability.MARKETING):
        may.append(Proposal.visibility.in_(SEES[Audience.MARKETING]))
    return sa.or_(*may)


def columns(viewer: Person, look: Look) -> tuple[dict[ProposalState, list[Card]], dict[ProposalState, int]]:
    """The newest cards of each state, and how many there are of each."""
    turn = sa.func.row_number().over(partition_by=Proposal.state, order_by=(Proposal.day.desc(), Proposal.id.desc()))
    of_state = sa.func.count().over(partition_by=Proposal.state)
    chosen = _chosen(viewer, look).add_columns(turn.label("turn"), of_state.label("number")).subquery()
    query = sa.select(chosen).where(chosen.c.turn <= COLUMN).order_by(chosen.c.turn)
    cards: dict[ProposalState, list[Card]] = {state: [] for state in ProposalState}
    counts = dict.fromkeys(ProposalState, 0)
    for row in db.session.execute(query):
        cards[row.state].append(_card(row, viewer))
        counts[row.state] = row.number
    return cards, counts


def page(viewer: Person, look: Look, *, everything: bool = False) -> tuple[list[Card], bool]:
    """The cards as a list, what moved last first, and whether there are more."""
    query = _chosen(viewer, look).order_by(Proposal.day.desc(), Proposal.id.desc())
    if look.after:
        key = sa.tuple_(Proposal.day, Proposal.id)
        query = query.where(key < sa.tuple_(sa.literal(look.after[0]), sa.literal(look.after[1])))
    if everything:
        return [_card(row, viewer) for row in db.session.execute(query)], False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return [_card(row, viewer) for row in rows[:SIZE]], len(rows) > SIZE


def count(viewer: Person, look: Look) -> int:
    """How many cards there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(_chosen(viewer, look).subquery())) or 0


def dated(viewer: Person, look: Look, today: date) -> list[Card]:
    """The cards whose event or call is not long over, for a timeline."""
    last = sa.func.coalesce(Event.ends, Event.starts, Event.cfp_closes)
    query = _chosen(viewer, look).where(last >= today - BACK).order_by(last, Proposal.id).limit(MOST)
    return [_card(row, viewer) for row in db.session.execute(query)]


def at_event(viewer: Person, event_id: int) -> list[Card]:
    """The proposals to one event."""
    query = _chosen(viewer, Look(event=event_id)).order_by(Proposal.day.desc(), Proposal.id.desc()).limit(MOST)
    return [_card(row, viewer) for row in db.session.execute(query)]


def watched(viewer: Person, look: Look, today: date) -> Sequence[Row]:
    """Events to come that the person watches and proposed nothing to yet."""
    if look.state or look.person not in (None, viewer.id):
        return []
    last = sa.func.coalesce(Event.ends, Event.starts, Event.cfp_closes)
    mine = sa.exists().where(Proposal.event_id == Event.id, Proposal.owner_id == viewer.id)
    query = (
        sa.select(Event.id, Event.name, Event.starts, Event.cfp_closes, Event.topics, Event.off_at)
        .join(EventWatch, EventWatch.event_id == Event.id)
        .where(EventWatch.person_id == viewer.id, ~mine, sa.or_(last.is_(None), last >= today))
        .order_by(sa.func.coalesce(Event.cfp_closes, Event.starts, date(9999, 1, 1)), Event.id)
    )
    return db.session.execute(query.where(*_about(look))).all()


def people(viewer: Person) -> Sequence[Row]:
    """Who has a card on the board: id, name."""
    query = (
        sa.select(Person.id, Person.name)
        .where(sa.exists().where(Proposal.owner_id == Person.id, follows(viewer)))
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return db.session.execute(query).all()


def at(viewer: Person) -> Sequence[Row]:
    """The events that cards of the board are at: id, name."""
    query = (
        sa.select(Event.id, Event.name)
        .where(sa.exists().where(Proposal.event_id == Event.id, follows(viewer)))
        .order_by(sa.func.lower(Event.name), Event.id)
        .limit(MOST)
    )
    return db.session.execute(query).all()


def _chosen(viewer: Person, look: Look) -> sa.Select[Any]:
    one = Proposal
    query = (
        sa.select(one.id, one.title, one.state, one.day, one.owner_id, Person.name.label("owner"), one.event_id)
        .add_columns(Event.name.label("event"), Event.starts, Event.cfp_closes, Event.topics)
        .add_columns(Event.owner_id.label("event_owner"), Event.off_at)
        .join(Event, Event.id == one.event_id)
        .join(Person, Person.id == one.owner_id)
        .where(follows(viewer), *_about(look))
    )
    if look.person is not None:
        query = query.where(one.owner_id == look.person)
    if look.state is not None:
        query = query.where(one.state == look.state)
    return query


def _about(look: Look) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [Event.id == look.event] if look.event is not None else []
    if look.topic:
        wanted.append(holds(Event.topics, look.topic))
    return wanted


def _card(row: Row, viewer: Person) -> Card:
    return Card(
        *(row.id, row.title, row.state, row.day, row.owner_id, row.owner, row.event_id, row.event, row.starts),
        *(row.cfp_closes, row.topics, row.event_owner, row.off_at is not None),
        mine=row.owner_id == viewer.id,
        open_event=row.event_owner in (None, viewer.id),
    )
