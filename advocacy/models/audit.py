"""Who did what to whom, and who looked: append-only, by the database itself."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models import append_only
from advocacy.models.base import Base, db


class AuditEntry(Base):
    """One act; `about_id` is the person it concerned.

    No entry is ever changed or deleted, but what it tells of an erased person is blanked.
    """

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


def blank(person_id: int) -> None:
    """Keep of a person's entries what was done and when, not by whom nor with what."""
    about, actor = AuditEntry.about_id == person_id, AuditEntry.actor_id == person_id
    theirs = sa.update(AuditEntry).where(sa.or_(about, sa.and_(actor, AuditEntry.about_id.is_(None))))
    db.session.execute(theirs.values(detail={}, actor_id=None, about_id=None))
    db.session.execute(sa.update(AuditEntry).where(actor).values(actor_id=None))


append_only.keep(AuditEntry.__table__)
