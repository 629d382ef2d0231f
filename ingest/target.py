"""A web address taken apart: what may be asked for at all, before any name is looked up."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_MAX_URL = 2000
_SAFE = "%/:=&?~#+!$,;'@()*[]|"
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_BRACKETS = re.compile(r"\[[0-9a-fA-F:.]+\](?::[0-9]*)?")
_NO_ADDRESS = "this is not a web address"


class BadAddress(ValueError):
    """Nothing that can be asked for; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and found fit to be asked.

    `host` is a name in ASCII, or a literal address without brackets.
    """

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
    """Check scheme, port, length, user info, host and characters; raise BadAddress saying what is wrong."""
    if len(url) > _MAX_URL:
        raise BadAddress("the address is too long")
    if any(char <= " " or char in '\\\x7f"<>' for char in url):
        raise BadAddress("the address holds characters that no address may hold")
    try:
        parts = urlsplit(_quoted(url))
        port = parts.port
    except ValueError as error:
        raise BadAddress(_NO_ADDRESS) from error
    if parts.scheme not in ("http", "https"):
        raise BadAddress("only addresses that begin with http:// or https:// are fetched")
    if "@" in parts.netloc:
        raise BadAddress("the address holds a user name or password")
    host = _host(parts)
    if port == 0:
        raise BadAddress(_NO_ADDRESS)
    port = port or (443 if parts.scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, parts._replace(fragment="").geturl())


def redirected(base: Target, location: str) -> Target:
    """Give the address that a Location header means, checked like any other."""
    try:
        return parse_target(urljoin(base.url, _quoted(_as_sent(location))))
    except BadAddress:
        raise
    except ValueError as error:
        raise BadAddress(_NO_ADDRESS) from error


def _host(parts: SplitResult) -> str:
    """Give the host in the one form that is dialled: what a browser and a resolver may read apart is refused."""
    if "[" in parts.netloc and not _BRACKETS.fullmatch(parts.netloc):
        raise BadAddress(_NO_ADDRESS)
    try:
        if "[" in parts.netloc:
            return str(ip_address(parts.hostname or ""))
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().removesuffix(".")
    except ValueError as error:
        raise BadAddress(_NO_ADDRESS) from error
    if _NUMBER.fullmatch(host):
        return _in_numbers(host)
    if not _NAME.fullmatch(host):
        raise BadAddress(_NO_ADDRESS)
    return host


def _in_numbers(host: str) -> str:
    """A name cannot end in a number, and how 0x7f.1 or 010.0.0.1 is read depends on who reads it."""
    try:
        return str(ip_address(host))
    except ValueError as error:
        raise BadAddress("an address in numbers is four of them, from 0 to 255, like 192.0.2.1") from error


def _quoted(url: str) -> str:
    """Percent-encode what is not ASCII in path and query; the host's letters stay for IDNA."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return quote(url, safe=_SAFE, errors="replace")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}{slash}{quote(path, safe=_SAFE, errors='replace')}"


def _as_sent(location: str) -> str:
    """A header's text is its bytes read as Latin-1; they are UTF-8, or stand for themselves in percent signs."""
    octets = location.encode("latin-1", "replace")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return quote(octets, safe=_SAFE)
