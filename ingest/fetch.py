"""The gate to the outside: every address that a person gave goes through here."""

import http.client
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.addresses import Network
from ingest.body import CutShort, TooLarge, WrongEncoding
from ingest.lookup import Endpoint, LookUp, NoSuchHost, NotPublic, Resolver, TooSlow, system
from ingest.target import BadAddress, Target, parse_target, redirected
from ingest.trouble import in_words
from ingest.wire import PinnedConnection, is_redirect, tls_context

_PERMANENT = frozenset({301, 308})
_TROUBLE = (
    *(OSError, http.client.HTTPException, ValueError),
    *(NotPublic, NoSuchHost, TooSlow, CutShort, TooLarge, WrongEncoding),
)
_ALWAYS = {"Accept-Encoding": "gzip, deflate", "Connection": "close"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer whose body was read whole, decoded, within the limits.

    `headers` has lower-case names; `url` is where it came from after redirects; `moved_to` is the address that
    an unbroken chain of 301/308 led to, else None; `requests` and `bytes` are what it cost, redirects included.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved_to: str | None = None
    requests: int = 1
    bytes: int = 0


class FetchError(Exception):
    """No usable answer; the message says in words what happened."""

    def __init__(self, message: str, *, requests: int = 1, bytes: int = 0) -> None:
        super().__init__(message)
        self.requests = requests
        self.bytes = bytes


class Unreachable(FetchError):
    """Refused, timed out, cut short, TLS trouble: may work later."""


class Forbidden(FetchError):
    """We will not go there: a private address, a wrong scheme or port, a bad redirect, too large."""


class Http(Protocol):
    """What a source needs of HTTP."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Fetch once, following checked redirects; any status is an answer; raise FetchError otherwise."""

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        """Ask an API once, following nothing; any status is an answer; raise FetchError otherwise."""


class Gate:
    """Fetches what a person pointed at, and only from public addresses; many threads may share one.

    Beside `urllib3`, `requests` and friends this is the standard library's client: it knows no proxies, cookies
    or netrc, so none can leak in, and the address it dials is the address that was checked.
    """

    def __init__(
        self,
        allow_nets: Sequence[Network] = (),
        user_agent: str = "advocacy",
        connect_timeout: float = 5.0,
        total_timeout: float = 30.0,
        max_bytes: int = 10 * 2**20,
        max_redirects: int = 5,
        tls: ssl.SSLContext | None = None,
        look_up: LookUp = system,
    ) -> None:
        self._resolver = Resolver(allow_nets, look_up)
        self._user_agent = user_agent
        self._connect_timeout = connect_timeout
        self._total_timeout = total_timeout
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._tls = tls or tls_context()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Fetch once, following checked redirects; any status is an answer; raise FetchError otherwise."""
        deadline = time.monotonic() + self._total_timeout
        try:
            here = parse_target(url)
        except BadAddress as error:
            raise Forbidden(str(error), requests=0) from error
        extra, permanent = dict(headers or {}), True
        for hop in range(self._max_redirects + 1):
            try:
                status, answer, body = self._exchange(here, extra, deadline)
            except FetchError as error:
                error.requests = hop + 1
                raise
            if not is_redirect(status, answer):
                return Response(
                    status=status,
                    headers=answer,
                    body=body,
                    url=here.url,
                    moved_to=here.url if hop and permanent else None,
                    requests=hop + 1,
                    bytes=len(body),
                )
            permanent = permanent and status in _PERMANENT
            there = _next(here, answer["location"], hop + 1)
            if there.origin != here.origin:
                extra = {}
            here = there
        raise Forbidden(f"{url} redirects more than {self._max_redirects} times", requests=self._max_redirects + 1)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        """Ask an API once, following nothing; any status is an answer; raise FetchError otherwise."""
        try:
            target = parse_target(url)
        except BadAddress as error:
            raise Forbidden(str(error), requests=0) from error
        deadline = time.monotonic() + self._total_timeout
        status, answer, content = self._exchange(target, headers or {}, deadline, method, body)
        return Response(status=status, headers=answer, body=content, url=target.url, bytes=len(content))

    def _exchange(
        self, target: Target, extra: Mapping[str, str], deadline: float, method: str = "GET", sent: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        connection = None
        try:
            connection = self._connected(target, deadline)
            return connection.ask(target.path, self._headers(extra), self._max_bytes, method, sent)
        except _TROUBLE as error:
            failure = self._failure(error, target.host, deadline)
            failure.bytes = connection.received if connection else 0
            raise failure from error
        finally:
            if connection:
                connection.close()

    def _failure(self, error: Exception, host: str, deadline: float) -> FetchError:
        match error:
            case NotPublic():
                return Forbidden(str(error))
            case TooLarge():
                return Forbidden(f"{host} sends {error}")
            case WrongEncoding():
                return Forbidden(f"{host} sends its answer packed as {error}, which nobody asked for")
            case NoSuchHost():
                return Unreachable(f"there is no host named {host}")
            case TooSlow():
                return Unreachable(f"the name {host} could not be looked up within {self._total_timeout:g} s")
            case CutShort():
                return Unreachable(f"{host} broke off in the middle of its answer")
            case TimeoutError() if time.monotonic() < deadline - 0.01:
                return Unreachable(f"{host} did not take the connection within {self._connect_timeout:g} s")
            case TimeoutError():
                return Unreachable(f"{host} did not answer within {self._total_timeout:g} s")
        return Unreachable(f"{host} {in_words(error)}")

    def _headers(self, extra: Mapping[str, str]) -> dict[str, str]:
        return {"User-Agent": self._user_agent, "Accept": "*/*"} | dict(extra) | _ALWAYS

    def _connected(self, target: Target, deadline: float) -> PinnedConnection:
        """Dial the checked addresses in turn; the last refusal is the one that is told."""
        *first, last = self._resolver.endpoints(target, deadline)
        for endpoint in first:
            try:
                return self._dialled(target, endpoint, deadline)
            except OSError:
                if time.monotonic() >= deadline:
                    raise
        return self._dialled(target, last, deadline)

    def _dialled(self, target: Target, endpoint: Endpoint, deadline: float) -> PinnedConnection:
        connection = PinnedConnection(
            target.host,
            target.port,
            endpoint=endpoint,
            tls=self._tls if target.scheme == "https" else None,
            connect_timeout=self._connect_timeout,
            deadline=deadline,
        )
        connection.connect()
        return connection


def _next(here: Target, location: str, requests: int) -> Target:
    try:
        there = redirected(here, location)
    except BadAddress as error:
        raise Forbidden(f"{here.host} redirects to {location[:200]!r}: {error}", requests=requests) from error
    if here.scheme == "https" and there.scheme == "http":
        raise Forbidden(f"{here.host} redirects from https to http", requests=requests)
    return there
