"""Which sources there are: a new one is one line here."""

from collections.abc import Mapping

from advocacy.domain.activity import Platform
from advocacy.settings import Settings
from ingest.fetch import Gate
from ingest.source import Source
from ingest.sources.feed import FeedSource

SOURCES: tuple[type[Source], ...] = (FeedSource,)


def build(settings: Settings) -> Mapping[Platform, Source]:
    """All sources, ready to fetch; raise Misconfigured naming the missing or refused key."""
    contact = f"; +{settings.fetch.contact}" if settings.fetch.contact else ""
    gate = Gate(
        allow_nets=settings.fetch.allow_nets,
        user_agent=f"advocacy/0.1 (advocacy and training tracker{contact})",
        total_timeout=settings.fetch.total_timeout,
        max_bytes=settings.fetch.max_bytes,
    )
    return {source.platform: source.from_config(settings.sources.get(source.platform, {}), gate) for source in SOURCES}
