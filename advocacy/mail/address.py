"""How mail leaves, as the operator sets it: smtp://user:password@host:587, smtps://…, file:///folder or log:."""

from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_MUST = "must be smtp://user:password@host:587, smtps://user:password@host, file:///folder or log:"
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. `smtps` is encrypted from the first byte, `smtp` by STARTTLS unless the server is this machine."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    smtps: bool = False

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine: nothing goes over a wire then."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder into which each letter is put as a file, for development."""

    path: Path


@dataclass(frozen=True, slots=True)
class Log:
    """The log, which says that there was a letter and to whom, not what is in it; for development."""


Way = Server | Folder | Log


def way_of(words: str) -> Way:
    """Read the way; raise ValueError with what is allowed."""
    if words == "log:":
        return Log()
    try:
        parts = urlsplit(words)
        port = parts.port
    except ValueError as error:
        raise ValueError(_MUST) from error
    if parts.query or parts.fragment:
        raise ValueError(_MUST)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return Folder(Path(unquote(parts.path)))
    if parts.scheme not in _PORTS or not parts.hostname or port == 0 or parts.path not in ("", "/"):
        raise ValueError(_MUST)
    return _server(parts, port or _PORTS[parts.scheme])


def _server(parts: SplitResult, port: int) -> Server:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError(f"{_MUST}: a user needs a password")
    return Server(parts.hostname or "", port, user, password, parts.scheme == "smtps")


def read(words: str) -> str:
    """The way as it was written, when it is one."""
    way_of(words)
    return words


def sender(words: str) -> str:
    """The address that letters come from."""
    try:
        known = Address(addr_spec=words)
    except (ValueError, IndexError, MessageError):
        known = None
    if known is None or not known.domain or not words.isascii():
        raise ValueError("must be an address such as advocacy@example.com")
    return words
