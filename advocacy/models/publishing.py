"""Profiles that their people approved for the speakers directory: the approved copy, as far as it is still shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from advocacy.domain.profile import BLOCKS, Told
from advocacy.models import portraits, profile
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.profile import Profile
from advocacy.models.words import Visibility

NEEDED = ("bio", "topics")
"""The blocks of which one at least makes a speaker's page."""
SHOWN = SEES[Audience.MARKETING]
"""For whom a block must be, to count as published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody in the directory as one audience sees them; `portrait` is None where it is not shown."""

    id: int
    email: str
    known_as: str
    zone: str
    told: Told
    blocks: frozenset[str]
    portrait: Row | None
    approved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one's own page stands: since when it is approved, what is, what would be, and whether they differ.

    `mark` names what would be, so that nothing is approved but what was looked at.
    """

    approved_at: datetime | None
    approved: Told
    told: Told
    changed: bool
    can: bool
    mark: str = ""
    listed: bool = False


def speakers(audience: Audience) -> list[Speaker]:
    """Who is in the directory for this audience, by name."""
    one = Profile
    query = (
        sa.select(one.person_id, one.seen_by, one.approved, one.approved_at, Person.name, Person.email, Person.zone)
        .join(Person, Person.id == one.person_id)
        .where(one.listed, one.approved_at.is_not(None), Person.disabled_at.is_(None))
    )
    rows = db.session.execute(query).all()
    faces = portraits.of_all([row.person_id for row in rows])
    found = [_speaker(row, faces.get(row.person_id), audience) for row in rows]
    return sorted((one for one in found if one.told.filled() and _enough(one.told)), key=key)


def key(one: Speaker) -> tuple[str, int]:
    """By which speakers are sorted."""
    return one.told.name.casefold(), one.id


def standing(person: Person) -> Standing:
    """How the person's own page stands."""
    one = db.session.get(Profile, person.id)
    if one is None:
        return Standing(approved_at=None, approved=Told(), told=Told(), changed=False, can=False)
    now, before = _copy(one), one.approved
    told, approved = Told.of(now["told"]), Told.of(before.get("told", {}))
    same = told == approved and all(now[name] == before.get(name) for name in ("seen_by", "portrait"))
    stands = Standing(approved_at=one.approved_at, approved=approved, told=told, changed=False, can=_enough(told))
    return replace(stands, changed=bool(one.approved_at) and not same, mark=_mark(now), listed=one.listed)


def approve(person: Person, now: datetime) -> None:
    """Let the page be published as it stands; raise Missing where neither texts nor topics are shown."""
    if not standing(person).can:
        raise Missing("neither your texts nor your topics are shown to marketing or to everybody")
    one = profile.to_change(person.id, now)
    one.approved, one.approved_at, one.listed = _copy(one), now, True
    db.session.flush()


def withdraw(person_id: int, now: datetime) -> None:
    """Take the page out of the directory; raise Missing where it is not in it."""
    one = db.session.get(Profile, person_id)
    if one is None or one.approved_at is None:
        raise Missing("you are not in the directory")
    one = profile.to_change(person_id, now)
    one.approved, one.approved_at = {}, None


def _copy(one: Profile) -> dict[str, Any]:
    """What is to be published: the blocks that are shown, for whom, and which portrait."""
    blocks = _blocks(one.seen_by)
    face = portraits.of(one.person_id) if "portrait" in blocks else None
    seen_by = {block: one.seen_by[block] for block in blocks}
    return {"told": Told.of(one.told).only(blocks).stored(), "seen_by": seen_by, "portrait": face.id if face else None}


def _mark(copy: Mapping[str, Any]) -> str:
    return blake2b(json.dumps(copy, sort_keys=True).encode(), digest_size=9).hexdigest()


def _blocks(seen_by: Mapping[str, str], audience: Audience = Audience.MARKETING) -> list[str]:
    return [block for block in BLOCKS if Visibility(seen_by.get(block, Visibility.PRIVATE)) in SEES[audience]]


def _enough(told: Told) -> bool:
    return any(block in NEEDED for block in told.filled())


def _speaker(row: Row, face: Row | None, audience: Audience) -> Speaker:
    """What was approved and is still shown, each for this audience: what is hidden since is hidden at once."""
    approved = row.approved.get("seen_by", {})
    blocks = frozenset(_blocks(approved, audience)) & frozenset(_blocks(row.seen_by, audience))
    told = Told.of(row.approved.get("told", {}))
    told = Told.of({**told.stored(), "name": told.name or row.name}).only(blocks)
    same = face is not None and face.id == row.approved.get("portrait") and "portrait" in blocks
    return Speaker(
        id=row.person_id,
        email=row.email,
        known_as=row.name,
        zone=row.zone if "place" in blocks else "",
        told=told,
        blocks=blocks,
        portrait=face if same else None,
        approved_at=row.approved_at,
    )
