"""Variants of a talk: a shorter text, another language, another level; chosen when it is proposed."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.talk import Level
from advocacy.models.base import Base, Missing, db


class TalkVariant(Base):
    """The same talk in other words."""

    __tablename__ = "talk_variant"

    id: Mapped[int] = mapped_column(primary_key=True)
    talk_id: Mapped[int] = mapped_column(sa.ForeignKey("talk.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(80), default="")
    level: Mapped[Level | None]
    minutes: Mapped[int | None]
    created_at: Mapped[datetime]


def of(talk_id: int) -> Sequence[TalkVariant]:
    """All of a talk, in the order in which they were written."""
    query = sa.select(TalkVariant).where(TalkVariant.talk_id == talk_id).order_by(TalkVariant.id)
    return db.session.scalars(query).all()


def one_of(talk_id: int, variant_id: int) -> TalkVariant:
    """One of a talk; raise Missing when it is another talk's, or gone."""
    query = sa.select(TalkVariant).where(TalkVariant.id == variant_id, TalkVariant.talk_id == talk_id)
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such variant of this talk")
    return found


def drop(one: TalkVariant) -> None:
    """Take it away; proposals made from it keep their words."""
    db.session.delete(one)
    db.session.flush()
