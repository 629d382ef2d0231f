"""The money that one platform may cost in a month: set aside before a request is made, put back when it cost less.

What a worker had set aside when it was killed stays counted, for its request may have been paid: the budget is a
promise never to be broken, and a little of it may stay unspent. Each step is a transaction of its own, on a connection
of its own: whoever asks a platform has none under way.
"""

import math
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.platform_names import PLATFORM_NAMES
from advocacy.models.base import db
from advocacy.models.platforms import Spend
from advocacy.models.upsert import dialect_insert
from ingest.source import Misconfigured, TryLater

OPTION = "monthly_budget_usd"
DEFAULT: Mapping[Platform, float] = {Platform.X: 20.0}
"""US dollars a month, by platform that costs money: by the prices of 2026 what ten busy people post, a few dollars, and
the history of one or two of them. Little enough to be no shock for somebody who only set a key."""


class Spent(TryLater):
    """The month's money is spent: nobody asks the platform until there is some again."""


class MonthlyPurse:
    """A budget for each calendar month of UTC that no number of workers can exceed; threads may share one."""

    def __init__(self, platform: Platform, budget: float, clock: Callable[[], datetime]) -> None:
        self.platform, self.budget = platform, budget
        self._clock, self._mine = clock, threading.local()

    def reserve(self, usd: float) -> None:
        """Set aside the most that a request may cost; raise Spent when the month has not so much left."""
        month, micros = self._clock().astimezone(UTC).date().replace(day=1), _micros(usd)
        with db.engine.begin() as connection:
            taken = self._take(connection, month, micros)
            spent = None if taken else connection.scalar(sa.select(Spend.micros).where(*self._row(month)))
        if not taken:
            raise Spent(self._words(usd, (spent or 0) / 1e6, month), at=_next(month), ours=True)
        self._mine.month = month

    def settle(self, reserved: float, spent: float) -> None:
        """Put back, in the month that it was taken from, what a request did not cost after all."""
        if (back := _micros(reserved) - _micros(spent)) == 0:
            return
        month = getattr(self._mine, "month", None) or self._clock().astimezone(UTC).date().replace(day=1)
        left = sa.case((Spend.micros > back, Spend.micros - back), else_=0)
        with db.engine.begin() as connection:
            connection.execute(sa.update(Spend.__table__).where(*self._row(month)).values(micros=left))  # type: ignore[arg-type]

    def _take(self, connection: sa.Connection, month: date, micros: int) -> bool:
        """The condition and the change are one statement: of many workers at once some find too little left."""
        table = Spend.metadata.tables["spend"]
        enough = Spend.micros + micros <= _micros(self.budget)
        take = sa.update(table).where(*self._row(month), enough).values(micros=Spend.micros + micros)
        if connection.execute(take).rowcount:
            return True
        first = dialect_insert(connection.dialect.name)(table).values(platform=self.platform, month=month, micros=0)
        connection.execute(first.on_conflict_do_nothing())
        return bool(connection.execute(take).rowcount)

    def _row(self, month: date) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        return Spend.platform == self.platform, Spend.month == month

    def _words(self, usd: float, spent: float, month: date) -> str:
        setting = f"ADVOCACY_{self.platform}__{OPTION}".upper()
        return (
            f"of the {self.budget:.2f} USD for {PLATFORM_NAMES[self.platform]} in {month:%B} {spent:.2f} are spent, and"
            f" the next request may cost {usd:.2f}: it is read again from {_next(month):%-d %B} on. A higher {setting}"
            " lets it go on now, and an import of people's own archives closes the gap"
        )


def budget_of(platform: Platform, config: Mapping[str, str]) -> float | None:
    """What an operator lets a platform cost in a month, in US dollars; None for one that costs nothing."""
    if platform not in DEFAULT:
        return None
    words = config.get(OPTION, "")
    try:
        budget = float(words or DEFAULT[platform])
    except ValueError:
        budget = math.nan
    if not 0 <= budget < 1e9:
        name = f"ADVOCACY_{platform}__{OPTION}".upper()
        raise Misconfigured(f"{name} must be an amount of US dollars like {DEFAULT[platform]:g}, not {words!r}")
    return budget


def _micros(usd: float) -> int:
    """Rounded up, but not for what a float adds by itself."""
    return math.ceil(round(usd * 1e6, 3))


def _next(month: date) -> datetime:
    return datetime.combine((month + timedelta(days=31)).replace(day=1), time(), UTC)
