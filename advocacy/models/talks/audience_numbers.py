"""How many were there, and who says so: numbers of one kind by one source, never added up."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db


class Counted(StrEnum):
    """What was counted."""

    ROOM = "in the room"
    ONLINE = "online"
    REGISTERED = "registered"
    VIEWS = "views"


class Teller(StrEnum):
    """Who tells the number."""

    ORGANISER = "organiser"
    PLATFORM = "platform"
    SELF = "self"


class AudienceNumber(Base):
    """A number that stands until the same teller gives another one of the kind."""

    __tablename__ = "audience_number"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True)
    counted: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    teller: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    value: Mapped[int]
    day: Mapped[date]  #: as of when


def of(proposal_id: int) -> Sequence[AudienceNumber]:
    """Every number of a talk at an event."""
    one = AudienceNumber
    query = sa.select(one).where(one.proposal_id == proposal_id).order_by(one.counted, one.teller)
    return db.session.scalars(query).all()


def state(proposal_id: int, counted: Counted, teller: Teller, value: int | None, day: date) -> None:
    """Keep the number in the place of the one before; None takes it away."""
    one = db.session.get(AudienceNumber, (proposal_id, counted.value, teller.value))
    if value is None:
        if one is not None:
            db.session.delete(one)
    elif one is None:
        number = AudienceNumber(
            proposal_id=proposal_id, counted=counted.value, teller=teller.value, value=value, day=day
        )
        db.session.add(number)
    else:
        one.value, one.day = value, day
    db.session.flush()


def words(one: AudienceNumber) -> str:
    """In words: `120 in the room, says the organiser`."""
    who = {"organiser": "says the organiser", "platform": "by the platform", "self": "by own count"}[one.teller]
    return f"{one.value} {one.counted}, {who}"
