"""An event that leaves the company's calendar stays with each who uses it, as their own: nobody else can tell."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.event_matching import NEAR
from advocacy.models import outbox
from advocacy.models.base import db
from advocacy.models.speaking_rows import SpeakingRequest
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.watching import EventWatch

USES: tuple[tuple[Any, Any], ...] = (
    (Proposal, Proposal.owner_id),
    (EventWatch, EventWatch.person_id),
    (SpeakingRequest, SpeakingRequest.person_id),
)
OWN = "own:"  #: how the `ref` of such a copy begins
_NOT_COPIED = ("id", "owner_id", "ref", "created_at")
_UNSEEN = {"synchronize_session": False}


def keep(event_ids: Sequence[int], now: datetime) -> None:
    """Give each who uses one of these a copy of their own."""
    for event_id, people in _users(event_ids).items():
        event = db.session.get_one(Event, event_id)
        for person_id in sorted(people):
            _move(event_id, _copied(event, person_id, now).id, person_id)


def rejoin(events: Sequence[Event]) -> None:
    """Let whoever has a copy of one of these use the company's again, unless they told something in theirs."""
    copies: defaultdict[str, list[Event]] = defaultdict(list)
    for one in db.session.scalars(sa.select(Event).where(Event.ref.startswith(OWN)).order_by(Event.id)):
        if not one.said:
            copies[one.key].append(one)
    for event in events:
        theirs = {one.owner_id: one for one in copies[event.key] if _is_near(one, event)}
        for person_id, one in theirs.items():
            assert person_id is not None
            copies[event.key].remove(one)
            _move(one.id, event.id, person_id)
            db.session.delete(one)


def _users(event_ids: Sequence[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for table, person in USES:
        rows = db.session.execute(sa.select(table.event_id, person).where(table.event_id.in_(event_ids)))
        for event_id, person_id in rows:
            found[event_id].add(person_id)
    return found


def _copied(event: Event, person_id: int, now: datetime) -> Event:
    names = [column.key for column in sa.inspect(Event).column_attrs if column.key not in _NOT_COPIED]
    values = {name: getattr(event, name) for name in names}
    made = Event(owner_id=person_id, ref=f"{OWN}{event.id}:{person_id}", created_at=now, **values)
    db.session.add(made)
    db.session.flush()
    return made


def _move(event_id: int, to: int, person_id: int) -> None:
    """Let everything that the person has at one event be at the other; what they were reminded of, they were."""
    for table, person in USES:
        one = sa.update(table).where(table.event_id == event_id, person == person_id)
        db.session.execute(one.values(event_id=to), execution_options=_UNSEEN)
    outbox.rename(person_id, outbox.CALL, f"{event_id}.", f"{to}.")


def _is_near(one: Event, other: Event) -> bool:
    return one.starts is None or other.starts is None or abs(one.starts - other.starts) <= NEAR
