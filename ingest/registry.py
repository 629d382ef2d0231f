"""Which sources there are: a new one is one line here."""

from collections.abc import Mapping

from advocacy.config import Settings
from advocacy.domain.activity import Platform
from ingest.fetch import Gate
from ingest.source import Source
from ingest.sources.feed import FeedSource

SOURCES: tuple[type[Source], ...] = (FeedSource,)


def build(settings: Settings) -> Mapping[Platform, Source]:
    """All sources, ready to fetch; raise Misconfigured naming the missing or refused key."""
    gate = Gate(
        allow_nets=settings.fetch.allow_nets,
        user_agent=settings.fetch.user_agent,
        total_timeout=settings.fetch.total_timeout,
        max_bytes=settings.fetch.max_bytes,
    )
    return {source.platform: source.from_config({}, gate) for source in SOURCES}
