"""What a person never wants to see as evidence: rules of their own, which put aside what the rulebook finds.

Such a rule speaks only where the person did not. What it put aside names it (`hidden_by`), so that it is never taken
for the person's own word, and comes back when the rule goes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Platform
from advocacy.models import generations, turns
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow, Provenance
from advocacy.models.base import Base, Missing, db
from advocacy.models.evidence import Evidence
from advocacy.models.words import Word

_IN_BULK = {"synchronize_session": False}


class LearnedRule(Base):
    """Where nothing is evidence for this person; each part that is not None must hold.

    A rule that does not act is one that was offered and left: it is not offered again.
    """

    __tablename__ = "learned_rule"
    __table_args__ = (sa.Index(None, "person_id", "acts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    expectation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expectation.id", ondelete="CASCADE"))
    platform: Mapped[Platform | None]
    channel: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    acts: Mapped[bool] = mapped_column(default=True)
    offered: Mapped[bool] = mapped_column(default=False)  #: from what the person put aside again and again
    at: Mapped[datetime]


def keep(rule: LearnedRule) -> LearnedRule:
    """Keep a rule and let it act at once; the same one again is the one that stands.

    Raises Missing for an account that is not the person's.
    """
    turns.take({rule.person_id})
    theirs = sa.select(Account.id).where(Account.id == rule.account_id, Account.person_id == rule.person_id)
    if rule.account_id is not None and db.session.scalar(theirs) is None:
        raise Missing("there is no such account of yours")
    parts = (LearnedRule.expectation_id, LearnedRule.platform, LearnedRule.channel, LearnedRule.account_id)
    same = [part.is_not_distinct_from(getattr(rule, part.key)) for part in parts]
    there = db.session.scalar(sa.select(LearnedRule).where(LearnedRule.person_id == rule.person_id, *same).limit(1))
    if there is not None:
        there.acts = there.acts or rule.acts
        rule = there
    else:
        db.session.add(rule)
    db.session.flush()
    if rule.acts:
        _hide(rule, generations.written())
    return rule


def of(rule_id: int, person_id: int) -> LearnedRule:
    """One rule; raise Missing when it is not the person's."""
    query = sa.select(LearnedRule).where(LearnedRule.id == rule_id, LearnedRule.person_id == person_id)
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such rule of yours")
    return found


def forget(rule: LearnedRule) -> None:
    """Drop a rule: what it put aside waits again, unless another rule puts it aside."""
    turns.take({rule.person_id})
    mine = sa.and_(Evidence.person_id == rule.person_id, Evidence.hidden_by == rule.id)
    back = sa.update(Evidence).where(mine).values(verdict=None, hidden_by=None)
    db.session.execute(back, execution_options=_IN_BULK)
    person_id = rule.person_id
    db.session.delete(rule)
    db.session.flush()
    for other in _acting([person_id]):
        _hide(other, generations.written())


def apply(activity_ids: Collection[int], people: Collection[int], written: Sequence[int]) -> None:
    """Put aside what these people's rules speak of, among evidence that was just derived or is without a word again."""
    for rule in _acting(people):
        _hide(rule, written, activity_ids)


def _acting(people: Collection[int]) -> Sequence[LearnedRule]:
    query = sa.select(LearnedRule).where(LearnedRule.person_id.in_(people), LearnedRule.acts)
    return db.session.scalars(query.order_by(LearnedRule.id)).all() if people else ()


def _hide(rule: LearnedRule, written: Sequence[int], activity_ids: Collection[int] | None = None) -> None:
    one = Evidence
    here = [one.person_id == rule.person_id, one.generation_id.in_(written), one.verdict.is_(None)]
    here += [one.activity_id.in_(activity_ids)] if activity_ids is not None else []
    here += [one.expectation_id == rule.expectation_id] if rule.expectation_id is not None else []
    hidden = sa.update(one).where(*here, one.activity_id.in_(_spoken_of(rule)))
    db.session.execute(hidden.values(verdict=Word.REJECTED, hidden_by=rule.id), execution_options=_IN_BULK)


def _spoken_of(rule: LearnedRule) -> sa.Select[Any]:
    query = sa.select(ActivityRow.id)
    if rule.platform is not None:
        query = query.where(ActivityRow.platform == rule.platform)
    if rule.channel is not None:
        query = query.where(ActivityRow.channel == rule.channel)
    if rule.account_id is not None:
        brought = sa.select(Provenance.activity_id).where(Provenance.account_id == rule.account_id)
        query = query.where(ActivityRow.id.in_(brought))
    return query
