"""A loopback server that plays the world outside: one handler for each platform, each below its own path."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request: the path below the platform's own, lower-case headers, and the server's moment."""

    path: str
    headers: Mapping[str, str]
    now: datetime
    base: str  #: the platform's own address, ending in a slash
    method: str = "GET"
    query: Mapping[str, str] = field(default_factory=dict)  #: of a name that is given twice, the last
    form: Mapping[str, str] = field(default_factory=dict)  #: what a form in the body says


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(status=404, body=b"nothing here", headers={"Content-Type": "text/plain"})

Handler = Callable[[Ask], Answer]
"""How one platform answers."""


class Clock(Protocol):
    """Tells the server which day it plays."""

    def __call__(self) -> datetime:
        """The moment it is there."""


class Platforms:
    """Serves on 127.0.0.1 from `with` on; `turn_to` sets the day it plays, `run_free` lets time go by."""

    def __init__(self, handlers: Mapping[str, Handler], port: int = 0) -> None:
        self.handlers = dict(handlers)
        self._clock: Clock = _wall_clock
        self._server = _Server(("127.0.0.1", port), _Connection)
        self._server.answer = self._answer
        self._server.now = lambda: self._clock()
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self.port: int = self._server.server_port

    def turn_to(self, now: datetime) -> None:
        """From now on it is that moment there."""
        self._clock = lambda: now

    def now(self) -> datetime:
        """The moment it is there."""
        return self._clock()

    def run_free(self) -> None:
        """From now on it is the same moment there as here."""
        self._clock = _wall_clock

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="platforms", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: str) -> Answer:
        where, _, query = path.partition("?")
        name, _, rest = unquote(where).lstrip("/").partition("/")
        handler = self.handlers.get(name)
        if handler is None:
            return NOT_FOUND
        return handler(
            Ask(
                path=rest,
                headers=headers,
                now=self._clock(),
                base=f"{self.address}{name}/",
                method=method,
                query=dict(parse_qsl(query, keep_blank_values=True)),
                form=dict(parse_qsl(body, keep_blank_values=True)),
            )
        )


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answer: Callable[[str, str, Mapping[str, str], str], Answer]
    now: Clock


class _Connection(BaseHTTPRequestHandler):
    server: _Server
    server_version = "platforms"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one request."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(self.command, self.path, headers, body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status != 304:
            self.wfile.write(answer.body)

    do_HEAD = do_POST = do_GET  # noqa: N815 – the names are the library's

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The server's own day in the head of its answers, for those who go by the platform's clock."""
        return super().date_time_string(self.server.now().timestamp() if timestamp is None else timestamp)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the demo."""
