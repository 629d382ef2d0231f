"""The world outside without sockets: every request is answered by the loopback platforms in this process, and counted.

What is counted is what would go over the wire: the sources, tweepy, praw and the session are the real ones.
"""

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from ingest.fetch import Response, Unreachable
from ingest.loopback.server import Ask, Handler

BASE = "http://outside.example"
"""Below it stands each platform, under its own name."""


class Outside:
    """What a source asks instead of the gate; `now` is the day that is played there."""

    def __init__(self, handlers: Mapping[str, Handler], now: datetime) -> None:
        self.handlers, self.now = dict(handlers), now
        self.asked: Counter[str] = Counter()  #: requests by path, whatever came of them
        self.bytes = 0
        self.breaks_at: int | None = None  #: the request that is cut, counted from the next one
        self._lock = threading.Lock()

    @property
    def requests(self) -> int:
        """How many there were."""
        return self.asked.total()

    def forget(self) -> None:
        """Count anew."""
        self.asked.clear()
        self.bytes = 0

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Answer as a server does; redirects do not occur here."""
        return self.send("GET", url, headers)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        """Answer one request, or cut the connection when it is that one's turn."""
        parts = urlsplit(url)
        name, _, path = unquote(parts.path).lstrip("/").partition("/")
        with self._lock:
            self.asked[f"{name}/{path.partition('/')[0]}"] += 1
            if self._is_cut():
                raise Unreachable("the connection was cut")
        given = {key.lower(): value for key, value in (headers or {}).items()}
        query, form = (dict(parse_qsl(text, keep_blank_values=True)) for text in (parts.query, body.decode()))
        base = f"{BASE}/{name}/"
        ask = Ask(path=path, headers=given, now=self.now, base=base, method=method, query=query, form=form)
        answer = self.handlers[name](ask)
        with self._lock:
            self.bytes += len(answer.body)
        told = {key.lower(): value for key, value in answer.headers.items()}
        return Response(status=answer.status, headers=told, body=answer.body, url=url, bytes=len(answer.body))

    def _is_cut(self) -> bool:
        if self.breaks_at is None:
            return False
        self.breaks_at -= 1
        if self.breaks_at:
            return False
        self.breaks_at = None
        return True
