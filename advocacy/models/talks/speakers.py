"""Who speaks beside the owner of a proposal: colleagues, who confirm it themselves, and names from elsewhere.

A colleague can be named while nothing is on the timeline yet; they are asked once there is something
to take (an offer).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, db
from advocacy.models.offers import Offer
from advocacy.models.people import Person


class ProposalSpeaker(Base):
    """A colleague who is named as a speaker, or (without a person) somebody from elsewhere."""

    __tablename__ = "proposal_speaker"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")  #: of somebody from elsewhere
    offer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("offer.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks; `taken` is a colleague's own answer, None while there is none."""

    id: int
    person_id: int | None
    name: str
    taken: bool | None

    @property
    def confirmed(self) -> bool:
        """Whether they may be named: by their own word, or as somebody from elsewhere."""
        return self.taken is True or self.person_id is None


def put(proposal_id: int, person_id: int, now: datetime) -> None:
    """Name a colleague; twice is once."""
    one = ProposalSpeaker
    there = sa.select(one.id).where(one.proposal_id == proposal_id, one.person_id == person_id)
    if db.session.scalar(there) is None:
        db.session.add(one(proposal_id=proposal_id, person_id=person_id, at=now))
        db.session.flush()


def name(proposal_id: int, words: str, now: datetime) -> None:
    """Name somebody from elsewhere."""
    db.session.add(ProposalSpeaker(proposal_id=proposal_id, name=words, at=now))
    db.session.flush()


def drop(proposal_id: int, speaker_id: int) -> Speaker:
    """Name somebody no more; who it was."""
    found = next((one for one in of(proposal_id) if one.id == speaker_id), None)
    if found is None:
        raise Missing("nobody of the kind is named here")
    db.session.delete(db.session.get_one(ProposalSpeaker, speaker_id))
    db.session.flush()
    return found


def asked(speaker_id: int, offer: Offer) -> None:
    """Note by which offer a colleague answers."""
    db.session.get_one(ProposalSpeaker, speaker_id).offer_id = offer.id


def of(proposal_id: int) -> list[Speaker]:
    """Everybody who is named, in the order in which they were."""
    one = ProposalSpeaker
    answer = sa.case((Offer.answered_at.is_not(None), Offer.taken))
    query = (
        sa.select(one.id, one.person_id, sa.func.coalesce(Person.name, one.name), answer)
        .outerjoin(Person, Person.id == one.person_id)
        .outerjoin(Offer, Offer.id == one.offer_id)
        .where(one.proposal_id == proposal_id)
        .order_by(one.id)
    )
    return [Speaker(*row) for row in db.session.execute(query)]


def confirmed(proposal_ids: Collection[int]) -> dict[int, list[str]]:
    """Who speaks beside the owner, by proposal: colleagues by their own word, and people from elsewhere."""
    one = ProposalSpeaker
    query = (
        sa.select(one.proposal_id, sa.func.coalesce(Person.name, one.name))
        .outerjoin(Person, Person.id == one.person_id)
        .outerjoin(Offer, Offer.id == one.offer_id)
        .where(one.proposal_id.in_(proposal_ids))
        .where(sa.or_(one.person_id.is_(None), sa.and_(Offer.taken, Offer.answered_at.is_not(None))))
        .order_by(one.id)
    )
    found: dict[int, list[str]] = {}
    for proposal_id, name in db.session.execute(query):
        found.setdefault(proposal_id, []).append(name)
    return found


def speaks(person_id: int, proposal_id: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """Whether a person has confirmed that they speak, too: for the `where` of a query on proposals."""
    one = ProposalSpeaker
    return sa.exists().where(
        *(one.proposal_id == proposal_id, one.person_id == person_id),
        *(Offer.id == one.offer_id, Offer.taken, Offer.answered_at.is_not(None)),
    )
