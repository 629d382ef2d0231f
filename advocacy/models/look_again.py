"""Second looks in the tables: which platforms are left alone for now, what looks came to, and what becomes due."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Platform
from advocacy.domain.second_looks import FOLLOWED, next_look
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Base, db
from advocacy.models.evidence import Verdict
from advocacy.models.upsert import dialect_insert
from advocacy.models.words import Visibility, Word

FIGURES = ("requests", "bytes", "cost_usd", "asked", "seen", "changed", "deleted", "dropped")


class LookState(Base):
    """Until when nothing of a platform is looked at again, and why."""

    __tablename__ = "look_state"

    platform: Mapped[Platform] = mapped_column(primary_key=True)
    held_until: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(default="")


class LookRecord(Base):
    """What the second looks of one run at one platform came to."""

    __tablename__ = "look_record"

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    platform: Mapped[Platform] = mapped_column(primary_key=True)
    requests: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    cost_usd: Mapped[float] = mapped_column(default=0.0)
    asked: Mapped[int] = mapped_column(default=0)  #: items asked about
    seen: Mapped[int] = mapped_column(default=0)  #: items that were shown: what a paid platform is paid for
    changed: Mapped[int] = mapped_column(default=0)
    deleted: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0)  #: hidden or withheld for now
    message: Mapped[str] = mapped_column(default="")  #: why it was broken off


def hold(platform: Platform, until: datetime, message: str) -> None:
    """Leave a platform's items alone until then, and say why."""
    insert = dialect_insert(db.engine.dialect.name)(LookState.__table__)
    values = {"held_until": until, "message": message}
    db.session.execute(
        insert.values(platform=platform, **values).on_conflict_do_update(index_elements=["platform"], set_=values)
    )


def lift(platform: Platform) -> None:
    """It answered: nothing is wrong any more."""
    wrong = sa.and_(LookState.platform == platform, LookState.held_until.is_not(None))
    db.session.execute(sa.update(LookState).where(wrong).values(held_until=None, message=""))


def held(now: datetime) -> set[Platform]:
    """The platforms whose items are left alone now."""
    return set(db.session.scalars(sa.select(LookState.platform).where(LookState.held_until > now)))


def tell(run_id: int, platform: Platform, figures: Mapping[str, float], message: str = "") -> None:
    """Add figures to the record of a run's looks at a platform, in the transaction under way."""
    one = LookRecord.metadata.tables["look_record"]
    told = {name: figures.get(name, 0) for name in FIGURES} | {"message": message}
    more = {name: one.c[name] + told[name] for name in FIGURES} | ({"message": message} if message else {})
    insert = dialect_insert(db.engine.dialect.name)(one).values(run_id=run_id, platform=platform, **told)
    db.session.execute(insert.on_conflict_do_update(index_elements=["run_id", "platform"], set_=more))


def wanted_on(activity_ids: Collection[int]) -> set[int]:
    """Those of the activities that somebody confirmed as evidence or released, or whose text is to come back."""
    one, mine, said = ActivityRow, ActivityPerson, Verdict
    released = sa.select(mine.activity_id).where(
        mine.activity_id.in_(activity_ids), mine.visibility != Visibility.PRIVATE
    )
    in_force = sa.and_(said.word == Word.CONFIRMED, said.superseded_at.is_(None))
    confirmed = sa.select(said.activity_id).where(said.activity_id.in_(activity_ids), in_force)
    dropped = sa.select(one.id).where(one.id.in_(activity_ids), one.dropped_at.is_not(None))
    return set(db.session.scalars(sa.union(released, confirmed, dropped)))


def follow(activity: ActivityRow, now: datetime) -> None:
    """Somebody confirmed or released an item: where that is a reason to look at it again, it becomes due in its month.

    What is on the list already stays where it stands; what was typed by hand is nowhere to be looked at.
    """
    if activity.look_at is not None or activity.deleted_at is not None or activity.platform not in FOLLOWED:
        return
    if db.session.scalar(sa.select(sa.exists().where(Provenance.activity_id == activity.id))):
        seen = activity.looked_at or activity.first_seen_at
        activity.look_at = next_look(activity.platform, activity.at, min(seen, now), keeps=True)
