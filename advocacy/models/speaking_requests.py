"""Requests to speak: who is asked for which event, what became of it, and how much somebody has to carry already."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState
from advocacy.domain.speaking import FOLLOWS, LAPSED, SpeakingState, reads
from advocacy.models import leadership, profile, steps
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.speaking_load import load
from advocacy.models.speaking_rows import SpeakingRequest, SpeakingRequestStep
from advocacy.models.steps import NotNow
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability, Visibility

__all__ = ["NotNow", "SpeakingRequest", "SpeakingRequestStep", "load"]


def add(one: SpeakingRequest) -> SpeakingRequest:
    """Ask; raise NotNow when the person was asked for this event before, whatever they said."""
    one.state = SpeakingState.ASKED
    try:
        with db.session.begin_nested():
            db.session.add(one)
            db.session.flush()
    except sa.exc.IntegrityError as error:
        raise NotNow("they were asked for this event before, and nobody is asked twice") from error
    _write(one, SpeakingState.ASKED, None, "", by=one.by_id, now=one.created_at)
    return one


def may_ask(asker: Person, person_id: int, day: date) -> Capability | None:
    """As what somebody may ask a person to speak that day: marketing whoever lets it find them, a lead the own team."""
    if asker.id == person_id:
        return None
    if asker.can(Capability.MARKETING) and profile.is_listed(person_id):
        return Capability.MARKETING
    leads = asker.can(Capability.LEAD) and person_id in leadership.led_by(asker.id, day)
    return Capability.LEAD if leads else None


def company_event(event_id: int) -> Event:
    """An event of the company's; raise Missing for any other."""
    found = db.session.scalar(sa.select(Event).where(Event.id == event_id, Event.owner_id.is_(None)))
    if found is None:
        raise Missing("there is no such event")
    return found


def standing(person_id: int, event_id: int) -> bool:
    """Whether there is a request to them for the event that was not withdrawn."""
    one = SpeakingRequest
    here = one.person_id == person_id, one.event_id == event_id, one.state != SpeakingState.WITHDRAWN
    return db.session.scalar(sa.select(one.id).where(*here)) is not None


def to(request_id: int, person_id: int, *, to_change: bool = False) -> SpeakingRequest:
    """A request to the person; raise Missing for any other. Locked when it is to be changed."""
    return _one(SpeakingRequest.person_id == person_id, request_id, to_change)


def by(request_id: int, person_id: int, *, to_change: bool = False) -> SpeakingRequest:
    """A request that the person made; raise Missing for any other. Locked when it is to be changed."""
    return _one(SpeakingRequest.by_id == person_id, request_id, to_change)


def of(request_id: int, person_id: int, *, to_change: bool = False) -> SpeakingRequest:
    """A request to the person or by them; raise Missing for any other. Locked when it is to be changed."""
    one = SpeakingRequest
    return _one(sa.or_(one.person_id == person_id, one.by_id == person_id), request_id, to_change)


def to_propose(request_id: int, person_id: int, *, to_change: bool = False) -> SpeakingRequest:
    """A request that the person accepted and did not begin a proposal for yet; raise Missing for any other."""
    one = SpeakingRequest
    begins = sa.and_(one.person_id == person_id, one.state == SpeakingState.ACCEPTED, one.proposal_id.is_(None))
    return _one(begins, request_id, to_change)


def propose(one: SpeakingRequest, proposal: Proposal) -> None:
    """Let the proposal be the one that was asked for: whoever asked may follow it from now on."""
    one.proposal_id, proposal.visibility = proposal.id, Visibility(one.asked_as.value)
    db.session.flush()


def become(
    one: SpeakingRequest,
    state: SpeakingState,
    *,
    by: int,
    today: date,
    now: datetime,
    note: str = "",
    until: date | None = None,
) -> SpeakingRequestStep:
    """Say what becomes of it; raise NotNow for what may not follow, when the event is over or the talk was given."""
    event = db.session.get_one(Event, one.event_id)
    proposal = db.session.get(Proposal, one.proposal_id) if one.proposal_id else None
    if proposal is not None and proposal.state is ProposalState.DELIVERED:
        raise NotNow("the talk was given")
    if reads(one.state, event.ends or event.starts, today) == LAPSED:
        raise NotNow(f"{event.name} is over")
    if state not in FOLLOWS[one.state]:
        raise NotNow(f"it is {one.state}: that cannot become {state}")
    return _write(one, state, until, note, by=by, now=now)


def take_back(one: SpeakingRequest, *, by: int, now: datetime) -> SpeakingRequestStep:
    """Take back what the person said last; the step that was taken back. Raise NotNow when there is no such thing."""
    step = SpeakingRequestStep
    query = sa.select(step).where(step.request_id == one.id, step.taken_back_at.is_(None)).order_by(step.id.desc())
    last = db.session.scalars(query.limit(1)).one()
    if last.by_id != by or last.state is SpeakingState.ASKED:
        raise NotNow("there is nothing of yours to take back")
    if one.proposal_id is not None:
        raise NotNow("a proposal was started from it: say there what becomes of it")
    if last.state is SpeakingState.WITHDRAWN and standing(one.person_id, one.event_id):
        raise NotNow("they were asked for this event again since")
    before = steps.take_back(step, step.request_id == one.id, now)
    assert before is not None
    one.state, one.until = before.state, before.until
    db.session.flush()
    return last


def history(request_id: int) -> Sequence[Row]:
    """Every step ever said, the oldest first, with the day that it was put off to."""
    step = SpeakingRequestStep
    return steps.history(step, step.request_id == request_id, step.until)


def _one(whose: sa.ColumnElement[bool], request_id: int, to_change: bool) -> SpeakingRequest:
    query: sa.Select[Any] = sa.select(SpeakingRequest).where(SpeakingRequest.id == request_id, whose)
    found: SpeakingRequest | None = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such request for you")
    return found


def _write(
    one: SpeakingRequest, state: SpeakingState, until: date | None, note: str, *, by: int | None, now: datetime
) -> SpeakingRequestStep:
    said = SpeakingRequestStep(request_id=one.id, state=state, until=until, note=note, by_id=by, at=now)
    db.session.add(said)
    one.state, one.until = state, until
    db.session.flush()
    return said
