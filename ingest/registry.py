"""Which sources there are: a new one is one line here."""

from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import NamedTuple

from advocacy.domain.activity import Platform
from advocacy.settings import Settings
from ingest.fetch import Gate
from ingest.source import FreeOfCharge, Misconfigured, Purse, Source
from ingest.sources.feed import FeedSource
from ingest.sources.x import XSource

SOURCES: tuple[type[Source], ...] = (FeedSource, XSource)

_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))


class Registry(NamedTuple):
    """The sources that can read, and of the others why not: which option is missing or wrong."""

    ready: Mapping[Platform, Source]
    unready: Mapping[Platform, str]


def build(settings: Settings, purse_of: Callable[[Platform], Purse] = lambda platform: FreeOfCharge()) -> Registry:
    """All sources, ready to fetch or with what is to be mended."""
    ready: dict[Platform, Source] = {}
    unready: dict[Platform, str] = {}
    for source in SOURCES:
        config = settings.sources.get(source.platform, {})
        try:
            ready[source.platform] = source.from_config(config, _gate(settings, config), purse_of(source.platform))
        except Misconfigured as error:
            unready[source.platform] = str(error)
    return Registry(ready, unready)


def _gate(settings: Settings, config: Mapping[str, str]) -> Gate:
    """The way out; an operator's own base address may stand anywhere, for its source goes nowhere else."""
    contact = f"; +{settings.fetch.contact}" if settings.fetch.contact else ""
    return Gate(
        allow_nets=_ANYWHERE if "base_url" in config else settings.fetch.allow_nets,
        user_agent=f"advocacy/0.1 (advocacy and training tracker{contact})",
        total_timeout=settings.fetch.total_timeout,
        max_bytes=settings.fetch.max_bytes,
    )
