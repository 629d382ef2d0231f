"""What a restored database must forget: who worked on what, who was let in, and which letters were on their way."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.models import audit, outbox
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.feed_tokens import REGRET, FeedToken
from advocacy.models.letter_wishes import LetterWish
from advocacy.models.logins import Invitation, Login
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState

_IN_BULK = {"synchronize_session": False}


def release(now: datetime, made_at: str) -> None:
    """Give leases back, end logins, invitations, addresses of feeds and letters, note it in the audit log, and commit.

    A login or an address may have been ended since, a link used and a letter sent: none must come back with the rows.
    """
    changes = (
        sa.update(Subscription).where(Subscription.lease_token.is_not(None)).values(lease_until=None, lease_token=None),
        sa.update(JobRun)
        .where(JobRun.state == WorkState.RUNNING)
        .values(state=WorkState.WAITING, lease_until=None, lease_token=None),
        sa.update(Login).where(Login.ended_at.is_(None)).values(ended_at=now),
        sa.delete(Invitation).where(Invitation.used_at.is_(None)),
        sa.update(FeedToken).where(FeedToken.revoked_at.is_(None)).values(revoked_at=now - REGRET),
        outbox.let_go("it was on its way when the backup was made that this was restored from: it may have arrived"),
        sa.update(LetterWish).values(said_at=now),
    )
    for change in changes:
        db.session.execute(change, execution_options=_IN_BULK)
    audit.record("backup.restored", now, actor=None, made_at=made_at)
    db.session.commit()
