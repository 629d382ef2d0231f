"""What the person and the lead say of a sentence: side by side, dated, never changed and never averaged."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Row, db
from advocacy.models.people import Person
from advocacy.models.words import Claim


class Voice(Base):
    """One statement on one sentence over some days; append-only, the newest of a side is the one that stands."""

    __tablename__ = "voice"
    __table_args__ = (sa.Index(None, "person_id", "expectation_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    expectation_id: Mapped[int] = mapped_column(sa.ForeignKey("expectation.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    as_lead: Mapped[bool]
    first: Mapped[date]  #: what it speaks of: from this day
    last: Mapped[date]  #: to this one
    claim: Mapped[Claim | None]  #: None: only words, or (with none either) what was said is taken back
    words: Mapped[str]
    shown: Mapped[bool]  #: whether the other side may read it; a lead's always may be
    at: Mapped[datetime]


def speak(
    *,
    person_id: int,
    expectation_id: int,
    by: int,
    as_lead: bool,
    days: tuple[date, date],
    claim: Claim | None,
    words: str,
    shown: bool,
    now: datetime,
) -> None:
    """Add a statement; the ones before stay as they are."""
    db.session.add(
        Voice(
            person_id=person_id,
            expectation_id=expectation_id,
            by_id=by,
            as_lead=as_lead,
            first=days[0],
            last=days[1],
            claim=claim,
            words=words,
            shown=shown or as_lead,
            at=now,
        )
    )


def heard(person_id: int, expectation_id: int, *, as_lead: bool | None = None, limit: int = 40) -> Sequence[Row]:
    """What was said of a person on a sentence, newest first; with `as_lead` only as that side may read it."""
    one = Voice
    query = (
        sa.select(one.id, one.as_lead, one.first, one.last, one.claim, one.words, one.shown, one.at)
        .add_columns(Person.name.label("by"))
        .outerjoin(Person, Person.id == one.by_id)
        .where(one.person_id == person_id, one.expectation_id == expectation_id)
        .order_by(one.at.desc(), one.id.desc())
        .limit(limit)
    )
    return db.session.execute(query.where(one.shown) if as_lead else query).all()


def standing(heard: Sequence[Row], *, as_lead: bool) -> Row | None:
    """The statement of one side that stands; None when it said nothing, or took it back."""
    newest = next((one for one in heard if one.as_lead == as_lead), None)
    return newest if newest is not None and (newest.claim or newest.words) else None


def own_words(person_id: int, first: date, last: date) -> dict[int, Row]:
    """What the person last said of each sentence about days that lie between these two."""
    one = Voice
    query = (
        sa.select(one.expectation_id, one.claim, one.words, one.at)
        .where(one.person_id == person_id, ~one.as_lead, one.first >= first, one.last <= last)
        .order_by(one.at, one.id)
    )
    return {row.expectation_id: row for row in db.session.execute(query) if row.words or row.claim}


def claims(person_ids: Sequence[int], first: date, last: date) -> dict[tuple[int, int], Claim]:
    """Where the leads of these people last said that they stand, by person and sentence, about days between two."""
    one = Voice
    query = (
        sa.select(one.person_id, one.expectation_id, one.claim)
        .where(one.person_id.in_(person_ids), one.as_lead, one.first >= first, one.last <= last)
        .order_by(one.at, one.id)
    )
    told = {(row.person_id, row.expectation_id): row.claim for row in db.session.execute(query)}
    return {key: claim for key, claim in told.items() if claim}


def news(person_id: int, since: datetime) -> Sequence[Row]:
    """On which sentences a lead spoke of the person since then, the newest first."""
    one = Voice
    query = (
        sa.select(one.expectation_id, sa.func.max(one.at).label("at"))
        .where(one.person_id == person_id, one.as_lead, one.at > since)
        .group_by(one.expectation_id)
        .order_by(sa.func.max(one.at).desc())
    )
    return db.session.execute(query).all()
