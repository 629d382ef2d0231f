"""The tables of requests to speak."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.speaking import SpeakingState
from advocacy.models.base import Base
from advocacy.models.talks.events import Event
from advocacy.models.words import Capability

STANDS = "state <> 'withdrawn'"


class SpeakingRequest(Base):
    """That somebody was asked to speak at an event; `state` and `until` repeat the last step that holds."""

    __tablename__ = "speaking_request"
    __table_args__ = (
        sa.Index(
            "uq_speaking_request_standing",
            *("person_id", "event_id"),
            unique=True,
            sqlite_where=sa.text(STANDS),
            postgresql_where=sa.text(STANDS),
        ),
        sa.Index(None, "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    asked_as: Mapped[Capability]  #: marketing asks together; what a lead asks is theirs
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str]  #: a topic of the vocabulary, or words
    format: Mapped[str] = mapped_column(default="")  #: one of domain.profile.FORMATS
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[SpeakingState]
    until: Mapped[date | None]  #: to which day it is put off
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id", ondelete="SET NULL"), index=True)
    day: Mapped[date]  #: on which they were asked, where whoever asked lives
    created_at: Mapped[datetime]


class SpeakingRequestStep(Base):
    """That a request came to a state: append-only, and what was taken back stays written."""

    __tablename__ = "speaking_request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("speaking_request.id", ondelete="CASCADE"), index=True)
    state: Mapped[SpeakingState]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")  #: why it was declined: for whoever asked alone
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


def last_day() -> sa.ColumnElement[date | None]:
    """The last day of an event, in a query that joins it."""
    return sa.func.coalesce(Event.ends, Event.starts)
