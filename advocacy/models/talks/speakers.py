"""Who speaks beside the owner of a proposal: colleagues who are asked, and names from elsewhere.

A colleague can be asked while there is nothing on the timeline yet that could be offered, so the question stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.answer import Answer
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal


class ProposalSpeaker(Base):
    """A colleague who was asked to be named as a speaker, or (without a person) somebody from elsewhere."""

    __tablename__ = "proposal_speaker"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "person_id"), sa.Index(None, "person_id", "answer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(default="")  #: of somebody from elsewhere
    answer: Mapped[Answer] = mapped_column(default=Answer.ASKED)
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, or was asked to."""

    id: int
    person_id: int | None
    name: str
    answer: Answer


def ask(proposal_id: int, person_id: int, now: datetime) -> None:
    """Ask a colleague; who was asked before, answered or not, is not asked again."""
    if any(one.person_id == person_id for one in of(proposal_id)):
        return
    if db.session.get(Person, person_id) is None:
        raise Missing("this colleague is not here any more")
    db.session.add(ProposalSpeaker(proposal_id=proposal_id, person_id=person_id, at=now))
    db.session.flush()


def name(proposal_id: int, words: str, now: datetime) -> None:
    """Name somebody from elsewhere."""
    db.session.add(ProposalSpeaker(proposal_id=proposal_id, name=words, answer=Answer.CONFIRMED, at=now))
    db.session.flush()


def drop(proposal_id: int, speaker_id: int) -> int | None:
    """Name or ask somebody no more; the person whose it was, if a colleague."""
    one = db.session.get(ProposalSpeaker, speaker_id)
    if one is None or one.proposal_id != proposal_id:
        raise Missing("nobody of the kind is named here")
    db.session.delete(one)
    db.session.flush()
    return one.person_id


def answer(proposal_id: int, person_id: int, word: Answer, now: datetime) -> None:
    """Take it, or leave it; raise Missing for who was not asked."""
    query = sa.select(ProposalSpeaker).where(
        ProposalSpeaker.proposal_id == proposal_id, ProposalSpeaker.person_id == person_id
    )
    one = db.session.scalar(query.with_for_update())
    if one is None:
        raise Missing("nobody asked you to speak there")
    one.answer, one.answered_at = word, now
    db.session.flush()


def of(proposal_id: int) -> list[Speaker]:
    """Everybody who is named, in the order in which they were."""
    one = ProposalSpeaker
    query = (
        sa.select(one.id, one.person_id, sa.func.coalesce(Person.name, one.name), one.answer)
        .outerjoin(Person, Person.id == one.person_id)
        .where(one.proposal_id == proposal_id)
        .order_by(one.id)
    )
    return [Speaker(*row) for row in db.session.execute(query)]


def seen(proposal_id: int, person_id: int) -> Proposal:
    """The proposal for its owner and for whoever was asked to speak; raise Missing for everybody else."""
    asked = sa.exists().where(
        ProposalSpeaker.proposal_id == Proposal.id,
        ProposalSpeaker.person_id == person_id,
    )
    query = sa.select(Proposal).where(Proposal.id == proposal_id, sa.or_(Proposal.owner_id == person_id, asked))
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such proposal of yours")
    return found


def waiting(person_id: int) -> Sequence[Row]:
    """Proposals on which the person was asked to speak and has not answered, the oldest first."""
    one, owner = ProposalSpeaker, Person
    query = (
        sa.select(
            Proposal.id, Proposal.title, Proposal.state, Event.name.label("event"), owner.name.label("by"), one.at
        )
        .join(Proposal, Proposal.id == one.proposal_id)
        .join(Event, Event.id == Proposal.event_id)
        .join(owner, owner.id == Proposal.owner_id)
        .where(one.person_id == person_id, one.answer == Answer.ASKED)
        .order_by(one.at, one.id)
    )
    return db.session.execute(query).all()
