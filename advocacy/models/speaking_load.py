"""How much people have to carry: requests to speak, and their talks as far as whoever looks may see them."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.proposal import OPEN, ProposalState
from advocacy.domain.speaking import AHEAD, BEHIND, WAITING, Load, SpeakingState
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import db
from advocacy.models.findable.tables import FindableItem, FindableWork
from advocacy.models.offers import Offer
from advocacy.models.speaking_rows import SpeakingRequest, last_day
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import ProposalSpeaker

ON_THE_WAY = (*OPEN, ProposalState.SUBMITTED)
FIRST = date(1970, 1, 1)


def load(person_ids: Collection[int], today: date, audience: Audience = Audience.MARKETING) -> dict[int, Load]:
    """What each of these people has to carry, in two statements for all; everybody who is asked for is there."""
    asked = {row.person_id: row for row in db.session.execute(_requests(person_ids, today, audience))}
    talks: dict[tuple[int, str], int] = {}
    for person_id, what, count in db.session.execute(_talks(person_ids, today, audience)):
        talks[person_id, what] = count
    return {
        one: Load(
            open=asked[one].open if one in asked else 0,
            accepted=asked[one].accepted if one in asked else 0,
            ahead=talks.get((one, "ahead"), 0),
            given=talks.get((one, "given"), 0),
            last_asked=asked[one].last if one in asked else None,
        )
        for one in person_ids
    }


def last_given(person_id: int, today: date, audience: Audience = Audience.MARKETING) -> date | None:
    """The day of the last talk of a person that may be seen."""
    given = sa.union(*_given([person_id], FIRST, today, audience)).subquery()
    found: date | None = db.session.scalar(sa.select(sa.func.max(given.c.day)))
    return found


def _requests(person_ids: Collection[int], today: date, audience: Audience) -> sa.Select[Any]:
    one = SpeakingRequest
    to_come = sa.or_(last_day().is_(None), last_day() >= today)
    unsettled = sa.or_(
        one.proposal_id.is_(None),
        Proposal.visibility.not_in(SEES[audience]),  # what became of it may not be told by a count
        Proposal.state.in_(ON_THE_WAY),
    )
    waits = sa.and_(one.state.in_(WAITING), to_come)
    goes_on = sa.and_(one.state == SpeakingState.ACCEPTED, to_come, unsettled)
    return (
        sa.select(one.person_id)
        .add_columns(sa.func.count(sa.case((waits, 1))).label("open"))
        .add_columns(sa.func.count(sa.case((goes_on, 1))).label("accepted"))
        .add_columns(sa.func.max(one.day).label("last"))
        .join(Event, Event.id == one.event_id)
        .outerjoin(Proposal, Proposal.id == one.proposal_id)
        .where(one.person_id.in_(person_ids), one.state != SpeakingState.WITHDRAWN)
        .group_by(one.person_id)
    )


def _talks(person_ids: Collection[int], today: date, audience: Audience) -> sa.Select[Any]:
    """Rows of person, `ahead` or `given`, and how many talks."""
    who, one = _speaks(person_ids), Proposal
    ahead = (
        sa.select(who.c.person_id, sa.literal("ahead").label("what"), sa.cast(one.id, sa.Text).label("key"))
        .join(one, one.id == who.c.proposal_id)
        .join(Event, Event.id == one.event_id)
        .where(who.c.person_id.in_(person_ids), one.state == ProposalState.ACCEPTED)
        .where(one.visibility.in_(SEES[audience]), Event.starts.between(today, today + timedelta(days=AHEAD)))
    )
    given = [
        sa.select(part.c.person_id, sa.literal("given").label("what"), part.c.key)
        for part in (q.subquery() for q in _given(person_ids, today - timedelta(days=BEHIND), today, audience))
    ]
    both = sa.union(ahead, *given).subquery()
    return sa.select(both.c.person_id, both.c.what, sa.func.count()).group_by(both.c.person_id, both.c.what)


def _given(person_ids: Collection[int], since: date, until: date, audience: Audience) -> list[sa.Select[Any]]:
    """Talks of these days: what stands released on the timeline, and proposals that may be followed; one ref each."""
    who, one, work, item = _speaks(person_ids), Proposal, FindableWork, FindableItem
    followed = (
        sa.select(who.c.person_id, ("talk:" + sa.cast(one.id, sa.Text)).label("key"), one.day)
        .join(one, one.id == who.c.proposal_id)
        .where(who.c.person_id.in_(person_ids), one.state == ProposalState.DELIVERED)
        .where(one.visibility.in_(SEES[audience]), one.day.between(since, until))
    )
    released = (
        sa.select(work.person_id, ActivityRow.ref.label("key"), work.day)
        .join(item, item.id == work.item_id)
        .join(ActivityRow, ActivityRow.id == item.activity_id)
        .where(work.person_id.in_(person_ids), work.kind == Kind.TALK, work.day.between(since, until))
        .where(work.visibility.in_(SEES[audience]))
    )
    return [followed, released]


def _speaks(person_ids: Collection[int]) -> Any:
    """In which proposals these people speak: as owners, and as colleagues who confirmed it."""
    beside = (
        sa.select(ProposalSpeaker.person_id, ProposalSpeaker.proposal_id)
        .join(Offer, Offer.id == ProposalSpeaker.offer_id)
        .where(Offer.taken, Offer.answered_at.is_not(None), ProposalSpeaker.person_id.in_(person_ids))
    )
    owner = sa.select(Proposal.owner_id.label("person_id"), Proposal.id.label("proposal_id"))
    owner = owner.where(Proposal.owner_id.in_(person_ids))
    return sa.union(owner, beside).subquery()
