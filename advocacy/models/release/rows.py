"""A person's own rules of release, and what was said in bulk, to be taken back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base
from advocacy.models.words import Visibility


class ReleaseRule(Base):
    """What a person lets others see without being asked each time: all that meets every part that is not empty."""

    __tablename__ = "release_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    to: Mapped[Visibility]
    kinds: Mapped[list[str]] = mapped_column(default=list)
    platforms: Mapped[list[str]] = mapped_column(default=list)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(sa.String(200), default="")
    backwards: Mapped[bool] = mapped_column(default=False)  #: also what was there before the rule
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  #: None: it is in force


class ReleaseStep(Base):
    """One act that changed who sees some items, and how each stood before; it can be taken back once."""

    __tablename__ = "release_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: activity id → visibility, rule, whether it was said
