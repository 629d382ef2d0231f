"""Who did what to whom, and who looked: append-only."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db


class AuditEntry(Base):
    """One act; `about_id` is the person it concerned."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index(None, "about_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    about_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    act: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(act: str, at: datetime, *, actor: int | None, about: int | None = None, **detail: Any) -> None:
    """Add an entry to the transaction under way."""
    db.session.add(AuditEntry(at=at, actor_id=actor, about_id=about, act=act, detail=detail))
