"""Platforms as an operator has them: ready or not, and the month's money.

A platform is not ready when its source could not be made (an option is missing: nobody asks it) or when it refused us
while we asked (its keys, its plan, the month's money): then one batch a day asks again, and what works is ready.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Platform
from advocacy.domain.outage import APIS, HANDLES
from advocacy.models import hosts
from advocacy.models.accounts import Subscription
from advocacy.models.base import Base, db
from advocacy.models.upsert import insert_new

PROBE = timedelta(days=1)  #: between two tries at a platform that refused us
_UNSEEN = {"synchronize_session": False}


class PlatformState(Base):
    """Whether a platform can be read at all, as its source said last: its keys, its plan."""

    __tablename__ = "platform_state"

    platform: Mapped[Platform] = mapped_column(primary_key=True)
    is_ready: Mapped[bool]
    message: Mapped[str] = mapped_column(default="")  #: why not, and how to mend it
    since: Mapped[datetime]
    probe_at: Mapped[datetime | None]  #: it refused us, and one batch may ask again then; None: nobody asks


class Spend(Base):
    """What a platform cost in a calendar month of UTC, what is reserved for requests under way included."""

    __tablename__ = "spend"

    platform: Mapped[Platform] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  #: its first day
    micros: Mapped[int] = mapped_column(sa.BigInteger, default=0)  #: millionths of a US dollar


@dataclass(frozen=True, slots=True, kw_only=True)
class Unready:
    """A platform that cannot be read, since when and why; `addresses` is how many wait for it."""

    platform: Platform
    message: str
    since: datetime
    addresses: int


def is_closed(platform: Any, now: datetime) -> sa.ColumnElement[bool]:
    """That nobody may ask a platform now, for a query: it refused us and is not yet to be probed, or wants a rest."""
    one = PlatformState
    waits = sa.or_(one.probe_at.is_(None), one.probe_at > now)
    refused = platform.in_(sa.select(one.platform).where(one.is_ready.is_(False), waits))
    shut = (sa.and_(platform == known, hosts.is_shut(api, now)) for known, api in APIS.items() if known not in HANDLES)
    return sa.or_(refused, *shut)


def to_probe(now: datetime) -> frozenset[Platform]:
    """The platforms that refused us and may be asked again by one batch."""
    one = PlatformState
    return frozenset(db.session.scalars(sa.select(one.platform).where(one.is_ready.is_(False), one.probe_at <= now)))


def take_probe(platform: Platform, now: datetime) -> bool:
    """Whether it is ours to ask, now, a platform that refused us; the next one asks in a day."""
    return _change({"probe_at": now + PROBE}, _probes(platform), PlatformState.probe_at <= now)


def probe_at(moment: datetime, *platforms: Platform) -> None:
    """Let one batch ask these platforms then, as far as they refused us."""
    for platform in platforms:
        _change({"probe_at": moment}, _probes(platform))


def refuse(platform: Platform, message: str, now: datetime, again: datetime | None = None) -> bool:
    """It refused us while we asked: nobody but a daily probe, not later than `again`, asks it; whether that is news."""
    probe = min(now + PROBE, again or now + PROBE)
    return _not_ready(platform, {"message": message, "probe_at": probe}, now)


def works(platform: Platform, now: datetime) -> bool:
    """It answers again; whether that is news."""
    ready = {"is_ready": True, "message": "", "since": now, "probe_at": None}
    return _change(ready, _probes(platform))


def note(ready: Mapping[Platform, object], unready: Mapping[Platform, str], now: datetime) -> None:
    """Write down which sources could be made, and of the others why not; a refusal stands until a probe works."""
    known = {one.platform: one for one in db.session.scalars(sa.select(PlatformState))}
    fresh = [platform for platform in ready if platform not in known]
    insert_new(PlatformState, [{"platform": one, "is_ready": True, "since": now, "probe_at": None} for one in fresh])
    for platform in known.keys() & ready.keys():
        if not known[platform].is_ready and known[platform].probe_at is None:
            _change({"is_ready": True, "message": "", "since": now}, _is(platform))
    for platform, message in unready.items():
        if platform not in known or (known[platform].message, known[platform].probe_at) != (message, None):
            _not_ready(platform, {"message": message, "probe_at": None}, now)


def unready() -> list[Unready]:
    """The platforms that cannot be read, by name."""
    one, sub = PlatformState, Subscription
    waiting = sa.select(sa.func.count()).where(sub.platform == one.platform, sub.next_due.is_not(None))
    query = sa.select(one.platform, one.message, one.since, waiting.correlate(one).scalar_subquery().label("addresses"))
    rows = db.session.execute(query.where(one.is_ready.is_(False)).order_by(one.platform))
    return [Unready(**row._mapping) for row in rows]


def spent(month: date) -> dict[Platform, float]:
    """What each platform cost in the month of a day, in US dollars."""
    query = sa.select(Spend.platform, Spend.micros).where(Spend.month == month.replace(day=1))
    return {platform: micros / 1e6 for platform, micros in db.session.execute(query)}


def _probes(platform: Platform) -> sa.ColumnElement[bool]:
    one = PlatformState
    return sa.and_(one.platform == platform, one.is_ready.is_(False), one.probe_at.is_not(None))


def _not_ready(platform: Platform, values: Mapping[str, Any], now: datetime) -> bool:
    insert_new(PlatformState, [{"platform": platform, "is_ready": True, "since": now, "probe_at": None}])
    turned = _change({"is_ready": False, "since": now, **values}, _is(platform), PlatformState.is_ready.is_(True))
    if not turned:
        _change(values, _is(platform))
    return turned


def _is(platform: Platform) -> sa.ColumnElement[bool]:
    return PlatformState.platform == platform


def _change(values: Mapping[str, Any], *where: sa.ColumnElement[bool]) -> bool:
    changed = sa.update(PlatformState).where(*where).values(values).returning(PlatformState.platform)
    return bool(db.session.execute(changed, execution_options=_UNSEEN).all())
