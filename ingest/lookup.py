"""From a name to the addresses that may be dialled: looked up once, every answer checked, and in time."""

import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ingest.addresses import Network, is_allowed, is_public, plain
from ingest.target import Target

Endpoint: TypeAlias = tuple[socket.AddressFamily, Any]
"""What a socket connects to: the family and its address."""

LookUp: TypeAlias = Callable[[str, int], Sequence[Endpoint]]

_PORTS = frozenset({80, 443, 8000, 8080, 8443})
_MAX_ENDPOINTS = 4
_ALLOWED_BY = "an operator may allow it by ADVOCACY_FETCH__ALLOW_NETS"


class NotPublic(Exception):
    """We do not go there; the message says where that is and why not."""


class NoSuchHost(Exception):
    """The name leads nowhere."""


class TooSlow(Exception):
    """The name was not looked up in time."""


def system(host: str, port: int) -> list[Endpoint]:
    """Ask the system's resolver, which keeps to no deadline of ours."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, sockaddr) for family, _, _, _, sockaddr in found]


class Resolver:
    """Gives the endpoints behind a target; many threads may share one.

    The system's resolver cannot be interrupted, so that each look-up has a thread of its own, which is left behind
    when it is late. No more than `most_at_once` look-ups run at any moment, those left behind included.
    """

    def __init__(self, allow_nets: Sequence[Network], look_up: LookUp = system, most_at_once: int = 32) -> None:
        self._allow_nets = tuple(allow_nets)
        self._look_up = look_up
        self._slots = threading.BoundedSemaphore(most_at_once)

    def endpoints(self, target: Target, deadline: float) -> Sequence[Endpoint]:
        """Look the name up once; raise NotPublic unless we may go to every one of its addresses."""
        try:
            found = _literal(target) or self._found(target, deadline)
        except (OSError, UnicodeError) as error:
            raise NoSuchHost from error
        for _, sockaddr in found:
            self._check(target, str(sockaddr[0]))
        if not found:
            raise NoSuchHost
        return found[:_MAX_ENDPOINTS]

    def _check(self, target: Target, address: str) -> None:
        ip = plain(address)
        if is_allowed(ip, self._allow_nets):
            return
        if not is_public(ip):
            raise NotPublic(f"{target.host} is not a public address ({ip}); {_ALLOWED_BY}")
        if target.port not in _PORTS:
            raise NotPublic(f"{target.host}: port {target.port} is not one of the web's")

    def _found(self, target: Target, deadline: float) -> Sequence[Endpoint]:
        if not self._slots.acquire(timeout=_left(deadline)):
            raise TooSlow
        answer: queue.SimpleQueue[Sequence[Endpoint] | Exception] = queue.SimpleQueue()
        # A daemon, unlike a pool's threads: a look-up that hangs must not keep the program from ending.
        thread = threading.Thread(target=self._ask, args=(target, answer), name="look-up", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            self._slots.release()
            raise TooSlow from error
        try:
            found = answer.get(timeout=_left(deadline))
        except queue.Empty as error:
            raise TooSlow from error
        if isinstance(found, Exception):
            raise found
        return found

    def _ask(self, target: Target, answer: "queue.SimpleQueue[Sequence[Endpoint] | Exception]") -> None:
        try:
            answer.put(self._look_up(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answer.put(error)
        finally:
            self._slots.release()


def _literal(target: Target) -> Sequence[Endpoint]:
    """An address in numbers needs no look-up; nothing for a name."""
    try:
        ip = plain(target.host)
    except ValueError:
        return []
    if ip.version == 4:
        return [(socket.AF_INET, (str(ip), target.port))]
    return [(socket.AF_INET6, (str(ip), target.port, 0, 0))]


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())
