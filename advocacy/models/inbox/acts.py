"""What was done in the inbox, in steps that can each be taken back whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models import learned, snoozes, turns, verdicts
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Base, Missing, db
from advocacy.models.evidence import Verdict
from advocacy.models.learned import LearnedRule
from advocacy.models.words import Word

KEPT = timedelta(days=30)  #: for so long a step can be taken back


class Deed(StrEnum):
    """What a step did."""

    CONFIRMED = "confirmed"
    REMAPPED = "remapped"
    REJECTED = "rejected"
    SNOOZED = "snoozed"
    LEARNED = "learned"
    STILL_RIGHT = "still_right"
    TAKEN_BACK = "taken_back"


class Act(Base):
    """One step: a key or a button, however many items it spoke of."""

    __tablename__ = "act"
    __table_args__ = (sa.Index(None, "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    deed: Mapped[str] = mapped_column(sa.String(24))
    items: Mapped[int]  #: how many activities it spoke of
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("learned_rule.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ActItem(Base):
    """One thing that a step did: a word that it said, or an activity that it put off."""

    __tablename__ = "act_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    verdict_id: Mapped[int | None] = mapped_column(sa.ForeignKey("verdict.id", ondelete="CASCADE"), index=True)
    until: Mapped[date | None]  #: until when it had been put off before


Said = tuple[int, int, Word | None]
"""Activity, sentence, and the word on it."""


def say(person_id: int, deed: Deed, said: Sequence[Said], now: datetime, reason: str = "") -> Act:
    """Say a word on each of these, as one step; raise Missing when one is not the person's."""
    ids = {activity for activity, _, _ in said}
    act = _begin(person_id, deed, len(ids), now)
    _lock(ids)
    for activity_id, expectation_id, word in said:
        verdicts.decide(
            person_id=person_id,
            activity_id=activity_id,
            expectation_id=expectation_id,
            word=word,
            by=person_id,
            now=now,
            reason=reason,
        )
        db.session.flush()
        written = verdicts.in_force(person_id, activity_id, expectation_id)
        db.session.add(ActItem(act_id=act.id, activity_id=activity_id, verdict_id=written.id))
    db.session.flush()
    return act


def snooze(person_id: int, activity_ids: Iterable[int], until: date, now: datetime) -> Act:
    """Put these off until a day, as one step."""
    ids = sorted(set(activity_ids))
    before: Mapping[int, date] = snoozes.of(person_id, ids)
    act = _begin(person_id, Deed.SNOOZED, len(ids), now)
    snoozes.put(person_id, dict.fromkeys(ids, until))
    db.session.add_all(ActItem(act_id=act.id, activity_id=number, until=before.get(number)) for number in ids)
    db.session.flush()
    return act


def learn(rule: LearnedRule, now: datetime) -> Act:
    """Keep a rule, as one step."""
    kept = learned.keep(rule)
    act = _begin(kept.person_id, Deed.LEARNED, 0, now)
    act.rule_id = kept.id
    db.session.flush()
    return act


def of(act_id: int, person_id: int) -> Act:
    """One step; raise Missing when it is not the person's."""
    act = db.session.scalar(sa.select(Act).where(Act.id == act_id, Act.person_id == person_id).with_for_update())
    if act is None:
        raise Missing("there is no such step of yours")
    return act


def undo(act: Act, now: datetime) -> list[int]:
    """Take a step back: everything stands as before, save what was said of it again since; which activities."""
    if act.undone_at is not None:
        return []
    act.undone_at = now
    turns.take({act.person_id})
    items = db.session.scalars(sa.select(ActItem).where(ActItem.act_id == act.id).order_by(ActItem.id.desc())).all()
    _lock({item.activity_id for item in items})
    for item in items:
        if item.verdict_id is not None:
            verdicts.restore(db.session.get_one(Verdict, item.verdict_id), now)
    if act.deed == Deed.SNOOZED:
        snoozes.put(act.person_id, {item.activity_id: item.until for item in items})
    if act.rule_id is not None:
        learned.forget(learned.of(act.rule_id, act.person_id))
    db.session.flush()
    return list(dict.fromkeys(item.activity_id for item in reversed(items)))


def _lock(activity_ids: Collection[int]) -> None:
    """In the order of the hashes, as everybody writes activities, so that nobody waits in a circle."""
    query = sa.select(ActivityRow.id).where(ActivityRow.id.in_(activity_ids)).order_by(ActivityRow.ref_hash)
    db.session.execute(query.with_for_update()).all()


def _begin(person_id: int, deed: Deed, items: int, now: datetime) -> Act:
    turns.take({person_id})
    old = sa.delete(Act).where(Act.person_id == person_id, Act.at < now - KEPT)
    db.session.execute(old, execution_options={"synchronize_session": False})
    act = Act(person_id=person_id, deed=deed, items=items, at=now)
    db.session.add(act)
    db.session.flush()
    return act
