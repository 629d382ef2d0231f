"""Requests to speak in lists: what waits for whoever was asked, what was asked before, and what askers sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from advocacy.domain.speaking import LAPSED, WAITING, SpeakingState
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.speaking_rows import SpeakingRequest, SpeakingRequestStep, last_day
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability

SIZE = 50  #: requests on a page
MOST = 20  #: of one asker to one person, as the form shows them
READS = (*(one.value for one in SpeakingState), LAPSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a list is narrowed to; `after` is the (day, id) where the page before ended."""

    reads: str = ""
    words: str = ""
    mine: bool = False
    after: tuple[date, int] | None = None


def waiting(person_id: int, today: date) -> Sequence[Row]:
    """What waits for the person's answer or, once accepted, for a proposal: the event that is first comes first."""
    one = SpeakingRequest
    to_start = sa.and_(one.state == SpeakingState.ACCEPTED, one.proposal_id.is_(None))
    query = _rows(today, person_id).where(
        one.person_id == person_id, sa.or_(one.state.in_(WAITING), to_start), ~_over(today)
    )
    return db.session.execute(query.order_by(sa.func.coalesce(Event.starts, date.max), one.id)).all()


def before(person_id: int, today: date, look: Look, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """All requests to a person, the newest first, and whether there are more."""
    return _page(_rows(today, person_id).where(SpeakingRequest.person_id == person_id), look, everything)


def sent(person: Person, today: date, look: Look, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """What the person asked, for marketing what marketing asked; and whether there are more."""
    return _page(_chosen(person, today, look), look, everything)


def counts(person: Person, today: date, look: Look) -> dict[str, int]:
    """How many of them read how."""
    chosen = _chosen(person, today, Look(words=look.words, mine=look.mine)).subquery()
    query = sa.select(chosen.c.reads, sa.func.count()).group_by(chosen.c.reads)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {reads: found[reads] for reads in READS if reads in found}


def between(asker_id: int, person_id: int, today: date) -> Sequence[Row]:
    """What the one asked the other, the newest first: one's own history alone, and no figure of it."""
    one = SpeakingRequest
    query = _rows(today, asker_id).where(one.by_id == asker_id, one.person_id == person_id)
    return db.session.execute(query.order_by(one.id.desc()).limit(MOST)).all()


def last(person_id: int) -> Row | None:
    """When the person was asked last, and the name of whoever did, if they are still here."""
    one = SpeakingRequest
    query = (
        sa.select(one.day, Person.name.label("by"))
        .outerjoin(Person, Person.id == one.by_id)
        .where(one.person_id == person_id, one.state != SpeakingState.WITHDRAWN)
        .order_by(one.day.desc(), one.id.desc())
    )
    return db.session.execute(query.limit(1)).first()


def _page(query: sa.Select[Any], look: Look, everything: bool) -> tuple[Sequence[Row], bool]:
    one = SpeakingRequest
    query = query.order_by(one.day.desc(), one.id.desc())
    if look.after:
        query = query.where(
            sa.tuple_(one.day, one.id) < sa.tuple_(sa.literal(look.after[0]), sa.literal(look.after[1]))
        )
    if everything:
        return db.session.execute(query).all(), False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return rows[:SIZE], len(rows) > SIZE


def _chosen(person: Person, today: date, look: Look) -> sa.Select[Any]:
    one = SpeakingRequest
    seen = one.by_id == person.id
    if person.can(Capability.MARKETING) and not look.mine:
        seen = sa.or_(seen, one.asked_as == Capability.MARKETING)
    query = _rows(today, person.id).where(seen)
    if look.reads:
        query = query.where(_reads(today) == look.reads)
    if look.words:
        said = sa.func.lower(Person.name + " " + one.topic + " " + Event.name)
        query = query.where(said.contains(look.words.lower(), autoescape=True))
    return query


def _over(today: date) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(last_day() < today, sa.false())


def _reads(today: date) -> sa.ColumnElement[str]:
    one = SpeakingRequest
    lapsed = sa.and_(one.state.in_(WAITING), _over(today))
    return sa.case((lapsed, sa.literal(LAPSED)), else_=sa.cast(one.state, sa.String))


def _rows(today: date, viewer_id: int) -> sa.Select[Any]:
    """Requests with their event, who asked whom, what was said last, and the proposal if whoever asked may follow it.

    Why somebody declined is read for the two of them alone.
    """
    one, asker, step = SpeakingRequest, aliased(Person), SpeakingRequestStep
    held = aliased(step)
    newest = sa.select(sa.func.max(held.id)).where(held.request_id == one.id, held.taken_back_at.is_(None))
    lead = sa.and_(one.asked_as == Capability.LEAD, Proposal.visibility.in_(SEES[Audience.LEAD]))
    shown = sa.or_(lead, Proposal.visibility.in_(SEES[Audience.MARKETING]))
    followed = sa.and_(Proposal.id == one.proposal_id, shown)
    between_us = sa.or_(one.by_id == viewer_id, one.person_id == viewer_id)
    reason = sa.case((between_us, step.note), else_=sa.literal(""))
    return (
        sa.select(one.id, one.person_id, one.by_id, one.topic, one.format, one.note, one.state, one.until, one.day)
        .add_columns(one.proposal_id, one.event_id, Event.name.label("event"), Event.starts, Event.ends, Event.place)
        .add_columns(Event.url, Event.cfp_closes, Person.name, asker.name.label("by"), _reads(today).label("reads"))
        .add_columns(step.at.label("said_at"), reason.label("reason"), Proposal.state.label("proposal_state"))
        .join(Event, Event.id == one.event_id)
        .join(Person, Person.id == one.person_id)
        .outerjoin(asker, asker.id == one.by_id)
        .outerjoin(step, step.id == newest.correlate(one).scalar_subquery())
        .outerjoin(Proposal, followed)
    )
