"""Under which licence a platform publishes what people write there, where that is known."""

from datetime import UTC, datetime

from advocacy.domain.activity import Platform

_STACK_EXCHANGE = (
    (datetime(2018, 5, 2, tzinfo=UTC), "CC BY-SA 4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "CC BY-SA 3.0"),
    (datetime.min.replace(tzinfo=UTC), "CC BY-SA 2.5"),
)
"""Since when which version holds there (stackoverflow.com/help/licensing)."""


def licence(platform: Platform, at: datetime) -> str:
    """The licence of what was published there at that moment; nothing where the platform names none."""
    if platform is not Platform.STACKEXCHANGE:
        return ""
    return next(name for since, name in _STACK_EXCHANGE if at >= since)
