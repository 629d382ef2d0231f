"""Who did what to whom, and who looked: append-only, by the database itself."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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


# The same stands in the migration 0004: there for databases that were there before, here for those made at once.
_REFUSES = "the audit log is append-only"
_DDL = (
    (
        "sqlite",
        "after_create",
        f"CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END",
    ),
    (
        "sqlite",
        "after_create",
        f"""
        CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
        WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
          OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
          OR (NEW.about_id IS NOT NULL AND NEW.about_id IS NOT OLD.about_id)
          OR (NEW.detail IS NOT OLD.detail AND NEW.detail IS NOT '{{}}')
        BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END
        """,
    ),
    (
        "postgresql",
        "after_create",
        f"""
        CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.act = OLD.act
            AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
            AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id)
            AND NEW.detail::text IN ('{{}}', OLD.detail::text)
          THEN RETURN NEW; END IF;
          RAISE EXCEPTION '{_REFUSES}';
        END $$
        """,
    ),
    (
        "postgresql",
        "after_create",
        "CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stands()",
    ),
    ("postgresql", "after_drop", "DROP FUNCTION IF EXISTS audit_stands()"),
)
for _dialect, _moment, _statement in _DDL:
    _ddl = sa.DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
    sa.event.listen(AuditEntry.__table__, _moment, _ddl.execute_if(dialect=_dialect))
