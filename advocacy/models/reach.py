"""For which days each account of a person is complete, as the polled addresses and the archives tell it."""

from collections.abc import Iterator

import sqlalchemy as sa

from advocacy.domain.account_coverage import Known, covered
from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage, joint
from advocacy.domain.stretches import Stretch
from advocacy.models.accounts import Account, CoveredSpan, Gap, Subscription
from advocacy.models.base import Row, db

_GAP, _SPAN = "gap", "span"


def coverage_of(person_id: int, zone: str) -> dict[Platform, Coverage]:
    """The connected platforms of a person, each with the days that all its accounts cover together."""
    accounts: dict[Platform, list[Coverage]] = {}
    for _, platform, known in _accounts(person_id, zone):
        accounts.setdefault(platform, []).append(known)
    return {platform: joint(parts) for platform, parts in accounts.items()}


def coverage_by_account(person_id: int, zone: str) -> dict[int, Coverage]:
    """The same account by account, by their ids."""
    return {key: known for key, _, known in _accounts(person_id, zone)}


def _accounts(person_id: int, zone: str) -> Iterator[tuple[int, Platform, Coverage]]:
    """Each account with its coverage; one question, however many accounts, gaps and archives there are."""
    rows: dict[int, list[Row]] = {}
    for row in db.session.execute(_query(person_id)):
        rows.setdefault(row.id, []).append(row)
    for key, lines in rows.items():
        yield key, lines[0].platform, covered(_known(lines), zone)


def _query(person_id: int) -> sa.Select[tuple[object, ...]]:
    one, sub = Account, Subscription
    mine = sa.select(one.id).where(one.person_id == person_id)
    gaps = (
        sa.select(one.id.label("account_id"), sa.literal(_GAP).label("what"), Gap.since, Gap.until, Gap.why)
        .join(Gap, Gap.subscription_id == one.subscription_id)
        .where(one.person_id == person_id)
    )
    spans = sa.select(
        CoveredSpan.account_id, sa.literal(_SPAN), CoveredSpan.since, CoveredSpan.until, sa.literal("")
    ).where(CoveredSpan.account_id.in_(mine))
    parts = sa.union_all(gaps, spans).subquery()
    return (
        sa.select(one.id, one.platform, one.start_on, one.paused_at, sub.complete_from, sub.complete_to)
        .add_columns(sub.complete_why, parts.c.what, parts.c.since, parts.c.until, parts.c.why)
        .outerjoin(sub, sub.id == one.subscription_id)
        .outerjoin(parts, parts.c.account_id == one.id)
        .where(one.person_id == person_id, one.refused_at.is_(None))
        .order_by(one.id)
    )


def _known(rows: list[Row]) -> Known:
    one = rows[0]
    return Known(
        since=one.complete_from,
        until=one.complete_to,
        why=one.complete_why or "",
        gaps=tuple((_stretch(row), row.why) for row in rows if row.what == _GAP),
        archived=tuple(_stretch(row) for row in rows if row.what == _SPAN),
        paused_at=one.paused_at,
        start_on=one.start_on,
    )


def _stretch(row: Row) -> Stretch:
    return row.since, row.until
