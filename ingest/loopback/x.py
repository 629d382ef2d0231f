"""X as its API v2 shows it: search, timelines, users and single posts, with its limits, refusals and outages."""

from collections.abc import Callable, Mapping

from advocacy.domain.activity import Platform
from ingest.loopback.server import Answer, Ask
from ingest.loopback.world import World
from ingest.loopback.x_limits import Limits
from ingest.loopback.x_people import user_by, users_by
from ingest.loopback.x_posts import Rendering
from ingest.loopback.x_problems import not_found, refusal, wrong_token
from ingest.loopback.x_reading import recent, single, timeline

TOKEN = "loopback-bearer-token"

LIMITS: Mapping[str, int] = {"search": 450, "timeline": 10_000, "users": 300, "tweets": 3500}
"""Requests in a quarter of an hour, by what is asked."""


class XApi:
    """The handler for the loopback server: the world as of the moment at which it is asked.

    `limits` may be set to anything; `refuses` is a status that it answers to everybody from now on (401, 402, 403,
    429, 503), as an outage of the world does for a time.
    """

    def __init__(self, world: World, token: str = TOKEN, limits: Mapping[str, int] = LIMITS) -> None:
        self.world, self.token = world, token
        self.limits = Limits(limits)
        self.refuses: int | None = None
        self.asked: list[str] = []  #: the kinds of what was asked, in turn

    def __call__(self, ask: Ask) -> Answer:
        """Answer one request."""
        kind, answer = self._route(ask)
        self.asked.append(kind)
        headers, is_over = self.limits.take(kind, ask.now)
        outage = self.world.outage(Platform.X, ask.now)
        status = self.refuses or (outage.status if outage else None) or (429 if is_over else None)
        if status is not None:
            return refusal(status, headers)
        if ask.headers.get("authorization") != f"Bearer {self.token}":
            return wrong_token(headers)
        return answer(ask, headers)

    def _route(self, ask: Ask) -> tuple[str, Callable[[Ask, Mapping[str, str]], Answer]]:
        match ask.path.split("/"):
            case ["2", "tweets", "search", "recent"]:
                return "search", lambda ask, headers: recent(self._shown(ask), ask, headers)
            case ["2", "tweets"]:
                return "tweets", lambda ask, headers: single(self._shown(ask), ask, headers)
            case ["2", "users", "by"]:
                return "users", lambda ask, headers: users_by(self._shown(ask), ask, headers)
            case ["2", "users", "by", "username", handle]:
                return "users", lambda ask, headers: user_by(self._shown(ask), handle, headers)
            case ["2", "users", user_id, "tweets"]:
                return "timeline", lambda ask, headers: timeline(self._shown(ask), user_id, ask, headers)
        return "nothing", lambda ask, headers: not_found(headers)

    def _shown(self, ask: Ask) -> Rendering:
        return Rendering(self.world, ask)
