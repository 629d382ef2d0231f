"""A loopback server that misbehaves on demand: raw bytes on a raw socket, so that any fault can be played."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeAlias


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    path: str
    headers: Mapping[str, str]


Play: TypeAlias = Callable[[socket.socket, Request], None]


@dataclass
class FaultServer:
    """Plays what was set for each path; keeps the requests.

    `tls` is the certificate it shows, `at_once` what it plays to whoever connects, before it has read anything.
    """

    plays: dict[str, Play] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    at_once: Callable[[socket.socket], None] | None = None
    host: str = "127.0.0.1"

    def __enter__(self) -> Self:
        self._closing = threading.Event()
        self._listener = socket.create_server((self.host, 0), backlog=128)
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        with socket.create_connection(self._listener.getsockname()):
            pass  # wakes accept
        self._thread.join()
        self._listener.close()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    def answers(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Set a plain answer; `Cache_Control` becomes Cache-Control. Give the address."""
        self.plays[path] = whole(body, status, **headers)
        return self.url(path)

    def plays_raw(self, path: str, *parts: bytes, pause: float = 0.0) -> str:
        """Set bytes to be sent as they are, `pause` seconds apart, before the connection is closed."""
        self.plays[path] = raw(*parts, pause=pause)
        return self.url(path)

    def redirects(self, path: str, location: str, status: int = 302) -> str:
        return self.answers(path, status=status, Location=location)

    def _accept(self) -> None:
        while not self._closing.is_set():
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                if self.at_once:
                    self.at_once(connection)
                elif self.tls:
                    with self.tls.wrap_socket(connection, server_side=True) as secured:
                        self._answer(secured)
                else:
                    self._answer(connection)
            except OSError:
                return  # the client had enough

    def _answer(self, connection: socket.socket) -> None:
        request = _read(connection)
        if request is not None:
            self.requests.append(request)
            self.plays.get(request.path, whole(b"nothing here", 404))(connection, request)


def whole(body: bytes, status: int = 200, **headers: str) -> Play:
    """Play a complete, honest answer."""
    lines = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return raw(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body)


def raw(*parts: bytes, pause: float = 0.0) -> Play:
    """Play bytes as they are."""

    def play(connection: socket.socket, _: Request) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)

    return play


def endless(start: bytes, part: bytes) -> Play:
    """Play a start, and then the same again and again until the client has enough."""

    def play(connection: socket.socket, _: Request) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(part)

    return play


def silence(connection: socket.socket, _: Request | None = None) -> None:
    """Play nothing until the client gives up."""
    while connection.recv(65536):
        pass


def reset(*parts: bytes) -> Play:
    """Play bytes, and then break the connection off as a crashed machine does."""

    def play(connection: socket.socket, _: Request | None = None) -> None:
        for part in parts:
            connection.sendall(part)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return play


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes no connection and refuses none: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, socket.socket() as one, socket.socket() as two:
        for waiting in (one, two):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return int(unused.getsockname()[1])


@contextmanager
def serving() -> Iterator[FaultServer]:
    """Run a server for as long as the block lasts."""
    with FaultServer() as server:
        yield server


def _read(connection: socket.socket) -> Request | None:
    got = b""
    while b"\r\n\r\n" not in got:
        try:
            part = connection.recv(65536)
        except OSError:
            return None
        if not part:
            return None
        got += part
    first, *lines = got.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
