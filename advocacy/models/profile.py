"""What a person tells of themselves as a speaker and teacher, each block for whom they choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.profile import BLOCKS, Told
from advocacy.models import roster
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Base, Missing, db
from advocacy.models.people import Person
from advocacy.models.words import Visibility

LISTED = sa.text("listed")


class Profile(Base):
    """One person's profile as it stands, and how it stood before the last change."""

    __tablename__ = "profile"
    __table_args__ = (
        sa.Index("ix_profile_listed", "person_id", "listed", sqlite_where=LISTED, postgresql_where=LISTED),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: the blocks, in the shape of domain.profile
    seen_by: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: block → visibility; what is not named is private
    listed: Mapped[bool] = mapped_column(default=False)  #: marketing may find the person as a speaker
    file: Mapped[str] = mapped_column(default="")  #: the speakers file as it was read, with what we do not know
    approved: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  #: the copy to be published
    approved_at: Mapped[datetime | None]  #: when its person said that it may be published as it stands
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: all of the above before the last change
    changed_at: Mapped[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A profile as somebody sees it; `seen_by` and `file` are its owner's business."""

    told: Told
    seen_by: Mapping[str, Visibility]
    listed: bool
    file: str
    changed_at: datetime | None


def of(person: Person, audience: Audience = Audience.OWNER) -> Shown:
    """The profile, for others the blocks that they may see; an empty one of who never wrote any."""
    one = db.session.get(Profile, person.id)
    if one is None:
        told, seen_by = Told(name=person.name), dict.fromkeys(BLOCKS, Visibility.PRIVATE)
        return Shown(told=told, seen_by=seen_by, listed=False, file="", changed_at=None)
    seen_by = {block: Visibility(one.seen_by.get(block, Visibility.PRIVATE)) for block in BLOCKS}
    told = Told.of({**one.told, "name": one.told.get("name") or person.name})
    if audience is Audience.OWNER:
        return Shown(told=told, seen_by=seen_by, listed=one.listed, file=one.file, changed_at=one.changed_at)
    blocks = [block for block, to in seen_by.items() if to in SEES[audience]]
    return Shown(told=told.only(blocks), seen_by=seen_by, listed=one.listed, file="", changed_at=one.changed_at)


def listed() -> dict[int, str]:
    """The people who let marketing find them, by their numbers, in the order of their names."""
    return roster.names_of(db.session.scalars(sa.select(Profile.person_id).where(Profile.listed)), here=True)


def is_listed(person_id: int) -> bool:
    """Whether a person who is here lets marketing find them."""
    query = sa.select(Profile.person_id).join(Person, Person.id == Profile.person_id)
    here = Profile.person_id == person_id, Profile.listed, Person.disabled_at.is_(None)
    return db.session.scalar(query.where(*here)) is not None


def save(
    person: Person,
    told: Told,
    now: datetime,
    *,
    seen_by: Mapping[str, Visibility] | None = None,
    listed: bool | None = None,
    file: str | None = None,
) -> None:
    """Keep what the person tells, and how it stood before; what is not given stays as it was."""
    one = to_change(person.id, now)
    one.told = told.stored()
    one.seen_by = {key: value.value for key, value in seen_by.items()} if seen_by is not None else one.seen_by
    one.listed = one.listed if listed is None else listed
    one.file = one.file if file is None else file
    one.changed_at = now
    db.session.flush()


def to_change(person_id: int, now: datetime) -> Profile:
    """The row of a profile, with how it stands now kept for taking back; a new one where there is none."""
    one = db.session.get(Profile, person_id, with_for_update=True)
    if one is None:
        one = Profile(person_id=person_id, told={}, seen_by={}, listed=False, file="", approved={}, changed_at=now)
        db.session.add(one)
    one.before = _state(one)
    return one


def take_back(person_id: int, now: datetime) -> None:
    """Let the profile stand as it did before the last change; twice is as it was. Raise Missing where there is none."""
    one = db.session.get(Profile, person_id, with_for_update=True)
    if one is None or not one.before:
        raise Missing("there is nothing to take back")
    before, one.before = one.before, _state(one)
    for name in _KEPT:
        setattr(one, name, before.get(name, getattr(one, name)))
    if "approved_at" in before:
        one.approved_at = datetime.fromisoformat(before["approved_at"]) if before["approved_at"] else None
    one.changed_at = now


_KEPT = ("told", "seen_by", "listed", "file", "approved")


def _state(one: Profile) -> dict[str, Any]:
    at = one.approved_at.isoformat() if one.approved_at else ""
    return {**{name: getattr(one, name) for name in _KEPT}, "approved_at": at}
