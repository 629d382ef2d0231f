"""How the text of an environment variable becomes a value: each reader returns it or says what is allowed."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Network: TypeAlias = IPv4Network | IPv6Network

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
KEY_LENGTH = 32
KNOWN_KEYS = ("changeme", "change-me", "change_me", "insecure", "example", "secret-key", "password", "0123456789")


def text(raw: str) -> str:
    """Any text."""
    return raw


def boolean(raw: str) -> bool:
    """Read yes or no."""
    if raw.lower() not in YES | NO:
        raise ValueError("must be true or false")
    return raw.lower() in YES


def integer(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers from `low` to `high`, both included."""

    def read(raw: str) -> int:
        if not (raw.isascii() and raw.isdigit() and len(raw) <= 18 and low <= int(raw) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(raw)

    return read


def words(raw: str) -> tuple[str, ...]:
    """Read a list separated by commas or spaces."""
    return tuple(raw.replace(",", " ").split())


def some_of(*allowed: str) -> Callable[[str], tuple[str, ...]]:
    """Make a reader of lists of these words."""

    def read(raw: str) -> tuple[str, ...]:
        said = words(raw.lower())
        if not set(said) <= set(allowed):
            raise ValueError(f"must be some of {', '.join(allowed)}, between commas")
        return tuple(one for one in allowed if one in said)

    return read


def networks(raw: str) -> tuple[Network, ...]:
    """Read a list of networks such as 10.0.0.0/8, or single addresses."""
    try:
        return tuple(ip_network(word) for word in words(raw))
    except ValueError as error:
        raise ValueError(f"must be networks such as 10.0.0.0/8: {error}") from error


def path(raw: str) -> Path:
    """Read a path; `~` is the home directory."""
    return Path(raw).expanduser()


def zone(raw: str) -> ZoneInfo:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must be a time zone such as UTC or Asia/Kolkata") from error


def web_address(raw: str) -> str:
    """Read the http(s) address of a site, without a slash at its end."""
    try:
        parts = urlsplit(raw)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.username or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://advocacy.example.com")
    return raw.rstrip("/")


def database(raw: str) -> str:
    """Read a database address; PostgreSQL always means the psycopg driver."""
    scheme, separator, rest = raw.partition("://")
    if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if separator and scheme == "sqlite" and (not rest or rest.startswith("/")):
        return raw
    raise ValueError("must be sqlite:///file.db or postgresql://user:password@host/name")


def key(raw: str) -> str:
    """Read a signing key, refusing what could be guessed."""
    if len(raw) < KEY_LENGTH:
        raise ValueError(f"must have at least {KEY_LENGTH} characters")
    if len(set(raw)) < 8 or any(word in raw.lower() for word in KNOWN_KEYS):
        raise ValueError('is too easy to guess; make one: python3 -c "import secrets; print(secrets.token_hex(32))"')
    return raw
