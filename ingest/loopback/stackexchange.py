"""Stack Exchange played on this machine: API 2.3 as far as our client and its tests ask of it.

Quota, keys, `backoff`, the rule of page 25 and the errors with their ids are the platform's; the answers are not
compressed, and nobody is banned.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from advocacy.domain.activity import Platform
from advocacy.domain.stack_sites import site_of
from ingest.loopback.server import Answer, Ask
from ingest.loopback.stackexchange_answers import Pen
from ingest.loopback.stackexchange_fields import DEFAULT, Fields, Filters, UnknownFilter, picked
from ingest.loopback.stackexchange_methods import METHODS, ApiError, Found, window
from ingest.loopback.stackexchange_site import SiteAt
from ingest.loopback.stackexchange_world import WorldSite
from ingest.loopback.world import World

_PATH = re.compile(r"(users|answers|questions|comments)/([^/]+)(?:/(answers|questions|comments))?")
_JSON = {"Content-Type": "application/json; charset=utf-8"}
WITH_KEY, WITHOUT = 10_000, 300


class StackExchange:
    """Answers for sites by host; `backoffs` says after which method how many seconds are to be waited."""

    def __init__(self, sites: Callable[[], Mapping[str, SiteAt]], keys: frozenset[str] = frozenset()) -> None:
        self._sites, self._keys, self.filters = sites, keys, Filters()
        self.backoffs: dict[str, float] = {}
        self.quota: int | None = None  #: requests a day, when a test wants fewer than the platform gives
        self.asked: list[str] = []  #: the method of every request that was answered
        self._used: Counter[tuple[object, str]] = Counter()
        self._shut: dict[str, datetime] = {}
        self.outage: Callable[[datetime], int | None] = lambda now: None

    def __call__(self, ask: Ask) -> Answer:
        """Answer one request."""
        if status := self.outage(ask.now):
            return Answer(status=status, body=b"<html>Stack Exchange is offline for maintenance</html>")
        fields = DEFAULT
        try:
            left = self._paid(ask)
            fields = self.filters.fields(ask.query.get("filter", "default"))
            method, found = self._found(ask, fields)
            wrapper = {**found, "quota_max": self._most(ask), "quota_remaining": left, **self._pause(method, ask.now)}
        except UnknownFilter as error:
            return _error(ApiError(400, "bad_parameter", str(error)))
        except ApiError as error:
            return _error(error)
        return Answer(body=json.dumps(picked("", wrapper, fields or DEFAULT)).encode(), headers=_JSON)

    def _found(self, ask: Ask, fields: Fields) -> tuple[str, Mapping[str, Any]]:
        path = ask.path.strip("/").removeprefix("2.3/")
        if path == "filters/create":
            self.asked.append(path)
            return path, {"items": [self.filters.make(ask.query)], "has_more": False}
        shape = _PATH.fullmatch(path)
        method = METHODS.get(f"{shape[1]}/{{}}" + (f"/{shape[3]}" if shape[3] else "")) if shape else None
        if shape is None or method is None:
            raise ApiError(404, "no_method", "this method does not exist")
        self._wait(method.name, ask.now)
        host, site = self._site(ask.query.get("site", ""))
        self.asked.append(method.name)
        seen = Found(site(ask.now), Pen(host, site(ask.now), fields))
        return method.name, window(method, seen, _ids(shape[2]), ask.query, bool(ask.query.get("key")))

    def _site(self, name: str) -> tuple[str, SiteAt]:
        if not name:
            raise ApiError(400, "bad_parameter", "site is required")
        for host, site in self._sites().items():
            if name in (host, site_of(host)):
                return host, site
        raise ApiError(400, "bad_parameter", f"No site found for name `{name}`")

    def _most(self, ask: Ask) -> int:
        return self.quota if self.quota is not None else WITH_KEY if ask.query.get("key") else WITHOUT

    def _paid(self, ask: Ask) -> int:
        """Count the request against the day's quota; what is left of it."""
        key = ask.query.get("key", "")
        if key and key not in self._keys:
            raise ApiError(400, "bad_parameter", "`key` doesn't match a known application")
        day = (ask.now.astimezone(UTC).date(), key)
        if self._used[day] >= self._most(ask):
            tomorrow = datetime.combine(ask.now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
            _throttle(int((tomorrow - ask.now).total_seconds()))
        self._used[day] += 1
        return self._most(ask) - self._used[day]

    def _wait(self, method: str, now: datetime) -> None:
        if method in self._shut and now < self._shut[method]:
            _throttle(max(int((self._shut[method] - now).total_seconds()), 1))

    def _pause(self, method: str, now: datetime) -> dict[str, float]:
        if method not in self.backoffs:
            return {}
        self._shut[method] = now + timedelta(seconds=self.backoffs[method])
        return {"backoff": self.backoffs[method]}


def of_world(world: World, keys: frozenset[str] = frozenset()) -> StackExchange:
    """The network of the loopback world: every site that somebody there is a member of."""

    def sites() -> Mapping[str, SiteAt]:
        hosts = {handle.partition("/")[0] for platform, handle in world.members if platform is Platform.STACKEXCHANGE}
        return {host: _at(world, host) for host in sorted(hosts)}

    made = StackExchange(sites, keys)
    made.outage = lambda now: getattr(world.outage(Platform.STACKEXCHANGE, now), "status", None)
    return made


def _at(world: World, host: str) -> SiteAt:
    return lambda now: WorldSite(world, host, now)


def _ids(words: str) -> list[int]:
    parts = words.split(";")
    if len(parts) > 100:
        raise ApiError(400, "bad_parameter", "ids")
    if not all(part.isdecimal() for part in parts):
        raise ApiError(404, "no_method", "this method cannot be called with non-numeric ids")
    return [int(part) for part in parts]


def _throttle(seconds: int) -> None:
    text = f"too many requests from this IP, more requests available in {seconds} seconds"
    raise ApiError(502, "throttle_violation", text)


def _error(error: ApiError) -> Answer:
    body = {"error_id": error.id, "error_message": str(error), "error_name": error.name}
    return Answer(status=400, body=json.dumps(body).encode(), headers=_JSON)
