"""What a run came to, in words and a table."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from advocacy.cli.console import table
from advocacy.domain.activity import Platform
from advocacy.domain.other_roads import other_road
from advocacy.domain.platform_names import PLATFORM_NAMES
from ingest.look_figures import COLUMNS as LOOK_COLUMNS
from ingest.look_figures import Looked

COLUMNS = {
    "accounts": "accounts",
    "requests": "requests",
    "seen": "posts read",
    "cost_usd": "USD",
    **{name: name for name in ("new", "changed", "same", "deleted")},
    "skipped": "not kept",
    "poison": "set aside",
}
"""Of each figure the words at the head of its column."""

MANY = 5  #: addresses that are still named one by one


def show(told: Mapping[str, Any], readable: Iterable[Platform]) -> None:
    """Print the figures of each platform, then what could not be read and what to do about it."""
    if told["platforms"]:
        table(("platform", *COLUMNS.values(), "next (UTC)"), [_row(*item) for item in told["platforms"].items()])
    else:
        known = ", ".join(readable)
        click.echo(f"Nothing was to be read. This version reads {known}; `advocacy ingest status` tells when.")
    for platform, message in told["unready"].items():
        words = f"{PLATFORM_NAMES[Platform(platform)]} is not read: {message}. {other_road(Platform(platform))}"
        click.echo(words.strip(), err=True)
    for error in _once(told["errors"], told["unready"].values()):
        click.echo(error, err=True)


def show_looks(found: Sequence[Looked]) -> None:
    """Print what was looked at again, when something was."""
    if found:
        rows = [(one.platform, *(getattr(one, name) for name in LOOK_COLUMNS)) for one in found]
        table(("looked at again", *LOOK_COLUMNS), rows)
    for one in found:
        if one.message:
            click.echo(f"{one.platform}, second looks: {one.message}", err=True)


def _once(errors: Sequence[Mapping[str, Any]], known: Collection[str]) -> Iterator[str]:
    """A line for each address; what many of a platform say alike is said once, and not what was said of all of it."""
    alike: dict[tuple[str, str], list[str]] = {}
    for error in errors:
        if error["message"] not in known:
            alike.setdefault((error["platform"], error["message"]), []).append(error["address"])
    for (platform, message), addresses in alike.items():
        if len(addresses) > MANY:
            yield f"{len(addresses)} addresses of {PLATFORM_NAMES[Platform(platform)]}: {message}"
        else:
            yield from (f"{address}: {message}" for address in addresses)


def _row(platform: str, figures: Mapping[str, Any]) -> tuple[object, ...]:
    money = f"{figures['cost_usd']:.2f}" if figures["cost_usd"] else "–"
    told = {**figures, "cost_usd": money}
    after = figures["next_at"] and f"{datetime.fromisoformat(figures['next_at']):%Y-%m-%d %H:%M}"
    return (platform, *(told[name] for name in COLUMNS), after)
