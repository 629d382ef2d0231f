"""What an operator may set: typed, from `ADVOCACY_…` environment variables, each also as `…_FILE`.

An empty variable counts as not set. Reading is all or nothing: every wrong variable is named at once.
"""

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, replace
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from advocacy import config_values as values
from advocacy.domain.activity import Platform
from advocacy.settings import PREFIX, Rules, Settings, build, known
from advocacy.signing_key import kept_key

__all__ = ["ConfigError", "Row", "Settings", "describe", "load"]

SOURCES = re.compile(rf"{PREFIX}({'|'.join(Platform)})__(\w+)", re.IGNORECASE)
"""What a platform's reader is configured with: `ADVOCACY_X__BEARER_TOKEN`. The reader itself knows its options."""

FOREIGN = re.compile(r"ADVOCACY_(TEST_DATABASE_URL|SERVICE_(HOST|PORT)\w*|PORT_\d+_(TCP|UDP)\w*)")
"""Not ours to judge: the tests' own, and what Kubernetes gives every pod beside a service called advocacy."""


class ConfigError(Exception):
    """Some variables are wrong; `problems` has a line for each, and never a secret."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """One line of `advocacy config`."""

    name: str
    value: str
    source: str


def load(environ: Mapping[str, str], cwd: Path, *, with_key: bool = True) -> Settings:
    """Read the settings; raise ConfigError naming every wrong variable.

    Relative paths stand on `cwd`. With a SQLite database and no key set, a key is made once in the data
    directory; a command that signs nothing says `with_key=False` and writes nothing.
    """
    texts, origins, problems = _texts(environ)
    declared = dict(known(Settings))
    read: dict[str, Any] = {}
    for name, raw in texts.items():
        if SOURCES.fullmatch(name):
            continue
        try:
            read[name] = declared[name].metadata["read"](raw)
        except ValueError as error:
            problems.append(f"{name} {error}{_shown(raw, declared[name])}")
        except KeyError:
            problems.append(f"{name} is not known{_nearest(name, declared)}")
    settings = _settled(build(Settings, read), cwd)
    problems += _contradictions(settings)
    if problems:
        raise ConfigError(*problems)
    settings = replace(settings, origins=origins, sources=_sources(texts))
    return _keyed(settings) if with_key and not settings.secret_key else settings


def describe(settings: Settings) -> list[Row]:
    """Tell every setting, secrets hidden, and where it came from."""
    rows = []
    for name, declared in known(Settings):
        value: Any = settings
        for step in name.removeprefix(PREFIX).lower().split("__"):
            value = getattr(value, step)
        shown = _hidden(declared.name, value) if declared.metadata["secret"] else _plain(value)
        rows.append(Row(name, shown, settings.origins.get(name, "default")))
    for platform, config in settings.sources.items():
        names = [f"{PREFIX}{platform}__{option}".upper() for option in config]
        rows += [Row(name, "(hidden)", settings.origins[name]) for name in names]
    return rows


def _texts(environ: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Collect name → text and name → origin, the content of files included."""
    texts: dict[str, str] = {}
    origins: dict[str, str] = {}
    problems: list[str] = []
    for variable in sorted(environ):
        raw = environ[variable].strip()
        if not variable.startswith(PREFIX) or not raw or _is_foreign(variable, raw):
            continue
        name = variable.removesuffix("_FILE")
        if name in texts:
            problems.append(f"{name} and {variable} are both set: unset one")
            continue
        try:
            texts[name] = raw if name == variable else Path(raw).read_text("utf-8").strip()
            origins[name] = "environment" if name == variable else f"file {raw}"
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            problems.append(f"{variable} names {raw}, which cannot be read: {reason}")
    return texts, origins, problems


def _is_foreign(variable: str, raw: str) -> bool:
    return bool(FOREIGN.fullmatch(variable)) or (variable == "ADVOCACY_PORT" and raw.startswith("tcp://"))


def _sources(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, raw in texts.items():
        if match := SOURCES.fullmatch(name):
            platform, option = match.groups()
            found.setdefault(platform.lower(), {})[option.lower()] = raw
    return found


def _settled(settings: Settings, cwd: Path) -> Settings:
    data_dir = cwd / settings.data_dir
    database = settings.database_url or f"sqlite:///{data_dir / 'advocacy.db'}"
    in_file = re.fullmatch(r"sqlite:///(?!/|:|file:)(.+)", database)
    host = f"[{settings.server.host}]" if ":" in settings.server.host else settings.server.host
    rules = settings.rules
    return replace(
        settings,
        data_dir=data_dir,
        database_url=f"sqlite:///{cwd / in_file[1]}" if in_file else database,
        base_url=settings.base_url or f"http://{host}:{settings.server.port}",
        rules=Rules(
            rulebook=rules.rulebook and cwd / rules.rulebook,
            vocabulary=rules.vocabulary and cwd / rules.vocabulary,
        ),
    )


def _contradictions(settings: Settings) -> list[str]:
    problems = [
        f"{PREFIX}RULES__{name} names {file}, which is no file"
        for name, file in (("RULEBOOK", settings.rules.rulebook), ("VOCABULARY", settings.rules.vocabulary))
        if file and not file.is_file()
    ]
    if settings.demo and not _is_loopback(settings.server.host):
        problems.append(f"{PREFIX}DEMO lets anybody sign in: {PREFIX}SERVER__HOST must be a loopback address then")
    return problems


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _keyed(settings: Settings) -> Settings:
    name = f"{PREFIX}SECRET_KEY"
    if not settings.database_url.startswith("sqlite"):
        raise ConfigError(f'{name} is not set; make one: python3 -c "import secrets; print(secrets.token_hex(32))"')
    file = settings.data_dir / "secret_key"
    try:
        made = values.key(kept_key(file))
    except OSError as error:
        raise ConfigError(f"{name} is not set and {file} cannot be kept: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{name} is not set and the key in {file} {error}") from error
    return replace(settings, secret_key=made, origins={**settings.origins, name: f"file {file}"})


def _nearest(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else "; `advocacy config` lists those that are"


def _shown(raw: str, declared: Field[Any]) -> str:
    return "" if declared.metadata["secret"] else f", not {raw[:80]!r}"


def _hidden(name: str, value: str) -> str:
    if name != "database_url":
        return "(hidden)" if value else ""
    parts = urlsplit(value)
    if not parts.netloc:
        return value
    user, _, host = parts.netloc.rpartition("@")
    account = user.partition(":")[0] + ":(hidden)@" if user else ""
    return f"{parts.scheme}://{account}{host}{parts.path}"


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
