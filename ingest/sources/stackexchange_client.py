"""One request at a time to the API 2.3: paced as it asks, paid for, and never sent while it wants to be left alone."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlencode

from advocacy.domain.retry_after import LATEST
from ingest.fetch import FetchError, Forbidden, Http, Response
from ingest.source import Cost, Misconfigured, SourceError, TryLater
from ingest.sources.stackexchange_errors import NoFilter, failure, midnight
from ingest.sources.stackexchange_filters import ASKED, line
from ingest.sources.stackexchange_json import Item, inner, number, parsed, seconds, words

AT_ONCE = 100
"""Ids that one request can name, and items that one answer can hold."""

USUAL = timedelta(hours=1)
"""How often an address is visited that tells no wish of its own."""

SLACK = 1.25  #: how far ahead of the day the quota may run before visits are made rarer

EVERYTHING = ""
_CREATE = "filters/create"


class Items(NamedTuple):
    """What a request brought, and whether there is more behind it."""

    items: list[object]
    more: bool


@dataclass(slots=True)
class Limits:
    """What all visits share: which method is to be left alone until when, and the filters that were made."""

    until: dict[str, datetime] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    quota: int = 0  #: requests that a day has
    left: int = 0  #: of them, what was left when the API last told
    making: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """The API for the length of one visit that began at `now`."""

    def __init__(self, http: Http, base: str, key: str, limits: Limits, now: datetime) -> None:
        self._http, self._base, self._key, self._limits = http, base, key, limits
        self.now, self._began = now, time.monotonic()
        self._cost = Cost()
        self._theirs: datetime | None = None

    @property
    def begun(self) -> datetime:
        """When the visit began, by their clock where ours is ahead of it: nothing later can have been read."""
        return self.now if self._theirs is None else min(self.now, self._theirs)

    def taken(self) -> Cost:
        """What was spent since this was last asked."""
        spent, self._cost = self._cost, Cost()
        return spent

    def filter_lines(self) -> list[str]:
        """The filters in use, as a cursor remembers them."""
        return sorted(line(name, identity) for name, identity in self._limits.filters.items())

    def recall(self, filters: dict[str, str]) -> None:
        """Use filters that a cursor remembers, where we have made none ourselves."""
        self._limits.filters = filters | self._limits.filters

    def of_ids(self, method: str, ids: Iterable[int], site: str, fields: str, **params: object) -> Items:
        """Ask a method about up to 100 ids (`users/{}/answers`); `fields` names a filter."""
        path = method.format(";".join(map(str, ids)))
        given = {"site": site, "pagesize": AT_ONCE, **params}
        try:
            return self._ask(method, path, {**given, "filter": self._filter(fields)})
        except NoFilter:
            self._limits.filters.pop(fields, None)
            return self._ask(method, path, {**given, "filter": self._filter(fields)})

    def _filter(self, name: str) -> str:
        with self._limits.making:
            if name not in self._limits.filters:
                made = self._ask(_CREATE, _CREATE, dict(ASKED[name])).items
                identity = words(inner(made[0]).get("filter")) if made else ""
                if not identity:
                    raise TryLater("the Stack Exchange API makes no filter for us", cost=self.taken())
                self._limits.filters[name] = identity
            return self._limits.filters[name]

    def _ask(self, method: str, path: str, params: dict[str, object]) -> Items:
        self._wait_for(method)
        query = urlencode({**params, "key": self._key} if self._key else params)
        try:
            answer = self._http.send("GET", f"{self._base}/2.3/{path}?{query}", {"Accept": "application/json"})
        except FetchError as error:
            self._pay(error)
            raise self._on_the_way(error) from error
        self._pay(answer)
        self._theirs = self._theirs or _date(answer)
        said = _object(answer)
        if failed := failure(answer, said, self.moment()):
            if isinstance(failed, TryLater) and failed.ours and failed.at:
                self._limits.until[EVERYTHING] = failed.at
            if not isinstance(failed, NoFilter):
                failed.cost = self.taken()
            raise failed
        assert said is not None
        self._note(method, said)
        return Items(said["items"], said.get("has_more") is True)

    def moment(self) -> datetime:
        """What time it is: the visit's begin and what went by since."""
        return self.now + timedelta(seconds=time.monotonic() - self._began)

    def wish(self) -> datetime | None:
        """When to come again, if not as usual: a quota that is used up too early in the day is stretched over it."""
        day = (midnight(self.moment()) - self.moment()) / timedelta(days=1)
        if not self._limits.left or self._limits.quota * day <= self._limits.left * SLACK:
            return None
        return self.moment() + min(USUAL * (self._limits.quota * day / self._limits.left), LATEST)

    def _wait_for(self, method: str) -> None:
        """Raise TryLater while the method, or everything, is to be left alone: nobody sleeps here."""
        until = max(
            (self._limits.until[name] for name in (method, EVERYTHING) if name in self._limits.until), default=None
        )
        if until is not None and self.moment() < until:
            raise TryLater(
                "the Stack Exchange API asked to be left alone for a while", at=until, ours=True, cost=self.taken()
            )

    def _note(self, method: str, said: Item) -> None:
        """Remember a `backoff`, which may come with a good answer, and a quota that is used up."""
        if wait := seconds(said.get("backoff")):
            self._limits.until[method] = self.moment() + min(timedelta(seconds=wait), LATEST)
        self._limits.quota = number(said.get("quota_max")) or self._limits.quota
        left = number(said.get("quota_remaining"))
        self._limits.left = left if left is not None and left > 0 else 0
        if left == 0:
            self._limits.until[EVERYTHING] = midnight(self.moment())

    def _pay(self, bill: Response | FetchError) -> None:
        self._cost += Cost(requests=bill.requests, bytes=bill.bytes)

    def _on_the_way(self, error: FetchError) -> SourceError:
        if isinstance(error, Forbidden):
            return Misconfigured(f"the Stack Exchange API cannot be asked: {error}", cost=self.taken())
        return TryLater(str(error), cost=self.taken(), unreachable=True)


def _date(answer: Response) -> datetime | None:
    """What time it was there when it answered."""
    try:
        at = parsedate_to_datetime(answer.headers.get("date", ""))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _object(answer: Response) -> Item | None:
    try:
        said = parsed(answer.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
