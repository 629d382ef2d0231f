"""The board of requests: what is asked for, with how many votes, and what became of it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from advocacy.domain.training import Origin, RequestState, is_forgotten
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.trainings.requests import RequestVote, TrainingRequest

MOST = 200  #: requests on one page


@dataclass(frozen=True, slots=True)
class Wish:
    """A request with its votes; `voted`: the person's own is among them, `mine`: they asked for it."""

    id: int
    what: str
    about: str
    link: str
    origin: Origin
    day: date
    state: RequestState
    by: str
    votes: int
    class_id: int | None
    voted: bool
    mine: bool
    forgotten: bool
    external: bool = False
    offer: str = ""
    cost: str = ""


def board(person_id: int, today: date, state: RequestState | None = None, words: str = "") -> list[Wish]:
    """The requests in a state (None: all), those with most votes first; of equals the older first."""
    one, ballot, goal = TrainingRequest, RequestVote, sa.orm.aliased(TrainingRequest)
    of_both = sa.or_(goal.id == one.id, goal.merged_into_id == one.id)
    cast = sa.select(ballot.person_id).join(goal, goal.id == ballot.request_id).where(of_both)
    votes = sa.select(sa.func.count(sa.distinct(ballot.person_id))).join(goal, goal.id == ballot.request_id)
    query = (
        sa.select(one.id, one.what, one.about, one.link, one.origin, one.day, one.state, one.by_id, one.class_id)
        .add_columns(one.touched_at, one.external, one.offer, one.cost, sa.func.coalesce(Person.name, "").label("by"))
        .add_columns(votes.where(of_both).correlate(one).scalar_subquery().label("votes"))
        .add_columns(cast.where(ballot.person_id == person_id).correlate(one).exists().label("voted"))
        .outerjoin(Person, Person.id == one.by_id)
    )
    if state:
        query = query.where(one.state == state)
    if words:
        query = query.where(sa.func.lower(one.what + " " + one.about).contains(words.lower(), autoescape=True))
    rows = db.session.execute(query.order_by(sa.desc("votes"), one.day, one.id).limit(MOST))
    return [_wish(row, person_id, today) for row in rows]


def _wish(row: Row, person_id: int, today: date) -> Wish:
    told = (row.id, row.what, row.about, row.link, row.origin, row.day, row.state, row.by, row.votes, row.class_id)
    forgotten = is_forgotten(row.touched_at.date(), today, row.state)
    outside = {"external": row.external, "offer": row.offer, "cost": row.cost}
    return Wish(*told, voted=bool(row.voted), mine=row.by_id == person_id, forgotten=forgotten, **outside)


def counts() -> dict[RequestState, int]:
    """How many requests stand in each state."""
    query = sa.select(TrainingRequest.state, sa.func.count()).group_by(TrainingRequest.state)
    found: dict[RequestState, int] = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found[state] for state in RequestState if state in found}
