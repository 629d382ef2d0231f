"""Which sources there are: a new one is one line here."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_network
from typing import NamedTuple

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.settings import Settings
from ingest.fetch import Gate
from ingest.purse import OPTION, MonthlyPurse, budget_of
from ingest.source import FreeOfCharge, Misconfigured, Purse, Source
from ingest.sources.feed import FeedSource
from ingest.sources.reddit import RedditSource
from ingest.sources.stackexchange import StackExchangeSource
from ingest.sources.x import XSource

SOURCES: tuple[type[Source], ...] = (FeedSource, XSource, RedditSource, StackExchangeSource)

_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))


class Registry(NamedTuple):
    """The sources that can read, and of the others why not: which option is missing or wrong."""

    ready: Mapping[Platform, Source]
    unready: Mapping[Platform, str]


def build(settings: Settings, clock: Callable[[], datetime] = running.now) -> Registry:
    """All sources, ready to fetch or with what is to be mended; what costs money spends within the month's budget."""
    ready: dict[Platform, Source] = {}
    unready: dict[Platform, str] = {}
    for source in SOURCES:
        config = settings.sources.get(source.platform, {})
        try:
            ready[source.platform] = _made(source, settings, config, clock)
        except Misconfigured as error:
            unready[source.platform] = str(error)
    return Registry(ready, unready)


def budgets(settings: Settings) -> dict[Platform, float]:
    """What each platform that costs money may cost in a month, in US dollars; none of a budget that is no number."""
    found: dict[Platform, float] = {}
    for source in SOURCES:
        with suppress(Misconfigured):
            budget = budget_of(source.platform, settings.sources.get(source.platform, {}))
            found |= {} if budget is None else {source.platform: budget}
    return found


def way_out(settings: Settings) -> Gate:
    """The gate for what is no source's: a page that somebody pasted the link of."""
    return _gate(settings, {})


def _made(source: type[Source], settings: Settings, config: Mapping[str, str], clock: Callable[[], datetime]) -> Source:
    purse: Purse = FreeOfCharge()
    if (budget := budget_of(source.platform, config)) is not None:
        purse = MonthlyPurse(source.platform, budget, clock)
        config = {name: value for name, value in config.items() if name != OPTION}
    return source.from_config(config, _gate(settings, config), purse)


def _gate(settings: Settings, config: Mapping[str, str]) -> Gate:
    """The way out; an operator's own base address may stand anywhere, for its source goes nowhere else."""
    contact = f"; +{settings.fetch.contact}" if settings.fetch.contact else ""
    return Gate(
        allow_nets=_ANYWHERE if "base_url" in config else settings.fetch.allow_nets,
        user_agent=f"advocacy/0.1 (advocacy and training tracker{contact})",
        total_timeout=settings.fetch.total_timeout,
        max_bytes=settings.fetch.max_bytes,
    )
