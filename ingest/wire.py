"""One request over one connection: pinned to a checked address, ended by a deadline, read within a limit."""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from typing import Any

_CHUNK = 64 * 1024
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})


class CutShort(Exception):
    """The answer ended before it was complete."""


class TooLarge(Exception):
    """The answer is larger than we read."""


class WrongEncoding(Exception):
    """The answer is packed in a way that we did not ask for."""


class _Timed:
    """Lets a socket wait no longer than to one moment: a server that drips bytes does not move it."""

    deadline = float("inf")

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        self.settimeout(min(left, 3600.0))  # type: ignore[attr-defined]
        return int(super().recv_into(*args, **kwargs))  # type: ignore[misc]


class _PlainSocket(_Timed, socket.socket):
    """A TCP socket with a deadline."""


class _TlsSocket(_Timed, ssl.SSLSocket):
    """A TLS socket with a deadline."""


def tls_context(cafile: str | None = None) -> ssl.SSLContext:
    """Give the settings that verify names and chains, and whose sockets keep a deadline."""
    context = ssl.create_default_context(cafile=cafile)
    context.sslsocket_class = _TlsSocket
    return context


class PinnedConnection(http.client.HTTPConnection):
    """Dials the given address whatever the name resolves to; Host, SNI and certificate are the name's."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        address: tuple[socket.AddressFamily, Any],
        tls: ssl.SSLContext | None,
        connect_timeout: float,
        deadline: float,
    ) -> None:
        super().__init__(host, port)
        self.default_port = 443 if tls else 80  # Host names the port only when it is another
        self._address, self._tls = address, tls
        self._connect_timeout, self._deadline = connect_timeout, deadline

    def connect(self) -> None:
        """Open the socket; OSError (TimeoutError and SSLError among them) says why not."""
        family, sockaddr = self._address
        sock: socket.socket = _PlainSocket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(max(0.001, min(self._connect_timeout, self._deadline - time.monotonic())))
            sock.connect(sockaddr)
            if sock.getpeername()[0] != sockaddr[0]:
                raise ConnectionError("connected to another address than asked for")
            if self._tls:
                sock = self._tls.wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise
        sock.deadline = self._deadline  # type: ignore[attr-defined]
        self.sock = sock


def read_body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """Read and unpack the whole answer; raise CutShort, TooLarge, WrongEncoding or OSError."""
    encoding = (response.getheader("content-encoding") or "identity").strip().lower()
    if encoding in ("identity", ""):
        return _joined(_raw(response, limit), limit)
    if encoding not in _ENCODINGS:
        raise WrongEncoding(encoding)
    return _joined(_unpacked(_raw(response, limit), limit), limit)


def _joined(parts: Iterator[bytes], limit: int) -> bytes:
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


def _raw(response: http.client.HTTPResponse, limit: int) -> Iterator[bytes]:
    promised = response.length  # None when chunked or until the connection closes
    if promised is not None and promised > limit:
        raise TooLarge
    got = 0
    try:
        while part := response.read1(_CHUNK):
            got += len(part)
            yield part
    except http.client.IncompleteRead as error:
        raise CutShort from error
    # http.client takes a closed connection for the end, even when more was promised.
    if promised is not None and got < promised:
        raise CutShort


def _unpacked(parts: Iterator[bytes], limit: int) -> Iterator[bytes]:
    unpacker = None
    for part in parts:
        data = part
        while data:
            if unpacker is None or unpacker.eof:
                if unpacker is not None and not data.startswith(b"\x1f"):
                    break  # padding after the last gzip member
                unpacker = zlib.decompressobj(_window_bits(data))
            yield _inflate(unpacker, data, limit)
            data = unpacker.unconsumed_tail or unpacker.unused_data
    if unpacker is not None and not unpacker.eof:
        raise CutShort


def _window_bits(start: bytes) -> int:
    """Tell gzip and zlib from the bare deflate that some servers send under the same name."""
    is_wrapped = start[0] == 0x1F or (start[0] & 0x0F == 8 and start[0] >> 4 <= 7)
    return 47 if is_wrapped else -15


def _inflate(unpacker: "zlib._Decompress", data: bytes, limit: int) -> bytes:
    try:
        return unpacker.decompress(data, min(limit, 1 << 20))
    except zlib.error as error:
        raise CutShort from error
