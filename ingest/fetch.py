"""The gate to the outside: every address that a person gave goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


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
