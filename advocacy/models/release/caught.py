"""Which items a rule, or a filter of the page, speaks of: said once, in SQL, for what is there and for what comes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.release.rows import ReleaseRule
from advocacy.models.words import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Parts that all must hold; an empty one holds always."""

    kinds: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    account_id: int | None = None
    channel: str = ""
    first: date | None = None
    last: date | None = None
    visibility: Visibility | None = None


def of_rule(rule: ReleaseRule) -> Wanted:
    """The parts of a rule."""
    return Wanted(
        kinds=tuple(rule.kinds),
        platforms=tuple(rule.platforms),
        account_id=rule.account_id,
        channel=rule.channel,
    )


def items(person_id: int, wanted: Wanted, since: datetime | None = None) -> sa.Select[Any]:
    """The numbers of the person's activities that are wanted; `since` leaves out what was seen before that moment."""
    one, mine = ActivityRow, ActivityPerson
    query = sa.select(one.id).join(mine, mine.activity_id == one.id).where(mine.person_id == person_id)
    if wanted.kinds:
        query = query.where(one.kind.in_(wanted.kinds))
    if wanted.platforms:
        query = query.where(one.platform.in_(wanted.platforms))
    if wanted.channel:
        query = query.where(sa.func.lower(one.channel) == wanted.channel.lower())
    if wanted.account_id is not None:
        came = sa.exists().where(Provenance.activity_id == one.id, Provenance.account_id == wanted.account_id)
        query = query.where(came)
    if wanted.first is not None:
        query = query.where(mine.day >= wanted.first)
    if wanted.last is not None:
        query = query.where(mine.day <= wanted.last)
    if wanted.visibility is not None:
        query = query.where(mine.visibility == wanted.visibility)
    return query.where(one.first_seen_at >= since) if since is not None else query
