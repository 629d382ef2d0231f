"""How an activity read when its person confirmed it, so that a later edit can be shown beside it.

These are texts like any other: they go with the activity's own, for good or for now.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Base, Row, db
from advocacy.models.evidence import Verdict
from advocacy.models.upsert import insert_new
from advocacy.models.words import Word

_IN_BULK = {"synchronize_session": False}


class ConfirmedText(Base):
    """Title and text of an activity as they stood when a person confirmed it."""

    __tablename__ = "confirmed_text"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    content_hash: Mapped[bytes] = mapped_column(primary_key=True)  #: as the verdict names it
    title: Mapped[str]
    text: Mapped[str]


def keep(activity: ActivityRow, person_id: int) -> None:
    """Keep what it says now; what is without its text has nothing to be kept."""
    if activity.deleted_at is not None or activity.dropped_at is not None:
        return
    row = {"activity_id": activity.id, "person_id": person_id, "content_hash": activity.content_hash}
    insert_new(ConfirmedText, [{**row, "title": activity.title, "text": activity.text}])


def forget(activity_ids: Collection[int]) -> None:
    """Drop what was kept of these, whoever confirmed them: their texts are gone."""
    here = ConfirmedText.activity_id.in_(activity_ids)
    db.session.execute(sa.delete(ConfirmedText).where(here), execution_options=_IN_BULK)


def before(activity_id: int, person_id: int) -> Row | None:
    """Title and text as the person confirmed them last, when it says something else now; None when none was kept."""
    said, kept, one = Verdict, ConfirmedText, ActivityRow
    mine = sa.and_(
        kept.activity_id == said.activity_id,
        kept.person_id == said.person_id,
        kept.content_hash == said.content_hash,
    )
    query = (
        sa.select(kept.title, kept.text, said.at)
        .join(said, mine)
        .join(one, one.id == kept.activity_id)
        .where(said.activity_id == activity_id, said.person_id == person_id, said.superseded_at.is_(None))
        .where(said.word == Word.CONFIRMED, said.content_hash != one.content_hash)
        .order_by(said.id.desc())
        .limit(1)
    )
    return db.session.execute(query).first()
