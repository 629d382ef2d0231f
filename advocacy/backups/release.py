"""What a restored database must forget: who worked on what, and who was signed in, at the moment of the backup."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.models import audit
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.logins import Invitation, Login
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState

_IN_BULK = {"synchronize_session": False}


def release(now: datetime, made_at: str) -> None:
    """Give leases back, end logins and open invitations, note it in the audit log, and commit.

    A login may have been ended since, and a link used: neither must come back with the rows.
    """
    changes = (
        sa.update(Subscription).where(Subscription.lease_token.is_not(None)).values(lease_until=None, lease_token=None),
        sa.update(JobRun)
        .where(JobRun.state == WorkState.RUNNING)
        .values(state=WorkState.WAITING, lease_until=None, lease_token=None),
        sa.update(Login).where(Login.ended_at.is_(None)).values(ended_at=now),
        sa.delete(Invitation).where(Invitation.used_at.is_(None)),
    )
    for change in changes:
        db.session.execute(change, execution_options=_IN_BULK)
    audit.record("backup.restored", now, actor=None, made_at=made_at)
    db.session.commit()
