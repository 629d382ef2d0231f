"""Speakers files that somebody else handed in about a person: nothing of them counts until the person takes it in."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, db


class SpeakerFile(Base):
    """A file about a person that an operator handed in, and what its person answered."""

    __tablename__ = "speaker_file"
    __table_args__ = (sa.Index(None, "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str]  #: as it was called
    file: Mapped[str]
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    taken: Mapped[bool] = mapped_column(default=False)


def hand(person_id: int, name: str, file: str, now: datetime) -> bool:
    """Lay a file before its person, in the place of one that still waits; False when they know it already."""
    if db.session.scalar(sa.select(SpeakerFile.id).where(_of(person_id), SpeakerFile.file == file).limit(1)):
        return False
    for old in waiting(person_id):
        db.session.delete(old)
    db.session.add(SpeakerFile(person_id=person_id, name=name, file=file, at=now))
    db.session.flush()
    return True


def waiting(person_id: int) -> Sequence[SpeakerFile]:
    """What waits for the person's answer."""
    query = sa.select(SpeakerFile).where(_of(person_id), SpeakerFile.answered_at.is_(None))
    return db.session.scalars(query.order_by(SpeakerFile.id)).all()


def own(file_id: int, person_id: int) -> SpeakerFile:
    """A file that was handed in about the person; raise Missing for any other."""
    one = db.session.scalar(sa.select(SpeakerFile).where(_of(person_id), SpeakerFile.id == file_id))
    if one is None:
        raise Missing("there is no such file about you")
    return one


def _of(person_id: int) -> sa.ColumnElement[bool]:
    return SpeakerFile.person_id == person_id
