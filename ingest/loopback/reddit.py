"""Plays Reddit's API for its own library: token, profiles, communities, single things, trees, limits."""

import base64
import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.reddit_shapes import Shapes, channel, listing, name, page
from ingest.loopback.server import Answer, Ask
from ingest.loopback.world import Member, Message, World

CEILING = 1000  #: things that a listing shows at all
MOST = 100  #: things on a page
WINDOW = timedelta(minutes=10)
TOKEN = "loopback-token"

_KINDS = {"overview": (Kind.POST, Kind.REPLY), "submitted": (Kind.POST,), "comments": (Kind.REPLY,)}


class Reddit:
    """One handler for `Platforms`; `per_window` requests are allowed in ten minutes of the played time.

    `asked` counts the requests by what was asked for: `token`, `user`, `about`, `community`, `info`, `tree`.
    """

    def __init__(self, world: World, seed: int = 0, per_window: int = 1000, key: tuple[str, str] | None = None) -> None:
        self._world, self._key = world, key
        self.per_window = per_window
        self._shapes = Shapes(world, seed)
        self._lock = threading.Lock()
        self._window, self._used = datetime.min.replace(tzinfo=UTC), 0
        self._shelves: tuple[int, dict[str, list[Message]]] = (-1, {})
        self.asked: dict[str, int] = {}

    def __call__(self, ask: Ask) -> Answer:
        """Answer one request as Reddit would."""
        if outage := self._world.outage(Platform.REDDIT, ask.now):
            return Answer(status=outage.status, body=b"<html>our CDN was unable to reach our servers</html>")
        left, headers = self._count(ask.now)
        if left < 0:
            return _refused(429, "Too Many Requests", {**headers, "retry-after": headers["x-ratelimit-reset"]})
        path = ask.path.removesuffix(".json").strip("/").split("/")
        if path == ["api", "v1", "access_token"]:
            return self._token(ask, headers)
        if ask.headers.get("authorization", "").lower() != f"bearer {TOKEN}":
            return _refused(401, "Unauthorized", {**headers, "www-authenticate": _BEARER})
        found = self._found(path, ask)
        return found if isinstance(found, Answer) else _json(found, headers)

    def _count(self, now: datetime) -> tuple[int, dict[str, str]]:
        """Count one request in this window: how many are left, and how the headers tell it."""
        with self._lock:
            start = datetime.fromtimestamp(
                now.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds(), now.tzinfo
            )
            self._used = self._used + 1 if start == self._window else 1
            self._window = start
            left = self.per_window - self._used
        reset = int((start + WINDOW - now).total_seconds())
        told = {
            "x-ratelimit-used": self._used,
            "x-ratelimit-remaining": float(max(left, 0)),
            "x-ratelimit-reset": reset,
        }
        return left, {name: str(value) for name, value in told.items()}

    def _token(self, ask: Ask, headers: Mapping[str, str]) -> Answer:
        self._note("token")
        if self._key is not None and ask.headers.get("authorization", "") != _basic(self._key):
            return _refused(401, "Unauthorized", headers)
        if ask.method != "POST" or ask.form.get("grant_type") != "client_credentials":
            return _json({"error": "unsupported_grant_type"}, headers)
        return _json({"access_token": TOKEN, "token_type": "bearer", "expires_in": 86400, "scope": "*"}, headers)

    def _found(self, path: Sequence[str], ask: Ask) -> Any:
        match path:
            case ["user" | "u", handle, "about"]:
                self._note("about")
                return self._about(handle, ask.now)
            case ["user" | "u", handle, *what] if not what or (len(what) == 1 and what[0] in _KINDS):
                self._note("user")
                return self._of_person(handle, what[0] if what else "overview", ask)
            case ["r", communities, ("comments" | "new") as what]:
                self._note("community")
                return self._of_communities(communities, what, ask)
            case ["api", "info"]:
                self._note("info")
                return self._info(ask)
            case ["comments", post, *_]:
                self._note("tree")
                return self._tree(post, ask.now)
        return _refused(404, "Not Found")

    def _note(self, what: str) -> None:
        with self._lock:
            self.asked[what] = self.asked.get(what, 0) + 1

    def _member(self, handle: str) -> Member | None:
        return self._handles().get(handle.lower())

    def _handles(self) -> dict[str, Member]:
        return {one.handle.lower(): one for (where, _), one in self._world.members.items() if where is Platform.REDDIT}

    def _about(self, handle: str, now: datetime) -> Any:
        member = self._member(handle)
        if member is None or _is_past(member.left_at, now):
            return _refused(404, "Not Found")
        if _is_past(member.suspended_from, now):
            return {"kind": "t2", "data": {"name": member.handle, "is_suspended": True}}
        return self._shapes.profile(member, now)

    def _of_person(self, handle: str, what: str, ask: Ask) -> Any:
        member = self._member(handle)
        if member is None or _is_past(member.left_at, ask.now):
            return _refused(404, "Not Found")
        if _is_past(member.suspended_from, ask.now):
            return _refused(403, "Forbidden")
        if _is_past(member.hidden_from, ask.now):
            return listing([])
        said = self._world.by(Platform.REDDIT, member.handle, ask.now)
        return self._page([one for one in said if one.kind in _KINDS[what]], ask)

    def _of_communities(self, communities: str, what: str, ask: Ask) -> Any:
        wanted = {one.lower() for one in communities.split("+")}
        kind = Kind.REPLY if what == "comments" else Kind.POST
        shelves = self._shelved()
        if not wanted & shelves.keys():
            return Answer(status=302, headers={"location": "https://www.reddit.com/subreddits/search?q=nothing"})
        there = [one for shelf in wanted for one in shelves.get(shelf, ()) if one.kind is kind and one.exists(ask.now)]
        return self._page(sorted(there, key=lambda one: (one.at, one.id), reverse=True), ask)

    def _shelved(self) -> dict[str, list[Message]]:
        """The messages by community, sorted anew only when there are more."""
        number, shelves = self._shelves
        if number != len(self._world.messages):
            shelves = {}
            for (where, _), one in list(self._world.messages.items()):
                if where is Platform.REDDIT:
                    shelves.setdefault(channel(one).lower(), []).append(one)
            self._shelves = len(self._world.messages), shelves
        return shelves

    def _page(self, messages: Sequence[Message], ask: Ask) -> Any:
        limit = min(_whole(ask.query.get("limit", ""), 25), MOST)
        after, before = ask.query.get("after", ""), ask.query.get("before", "")
        return page(messages[:CEILING], lambda one: self._shapes.thing(one, ask.now), limit, after, before)

    def _info(self, ask: Ask) -> Any:
        """Things by name, deleted ones as what is left of them; what never was is left out."""
        wanted = ask.query.get("id", "").split(",")[:MOST]
        there = [self._world.messages.get((Platform.REDDIT, one[3:])) for one in wanted]
        known = [one for asked, one in zip(wanted, there, strict=True) if one is not None and name(one) == asked]
        return listing(self._shapes.thing(one, ask.now, is_bare=True) for one in known if one.at <= ask.now)

    def _tree(self, post: str, now: datetime) -> Any:
        found = self._world.messages.get((Platform.REDDIT, post))
        if found is None or found.kind is Kind.REPLY or found.at > now:
            return _refused(404, "Not Found")
        return self._shapes.tree(found, now)


_BEARER = 'Bearer realm="reddit", error="invalid_token"'


def _basic(key: tuple[str, str]) -> str:

    return f"Basic {base64.b64encode(':'.join(key).encode()).decode()}"


def _json(payload: Any, headers: Mapping[str, str]) -> Answer:
    kind = {"Content-Type": "application/json; charset=UTF-8"}
    return Answer(body=json.dumps(payload).encode(), headers={**kind, **headers})


def _refused(status: int, message: str, headers: Mapping[str, str] = {}) -> Answer:
    body = json.dumps({"message": message, "error": status}).encode()
    return Answer(status=status, body=body, headers={"Content-Type": "application/json; charset=UTF-8", **headers})


def _whole(told: str, otherwise: int) -> int:
    return max(int(told), 1) if told.isdigit() else otherwise


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
