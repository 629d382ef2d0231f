"""Links that show what a person's word alone would have to be believed for."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Base, Missing, Row, db

MOST = 12  #: of one item


class Artefact(Base):
    """A link that a person put beside an item of theirs: slides, a document, a recording."""

    __tablename__ = "artefact"
    __table_args__ = (sa.Index(None, "person_id", "activity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime]


def add(person_id: int, activity_id: int, url: str, words: str, now: datetime) -> bool:
    """Put a link beside an item; False when enough are there. Raise Missing for what is not the person's."""
    if db.session.get(ActivityPerson, (activity_id, person_id)) is None:
        raise Missing("there is no such activity of yours")
    there = of(person_id, [activity_id]).get(activity_id, ())
    if any(one.url == url for one in there):
        return True
    if len(there) >= MOST:
        return False
    db.session.add(Artefact(person_id=person_id, activity_id=activity_id, url=url, words=words, at=now))
    return True


def remove(person_id: int, artefact_id: int) -> Artefact:
    """Take a link away again, and give what it was; raise Missing for what is not the person's."""
    one = db.session.get(Artefact, artefact_id)
    if one is None or one.person_id != person_id:
        raise Missing("there is no such link of yours")
    db.session.delete(one)
    return one


def of(person_id: int, activity_ids: Collection[int]) -> dict[int, Sequence[Row]]:
    """The links beside these items, the oldest first."""
    one = Artefact
    query = sa.select(one.id, one.activity_id, one.url, one.words, one.at)
    query = query.where(one.person_id == person_id, one.activity_id.in_(list(activity_ids)))
    found: dict[int, list[Row]] = {}
    for row in db.session.execute(query.order_by(one.at, one.id)) if activity_ids else ():
        found.setdefault(row.activity_id, []).append(row)
    return dict(found)
