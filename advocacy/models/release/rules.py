"""Rules of release made, ended and taken up again, each with the number of items that it releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.models import audit
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Missing, db
from advocacy.models.release import apply
from advocacy.models.release.caught import Wanted, of_rule
from advocacy.models.release.rows import ReleaseRule
from advocacy.models.words import Visibility


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule in force: `releases` is how many items are open because of it."""

    rule: ReleaseRule
    account: str
    releases: int


class BadRule(ValueError):
    """A rule that cannot be made; the words say how to mend it."""


def make(person_id: int, wanted: Wanted, to: Visibility, now: datetime, *, backwards: bool) -> tuple[ReleaseRule, int]:
    """Release what comes, and on wish what is there; the rule, and how many items it opens at once.

    The same again is the rule that is there. Raise BadRule for one that releases nothing or everything, Missing for
    an account that is not the person's.
    """
    if to is Visibility.PRIVATE:
        raise BadRule("a rule releases: choose to whom")
    if not (wanted.kinds or wanted.platforms or wanted.account_id or wanted.channel):
        raise BadRule("say of what: a kind, a platform, an account or a channel")
    if wanted.account_id is not None:
        _own_account(wanted.account_id, person_id)
    apply.begin(person_id)
    for there in apply.in_force([person_id]):
        if (of_rule(there), there.to, there.backwards) == (wanted, to, backwards):
            return there, 0
    made = ReleaseRule(
        person_id=person_id,
        to=to,
        kinds=[*wanted.kinds],
        platforms=[*wanted.platforms],
        account_id=wanted.account_id,
        channel=wanted.channel,
        backwards=backwards,
        made_at=now,
    )
    db.session.add(made)
    db.session.flush()
    audit.record("release.rule_made", now, actor=person_id, about=person_id, rule=made.id, to=to.value)
    return made, apply.carry(made, now)


def end(rule_id: int, person_id: int, now: datetime) -> int:
    """End a rule: what it opened is closed, but for what another rule opens; how many items it had opened."""
    rule = _own(rule_id, person_id)
    if rule.ended_at is not None:
        return 0
    rule.ended_at = now
    db.session.flush()
    audit.record("release.rule_ended", now, actor=person_id, about=person_id, rule=rule.id)
    return apply.settle(person_id, rule)


def take_up(rule_id: int, person_id: int, now: datetime) -> int:
    """Let an ended rule release again, what it did before and what came since; how many items that opens."""
    rule = _own(rule_id, person_id)
    if rule.ended_at is None:
        return 0
    rule.ended_at = None
    db.session.flush()
    audit.record("release.rule_made", now, actor=person_id, about=person_id, rule=rule.id, to=rule.to.value)
    return apply.carry(rule, now)


def standing(person_id: int) -> list[Standing]:
    """The person's rules in force, the oldest first, each with what it releases."""
    mine = ActivityPerson
    count = sa.select(mine.release_rule_id, sa.func.count()).where(mine.person_id == person_id)
    opened = count.where(mine.release_rule_id.is_not(None)).group_by(mine.release_rule_id)
    numbers = {row[0]: row[1] for row in db.session.execute(opened)}
    one = ReleaseRule
    query = (
        sa.select(one, Account.handle)
        .outerjoin(Account, Account.id == one.account_id)
        .where(one.person_id == person_id, one.ended_at.is_(None))
        .order_by(one.id)
    )
    return [Standing(rule, handle or "", numbers.get(rule.id, 0)) for rule, handle in db.session.execute(query)]


def accounts(person_id: int) -> Sequence[Account]:
    """The accounts that a rule may name."""
    return db.session.scalars(sa.select(Account).where(Account.person_id == person_id).order_by(Account.id)).all()


def _own(rule_id: int, person_id: int) -> ReleaseRule:
    apply.begin(person_id)
    query = sa.select(ReleaseRule).where(ReleaseRule.id == rule_id, ReleaseRule.person_id == person_id)
    rule = db.session.scalar(query.with_for_update())
    if rule is None:
        raise Missing("there is no such rule of yours")
    return rule


def _own_account(account_id: int, person_id: int) -> None:
    query = sa.select(Account.id).where(Account.id == account_id, Account.person_id == person_id)
    if db.session.scalar(query) is None:
        raise Missing("there is no such account of yours")
