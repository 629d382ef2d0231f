"""Where somebody was heard, as breadth is counted: the platform, or the place itself for what was logged by hand."""

from advocacy.domain.activity import Kind, Platform

LIMIT = 80  #: characters kept of a place's name
_ON_STAGE = frozenset({Kind.TALK, Kind.PROPOSAL})


def medium(platform: Platform, kind: Kind, channel: str) -> str:
    """`reddit` whatever the community; the event's or channel's own name for talks and for what was logged."""
    place = " ".join(channel.casefold().split())[:LIMIT]
    return place if place and (platform is Platform.MANUAL or kind in _ON_STAGE) else platform.value
