"""What an operator may set, as types. A new setting is one line in one of these classes.

`ADVOCACY_SERVER__PORT` is `Settings.server.port`; `config.py` reads them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from advocacy import config_values as values
from advocacy.domain.approval import ApprovalKind
from advocacy.mail import address as mail_address

PREFIX = "ADVOCACY_"
T = TypeVar("T")


def setting(read: Callable[[str], T], default: T, *, secret: bool = False) -> T:
    """Declare a setting: how its text is read, its value when not set, whether it may be shown."""
    return field(default=default, repr=not secret, metadata={"read": read, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The web server."""

    host: str = setting(values.text, "127.0.0.1")
    port: int = setting(values.integer(0, 65535), 8000)
    threads: int = setting(values.integer(1, 64), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """The worker; `embedded` means that `serve` runs one beside itself."""

    threads: int = setting(values.integer(1, 64), 4)
    lease_seconds: int = setting(values.integer(1, 3600), 300)
    embedded: bool = setting(values.boolean, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """The gate to the outside; `contact` is an address that site owners find in our User-Agent."""

    allow_nets: tuple[values.Network, ...] = setting(values.networks, ())
    contact: str = setting(values.text, "")
    total_timeout: int = setting(values.integer(1, 300), 30)
    max_bytes: int = setting(values.integer(1024, 64 * 1024 * 1024), 10 * 1024 * 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How letters leave; without a `url` none are written. `sender` is the address they come from."""

    url: str = setting(mail_address.read, "", secret=True)
    sender: str = setting(mail_address.sender, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Files to read instead of the shipped ones."""

    rulebook: Path | None = setting(values.path, None)
    vocabulary: Path | None = setting(values.path, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set.

    `opt_in` means that nothing is read for an account which an operator connected before its person agrees;
    `approvals` is whose yes a proposal needs before it is marked as sent;
    `sources` is what each platform's reader is configured with.
    """

    database_url: str = setting(values.database, "", secret=True)
    secret_key: str = setting(values.key, "", secret=True)
    data_dir: Path = setting(values.path, Path("var"))
    base_url: str = setting(values.web_address, "")
    trusted_hosts: tuple[str, ...] = setting(values.words, ())
    proxy_hops: int = setting(values.integer(0, 10), 0)
    zone: ZoneInfo = setting(values.zone, ZoneInfo("UTC"))
    demo: bool = setting(values.boolean, False)
    opt_in: bool = setting(values.boolean, False)
    approvals: tuple[str, ...] = setting(values.some_of(*ApprovalKind), ())
    server: Server = field(default_factory=Server)
    worker: Worker = field(default_factory=Worker)
    fetch: Fetch = field(default_factory=Fetch)
    mail: Mail = field(default_factory=Mail)
    rules: Rules = field(default_factory=Rules)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)


def known(group: type, prefix: str = PREFIX) -> Iterator[tuple[str, Field[Any]]]:
    """Yield every variable with its declaration."""
    for declared in fields(group):
        name = prefix + declared.name.upper()
        if "read" in declared.metadata:
            yield name, declared
        elif isinstance(declared.type, type) and is_dataclass(declared.type):
            yield from known(declared.type, f"{name}__")


def build(group: type[T], read: Mapping[str, Any], prefix: str = PREFIX) -> T:
    """Make the tree from variable → value; what is not there has its default."""
    given: dict[str, Any] = {}
    for declared in fields(cast(Any, group)):
        name = prefix + declared.name.upper()
        if name in read:
            given[declared.name] = read[name]
        elif isinstance(declared.type, type) and is_dataclass(declared.type):
            given[declared.name] = build(declared.type, read, f"{name}__")
    return group(**given)
