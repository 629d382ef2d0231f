"""The header Retry-After: when a server wants to be asked again."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=24)


def retry_at(told: str, now: datetime) -> datetime | None:
    """Read Retry-After, seconds or a date, within 1 minute to 24 hours; None for what is neither."""
    wait = _seconds(told.strip()) if told else None
    if wait is None:
        wait = _until(told.strip(), now)
    return None if wait is None else now + min(max(wait, SOONEST), LATEST)


def _seconds(told: str) -> timedelta | None:
    number = re.fullmatch(r"(-?)(\d+)(?:\.\d+)?", told, re.ASCII)
    if not number:
        return None
    return timedelta() if number[1] else timedelta(seconds=int(number[2][:9]))


def _until(told: str, now: datetime) -> timedelta | None:
    try:
        at = parsedate_to_datetime(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
