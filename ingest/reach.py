"""How far what was read reaches: a page's cursor, the stretch that is complete, and the gaps in it."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.normal import TITLE_LIMIT, storable
from advocacy.models.accounts import Gap, Subscription
from advocacy.models.base import db
from ingest.source import Page


def adopt(subscription: Subscription, page: Page, started: datetime) -> None:
    """Take over a page's cursor and coverage in the transaction under way; `started` is when the pull began."""
    if page.cursor is not None:
        subscription.cursor = dict(page.cursor)
    if page.title:
        subscription.title = storable(page.title, TITLE_LIMIT)
    if page.covers_from:
        _close_gaps(subscription.id, page.covers_from)
        _reach_back(subscription, page.covers_from, page.covers_why)
    if page.gap:
        _open_gap(subscription, page.covers_from or started, page.gap)


def _reach_back(subscription: Subscription, covers_from: datetime, why: str) -> None:
    known = subscription.complete_from
    if known is None or covers_from < known or (covers_from == known and why):
        subscription.complete_from, subscription.complete_why = covers_from, why


def _open_gap(subscription: Subscription, until: datetime, why: str) -> None:
    """From the last visit until where the page begins; a walk that was cut short and done again tells it anew.

    One that goes on for the same reason stays one gap, however often it is visited.
    """
    since, why = subscription.complete_to, storable(why, TITLE_LIMIT)
    if since is None or since >= until:
        return
    goes_on = sa.or_(Gap.since == since, sa.and_(Gap.until == since, Gap.why == why))
    mine = sa.select(Gap).where(Gap.subscription_id == subscription.id, goes_on).order_by(Gap.since).limit(1)
    known = db.session.scalar(mine)
    if known is None:
        db.session.add(Gap(subscription_id=subscription.id, since=since, until=until, why=why))
    else:
        known.until, known.why = until, why


def _close_gaps(subscription_id: int, covers_from: datetime) -> None:
    """What a page shows whole is no gap any more, or a shorter one."""
    open_ones = sa.select(Gap).where(Gap.subscription_id == subscription_id, Gap.until > covers_from)
    for gap in db.session.scalars(open_ones):
        if gap.since >= covers_from:
            db.session.delete(gap)
        else:
            gap.until = covers_from
