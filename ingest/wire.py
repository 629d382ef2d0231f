"""One request over one connection: pinned to a checked address, ended by a deadline, read within a limit."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from typing import Any

from ingest.addresses import plain
from ingest.body import CutShort, TooLarge, read_body
from ingest.lookup import Endpoint

_HEAD = 256 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class _Bounded:
    """Lets a socket read no longer than to one moment and no more than so many bytes, whatever they are.

    A server that drips bytes moves neither, nor one that sends interim answers, chunk marks or padding for ever.
    """

    deadline = float("inf")
    received = 0
    allowance = 0
    ended = False

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        self.settimeout(left)  # type: ignore[attr-defined]
        got = int(super().recv_into(*args, **kwargs))  # type: ignore[misc]
        self.received += got
        self.ended = not got
        if self.received > self.allowance:
            raise TooLarge("headers or packing without end")
        return got


class _PlainSocket(_Bounded, socket.socket):
    """A TCP socket with its bounds."""


class _TlsSocket(_Bounded, ssl.SSLSocket):
    """A TLS socket with its bounds."""


def is_redirect(status: int, told: Mapping[str, str]) -> bool:
    """Tell an answer that sends us elsewhere."""
    return status in _REDIRECTS and "location" in told


def tls_context(authority: str | None = None) -> ssl.SSLContext:
    """Give the settings that verify names and chains (by one authority's PEM, else the system's), within bounds."""
    context = ssl.create_default_context(cadata=authority)
    context.sslsocket_class = _TlsSocket
    return context


class PinnedConnection(http.client.HTTPConnection):
    """Dials the given address whatever the name resolves to; Host, SNI and certificate are the name's."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        endpoint: Endpoint,
        tls: ssl.SSLContext | None,
        connect_timeout: float,
        deadline: float,
    ) -> None:
        super().__init__(host, port)
        self.default_port = 443 if tls else 80  # Host names the port only when it is another
        self._endpoint, self._tls = endpoint, tls
        self._connect_timeout, self._deadline = connect_timeout, deadline

    def connect(self) -> None:
        """Open the socket; OSError (TimeoutError and SSLError among them) says why not."""
        family, sockaddr = self._endpoint
        connected_by = min(time.monotonic() + self._connect_timeout, self._deadline)
        sock: _PlainSocket | _TlsSocket = _PlainSocket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(_left(connected_by))
            sock.connect(sockaddr)
            if plain(sock.getpeername()[0]) != plain(sockaddr[0]):
                raise ConnectionError("connected to another address than asked for")
            if self._tls:
                sock.settimeout(_left(connected_by))
                # Without suppress_ragged_eofs=False a connection that somebody cut looks like one that ended.
                sock = self._tls.wrap_socket(sock, server_hostname=self.host, suppress_ragged_eofs=False)  # type: ignore[assignment]
            sock.settimeout(_left(self._deadline))
        except BaseException:
            sock.close()
            raise
        sock.deadline = self._deadline
        self.sock = self._wire = sock

    @property
    def received(self) -> int:
        """How many bytes came over the wire so far, as they were packed."""
        return self._wire.received

    def ask(
        self, path: str, headers: Mapping[str, str], limit: int, method: str = "GET", sent: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """Give status, headers by lower-case name, and the unpacked body; a redirect's body is not read."""
        self._wire.allowance = _HEAD
        self.request(method, path, body=sent or None, headers=dict(headers))
        with self.getresponse() as response:
            if self._wire.ended:  # before the empty line: http.client takes that for the end of the headers
                raise CutShort
            told = {name.lower(): value for name, value in response.getheaders()}
            if is_redirect(response.status, told):
                return response.status, told, b""
            self._wire.allowance = 2 * limit + _HEAD
            return response.status, told, read_body(response, limit)


def _left(until: float) -> float:
    return max(0.001, until - time.monotonic())
