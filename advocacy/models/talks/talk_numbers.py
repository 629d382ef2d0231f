"""The numbers of a talk's listeners at its events: a row for each kind and teller, never added up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState
from advocacy.models.base import db
from advocacy.models.talks.audience_numbers import AudienceNumber, Counted
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One number; `given` is the day of the talk, `of` how many had registered by the same teller."""

    proposal_id: int
    event: str
    given: date
    counted: str
    teller: str
    value: int
    as_of: date
    of: int | None = None


def of_talk(talk_id: int) -> list[Told]:
    """All numbers of a talk that was given, the newest event first."""
    one, number = Proposal, AudienceNumber
    query = (
        sa.select(one.id.label("proposal_id"), Event.name.label("event"), one.day.label("given"))
        .add_columns(number.counted, number.teller, number.value, number.day.label("as_of"))
        .join(number, number.proposal_id == one.id)
        .join(Event, Event.id == one.event_id)
        .where(one.talk_id == talk_id, one.state == ProposalState.DELIVERED)
        .order_by(one.day.desc(), one.id.desc(), number.counted, number.teller)
    )
    return list(_with_of([Told(**row._mapping) for row in db.session.execute(query)]))


def _with_of(told: Sequence[Told]) -> Iterator[Told]:
    registered = {(one.proposal_id, one.teller): one.value for one in told if one.counted == Counted.REGISTERED}
    for one in told:
        came = one.counted in (Counted.ROOM, Counted.ONLINE)
        of = registered.get((one.proposal_id, one.teller)) if came else None
        values = {name: getattr(one, name) for name in one.__slots__}
        yield Told(**{**values, "of": of})
