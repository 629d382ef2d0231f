"""That a lead and somebody they lead talked, so that the next time shows what is new since."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db


class Conversation(Base):
    """One talk between two; what was said in it is nobody's here."""

    __tablename__ = "conversation"
    __table_args__ = (sa.Index(None, "person_id", "lead_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    at: Mapped[datetime]


def last(lead_id: int, person_id: int) -> Conversation | None:
    """The last talk of the two."""
    one = Conversation
    query = sa.select(one).where(one.lead_id == lead_id, one.person_id == person_id)
    return db.session.scalar(query.order_by(one.day.desc(), one.id.desc()).limit(1))


def note(lead_id: int, person_id: int, day: date, now: datetime) -> Conversation:
    """They talked that day."""
    one = Conversation(lead_id=lead_id, person_id=person_id, day=day, at=now)
    db.session.add(one)
    db.session.flush()
    return one


def take_back(conversation_id: int, lead_id: int, person_id: int) -> None:
    """They did not, after all."""
    one = Conversation
    theirs = sa.and_(one.id == conversation_id, one.lead_id == lead_id, one.person_id == person_id)
    db.session.execute(sa.delete(one).where(theirs), execution_options={"synchronize_session": False})
