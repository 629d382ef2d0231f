"""What is like a proposal among those that somebody may know of: their own, and those they may follow."""

from datetime import date

import sqlalchemy as sa

from advocacy.domain import duplicates
from advocacy.domain.duplicates import Alike, Sent
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event, key_of
from advocacy.models.talks.followed import followed_by
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import speaks

MOST = 500  #: of the newest that are compared


def to(new: Sent, viewer: Person, day: date) -> list[Alike]:
    """What is like it; of what the viewer may not see nothing is told, not even that it is there."""
    one = Proposal
    own = sa.or_(one.owner_id == viewer.id, speaks(viewer.id, one.id))
    here = sa.and_(Event.key == key_of(new.event), followed_by(viewer, day))
    query = (
        sa.select(one.id, one.title, one.abstract, one.talk_id, one.state, one.day, one.owner_id, Person.name)
        .add_columns(Event.name.label("event"), Event.starts)
        .join(Event, Event.id == one.event_id)
        .join(Person, Person.id == one.owner_id)
        .where(sa.or_(own, here))
        .order_by(one.day.desc(), one.id.desc())
        .limit(MOST)
    )
    names = ("id", "title", "abstract", "talk_id", "state", "day", "event", "starts")
    others = (
        Sent(owner="" if row.owner_id == viewer.id else row.name, **{name: getattr(row, name) for name in names})
        for row in db.session.execute(query)
    )
    return duplicates.find(new, others)


def to_proposal(one: Proposal, event: Event, viewer: Person, day: date) -> list[Alike]:
    """What is like one that was kept."""
    told = {name: getattr(one, name) for name in ("id", "title", "abstract", "talk_id")}
    return to(Sent(event=event.name, starts=event.starts, **told), viewer, day)
