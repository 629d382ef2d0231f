"""The gate to the outside: every address that a person gave goes through here."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urljoin, urlsplit

from ingest.addresses import Network, is_allowed, is_public, plain
from ingest.wire import CutShort, PinnedConnection, TooLarge, WrongEncoding, read_body, tls_context

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PORTS = frozenset({80, 443, 8000, 8080, 8443})
_MAX_URL = 2000
_MAX_ADDRESSES = 4
_SAFE = "%/:=&?~#+!$,;'@()*[]|"
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


ALLOWED_BY = "an operator may allow it by ADVOCACY_FETCH__ALLOW_NETS"


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
        max_bytes: int = 16 * 2**20,
        max_redirects: int = 5,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_nets = tuple(allow_nets)
        self._user_agent = user_agent
        self._connect_timeout = connect_timeout
        self._total_timeout = total_timeout
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._tls = tls or tls_context()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Fetch once, following checked redirects; any status is an answer; raise FetchError otherwise."""
        deadline = time.monotonic() + self._total_timeout
        here, extra = parse_target(url), dict(headers or {})
        permanent, total = True, 0
        for hop in range(self._max_redirects + 1):
            try:
                status, answer, body = self._exchange(here, extra, deadline)
            except FetchError as error:
                error.requests, error.bytes = hop + 1, error.bytes + total
                raise
            total += len(body)
            if status not in _REDIRECTS or "location" not in answer:
                moved_to = here.url if hop and permanent else None
                return Response(
                    status=status,
                    headers=answer,
                    body=body,
                    url=here.url,
                    moved_to=moved_to,
                    requests=hop + 1,
                    bytes=total,
                )
            permanent = permanent and status in _PERMANENT
            there = self._next(here, answer["location"], hop + 1, total)
            if there.origin != here.origin:
                extra = {}
            here = there
        words = f"{url} redirects more than {self._max_redirects} times"
        raise Forbidden(words, requests=self._max_redirects + 1, bytes=total)

    def _next(self, here: "Target", location: str, requests: int, total: int) -> "Target":
        try:
            there = parse_target(_joined(here.url, location))
        except Forbidden as error:
            words = f"{here.host} redirects to {location[:200]!r}: {error}"
            raise Forbidden(words, requests=requests, bytes=total) from error
        if here.scheme == "https" and there.scheme == "http":
            raise Forbidden(f"{here.host} redirects from https to http", requests=requests, bytes=total)
        return there

    def _exchange(
        self, target: "Target", extra: Mapping[str, str], deadline: float
    ) -> tuple[int, dict[str, str], bytes]:
        try:
            connection = self._connected(target, deadline)
            try:
                connection.request("GET", target.path, headers=self._headers(extra))
                with connection.getresponse() as response:
                    body = read_body(response, self._max_bytes)
            finally:
                connection.close()
        except TimeoutError as error:
            raise Unreachable(self._too_slow(target, deadline)) from error
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(f"{target.host} shows a wrong certificate: {error.verify_message}") from error
        except ssl.SSLError as error:
            raise Unreachable(f"{target.host} and we found no secure connection ({error.reason or error})") from error
        except CutShort as error:
            raise Unreachable(f"{target.host} broke off in the middle of its answer") from error
        except TooLarge as error:
            raise Forbidden(f"{target.host} sends more than {self._max_bytes:,} bytes") from error
        except WrongEncoding as error:
            raise Forbidden(f"{target.host} sends its answer packed as {error}, which nobody asked for") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"{target.host} {_in_words(error)}") from error
        names = {name.lower(): value for name, value in response.getheaders()}
        return response.status, names, body

    def _too_slow(self, target: "Target", deadline: float) -> str:
        if time.monotonic() < deadline - 0.01:
            return f"{target.host} did not take the connection within {self._connect_timeout:g} s"
        return f"{target.host} did not answer within {self._total_timeout:g} s"

    def _headers(self, extra: Mapping[str, str]) -> dict[str, str]:
        return {"User-Agent": self._user_agent, "Accept": "*/*"} | dict(extra) | _ALWAYS

    def _connected(self, target: "Target", deadline: float) -> PinnedConnection:
        """Dial the checked addresses in turn; the last refusal is the one that is told."""
        addresses = self._resolved(target)
        for position, address in enumerate(addresses, 1):
            connection = PinnedConnection(
                target.host,
                target.port,
                address=address,
                tls=self._tls if target.scheme == "https" else None,
                connect_timeout=self._connect_timeout,
                deadline=deadline,
            )
            try:
                connection.connect()
            except OSError:
                if position == len(addresses) or time.monotonic() >= deadline:
                    raise
            else:
                return connection
        raise Unreachable(f"{target.host} has no address")

    def _resolved(self, target: "Target") -> Sequence[tuple[socket.AddressFamily, Any]]:
        """Look the name up once; every answer must be one where we may go."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"there is no host named {target.host}") from error
        for *_, sockaddr in found:
            ip = plain(str(sockaddr[0]))
            if is_allowed(ip, self._allow_nets):
                continue
            if not is_public(ip):
                raise Forbidden(f"{target.host} is not a public address ({ip}); {ALLOWED_BY}")
            if target.port not in _PORTS:
                raise Forbidden(f"{target.host}: port {target.port} is not one of the web's")
        return [(family, sockaddr) for family, _, _, _, sockaddr in found][:_MAX_ADDRESSES]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and found fit to be asked."""

    scheme: str
    host: str
    port: int
    path: str
    url: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides whether the caller's headers may be sent."""
        return self.scheme, self.host, self.port


def parse_target(url: str) -> Target:
    """Check scheme, port, length, user info and characters; raise Forbidden saying what is wrong."""
    if len(url) > _MAX_URL:
        raise Forbidden("the address is too long", requests=0)
    if any(char <= " " or char in '\\\x7f"<>' for char in url):
        raise Forbidden("the address holds characters that no address may hold", requests=0)
    try:
        parts = urlsplit(_quoted(url))
        port = parts.port
        host = (parts.hostname or "").encode("idna" if "%" not in parts.netloc else "ascii").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Forbidden("this is not a web address", requests=0) from error
    if parts.scheme not in ("http", "https"):
        raise Forbidden("only addresses that begin with http:// or https:// are fetched", requests=0)
    if "@" in parts.netloc:
        raise Forbidden("the address holds a user name or password", requests=0)
    if not host or port == 0:
        raise Forbidden("this is not a web address", requests=0)
    port = port or (443 if parts.scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, parts._replace(fragment="").geturl())


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, _quoted(location))
    except ValueError as error:
        raise Forbidden("this is not a web address") from error


def _quoted(url: str) -> str:
    """Percent-encode what is not ASCII in path and query; the host's letters stay for IDNA."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return quote(_octets(url), safe=_SAFE)
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}{slash}{quote(_octets(path), safe=_SAFE)}"


def _octets(text: str) -> bytes:
    """Give back the bytes a Location header was made of, else UTF-8."""
    try:
        return text.encode("latin-1") if not text.isascii() and "\xc3" in text else text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _in_words(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "refuses connections"
    if isinstance(error, ConnectionError):
        return "broke the connection off"
    if isinstance(error, http.client.HTTPException | ValueError):
        return f"does not speak HTTP as it should ({type(error).__name__}: {str(error)[:80]})"
    return f"cannot be reached ({error})"
