"""What all workers know of the hosts that addresses stand on, so that one's trouble is not met a thousand times."""

from dataclasses import asdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain import outage
from advocacy.domain.outage import MANY, HostNews
from advocacy.models import bulk
from advocacy.models.base import Base, db

FRESH = timedelta(seconds=30)  #: an answer this young need not be written again


class Host(Base):
    """One host: whether it answers, and until when it is left alone."""

    __tablename__ = "host"

    name: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    answered: Mapped[datetime | None] = mapped_column(index=True)
    since: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_last: Mapped[int | None]
    shut_until: Mapped[datetime | None]


_COLUMNS = ("answered", "since", "failures", "failed_last", "shut_until")


def is_shut(name: sa.orm.InstrumentedAttribute[str] | str, now: datetime) -> sa.ColumnElement[bool]:
    """That the host of this name is left alone now, for a query."""
    return sa.exists().where(Host.name == name, Host.shut_until > now)


def note_answer(name: str, now: datetime, later: datetime | None = None) -> None:
    """It spoke; a row that says so already is left as it is."""
    if not name:
        return
    old = _news(name)
    quiet = old.since is None and old.shut_until is None and later is None
    if quiet and old.answered is not None and timedelta() <= now - old.answered < FRESH:
        return
    _write(outage.answered(old, now, later))


def note_silence(name: str, subscription_id: int, now: datetime) -> bool:
    """It could not be reached; whether that may be counted as the address's failure."""
    if not name:
        return True
    new = outage.unreachable(_news(name, lock=True), subscription_id, now)
    _write(new)
    elsewhere = db.session.scalar(sa.select(sa.func.max(Host.answered)).where(Host.name != name))
    return outage.is_its_own(new, elsewhere, _how_many())


def offline_since() -> datetime | None:
    """Since when we seem to be offline ourselves; None when we are not. One query, for every page that asks."""
    last = sa.select(sa.func.max(Host.answered)).scalar_subquery()
    silent = sa.select(Host.name, Host.since, last).where(sa.or_(last.is_(None), Host.since > last))
    rows = db.session.execute(silent.where(Host.since.is_not(None))).all()
    known = [HostNews(name=name, since=since) for name, since, _ in rows]
    return outage.offline_since([*known, *(HostNews(name="", answered=answered) for *_, answered in rows[:1])])


def _news(name: str, *, lock: bool = False) -> HostNews:
    query = sa.select(*(getattr(Host, column) for column in _COLUMNS)).where(Host.name == name)
    row = db.session.execute(query.with_for_update() if lock else query).one_or_none()
    return HostNews(name=name) if row is None else HostNews(name=name, **row._mapping)


def _write(news: HostNews) -> None:
    row = asdict(news)
    bulk.upsert(Host, ("name", *_COLUMNS), [[row[name] for name in ("name", *_COLUMNS)]], ("name",), _COLUMNS)


def _how_many() -> int:
    """How many hosts were ever asked, up to as many as matter."""
    some = sa.select(Host.name).limit(MANY).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0
