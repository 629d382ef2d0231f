"""Whose trouble is it that nothing answers: one address's, its whole host's, or our own network's?

Values in, values out. A host is what stands between `//` and `/` in an address; a handle's is its platform's.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from advocacy.domain.activity import Platform

SHUT_FROM = 3  #: failures of a host in a row, no two of them by one address alone
FIRST_SHUT, LONGEST_SHUT = timedelta(minutes=5), timedelta(hours=1)
MANY = 3  #: hosts; of fewer nobody can tell a dead network from dead hosts
HANDLES = {Platform.X: "api.x.com", Platform.REDDIT: "oauth.reddit.com"}
"""Who is asked for the handles of a platform: the name under which its trouble is known, wherever it is reached."""

APIS = {**HANDLES, Platform.STACKEXCHANGE: "api.stackexchange.com"}
"""Who is asked for all of a platform, whatever its addresses' own hosts are: told to stay away, we leave all alone."""

_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HostNews:
    """What is known of a host: `since` is when it began to be out of reach, `answered` when it last spoke."""

    name: str
    answered: datetime | None = None
    since: datetime | None = None
    failures: int = 0  #: in a row, counted when another address fails than the one before
    failed_last: int | None = None  #: the subscription that failed last
    shut_until: datetime | None = None  #: none of its addresses is asked before


def host_of(address: str) -> str:
    """The host and port of a web address, in small letters; nothing for a handle."""
    scheme, mark, _ = address.partition("://")
    if not mark:
        return ""
    try:
        netloc = urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    return netloc.removesuffix(_PORTS.get(scheme.lower(), ":"))[:255]


def host_on(platform: Platform, address: str) -> str:
    """The host that is asked for an address of a platform: the address's own, or the one that knows its handles."""
    return host_of(address) or HANDLES.get(platform, "")


def answered(old: HostNews, now: datetime, later: datetime | None = None) -> HostNews:
    """It spoke, whatever it said; `later` is until when it asked us to stay away."""
    return HostNews(name=old.name, answered=now, shut_until=later)


def unreachable(old: HostNews, subscription_id: int, now: datetime) -> HostNews:
    """It could not be reached for one of its addresses; when several failed in a row, it is left alone for a while."""
    failures = old.failures + (old.failed_last != subscription_id)
    shut = old.shut_until
    if failures >= SHUT_FROM and failures > old.failures:
        shut = now + min(LONGEST_SHUT, FIRST_SHUT * 2 ** min(failures - SHUT_FROM, 10))
    return replace(old, since=old.since or now, failures=failures, failed_last=subscription_id, shut_until=shut)


def is_its_own(host: HostNews, answered_elsewhere: datetime | None, hosts: int) -> bool:
    """Whether an address out of reach may be blamed: somebody else answered since, or there is nobody to compare."""
    if hosts < MANY or host.since is None:
        return True
    return answered_elsewhere is not None and answered_elsewhere > host.since


def offline_since(hosts: Collection[HostNews]) -> datetime | None:
    """Since when we seem to be offline: many hosts fell silent, and since then none has answered; None when we are not.

    A host that was silent before the last answer from anywhere is in trouble of its own and says nothing of ours.
    """
    last = max((host.answered for host in hosts if host.answered), default=None)
    silent = [host.since for host in hosts if host.since and (last is None or host.since > last)]
    return min(silent) if len(silent) >= MANY else None
