"""All proposals of a person to all events: narrowed, paged by key, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState
from advocacy.models.base import Missing, Row, db
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import speaks

SIZE = 50  #: proposals on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a list is narrowed to; `after` is the (day, id) where the page before ended."""

    state: ProposalState | None = None
    words: str = ""
    event: str = ""
    after: tuple[date, int] | None = None


def page(person_id: int, look: Look, *, everything: bool = False) -> tuple[Sequence[Row], bool]:
    """Proposals that the person owns or speaks in, and whether there are more, unless everything is wanted."""
    query = _chosen(person_id, look).order_by(Proposal.day.desc(), Proposal.id.desc())
    if look.after:
        key = sa.tuple_(Proposal.day, Proposal.id)
        query = query.where(key < sa.tuple_(sa.literal(look.after[0]), sa.literal(look.after[1])))
    if everything:
        return db.session.execute(query).all(), False
    rows = db.session.execute(query.limit(SIZE + 1)).all()
    return rows[:SIZE], len(rows) > SIZE


def seen(proposal_id: int, person_id: int) -> Proposal:
    """The proposal for its owner and for whoever speaks, too; raise Missing for everybody else."""
    may = sa.or_(Proposal.owner_id == person_id, speaks(person_id, Proposal.id))
    found = db.session.scalar(sa.select(Proposal).where(Proposal.id == proposal_id, may))
    if found is None:
        raise Missing("there is no such proposal of yours")
    return found


def counts(person_id: int, words: str = "", event: str = "") -> dict[ProposalState, int]:
    """How many stand in each state, in the order in which proposals go on."""
    chosen = _chosen(person_id, Look(words=words, event=event)).subquery()
    query = sa.select(chosen.c.state, sa.func.count()).group_by(chosen.c.state)
    found = {ProposalState(state): number for state, number in db.session.execute(query)}
    return {state: found[state] for state in ProposalState if state in found}


def _chosen(person_id: int, look: Look) -> "sa.Select[Any]":
    one = Proposal
    query = (
        sa.select(one.id, one.title, one.state, one.day, one.owner_id, one.talk_id, one.slides, one.recording)
        .add_columns(one.abstract, one.visibility, Event.name.label("event"), Event.starts, Event.cfp_closes)
        .join(Event, Event.id == one.event_id)
        .where(sa.or_(one.owner_id == person_id, speaks(person_id, one.id)))
    )
    if look.state:
        query = query.where(one.state == look.state)
    if look.event:
        query = query.where(sa.func.lower(Event.name).contains(look.event.lower(), autoescape=True))
    if look.words:
        said = sa.func.lower(one.title + " " + Event.name)
        query = query.where(said.contains(look.words.lower(), autoescape=True))
    return query
