"""Platforms as an operator has them: ready or not, and the month's money."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Platform
from advocacy.models.base import Base


class PlatformState(Base):
    """Whether a platform can be read at all, as its source said last: its keys, its plan."""

    __tablename__ = "platform_state"

    platform: Mapped[Platform] = mapped_column(primary_key=True)
    is_ready: Mapped[bool]
    message: Mapped[str] = mapped_column(default="")  #: why not, and how to mend it
    since: Mapped[datetime]


class Spend(Base):
    """What a platform cost in a calendar month of UTC, what is reserved for requests under way included."""

    __tablename__ = "spend"

    platform: Mapped[Platform] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  #: its first day
    micros: Mapped[int] = mapped_column(sa.BigInteger, default=0)  #: millionths of a US dollar
