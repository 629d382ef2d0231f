"""When somebody is reminded that a call for proposals closes: 14, 7 and 2 days before, each once."""

from datetime import date, timedelta

STEPS = (14, 7, 2)  #: days before the last day of the call


def step(closes: date, today: date) -> int | None:
    """The reminder that is due on a day: of those that have come, the last; None before the first, and afterwards."""
    left = (closes - today).days
    return min((one for one in STEPS if one >= left), default=None) if left >= 0 else None


def come(closes: date, today: date) -> list[tuple[int, date]]:
    """Every reminder that has come by a day, with its own day, the first first."""
    days = [(one, closes - timedelta(days=one)) for one in STEPS]
    return [(one, day) for one, day in days if day <= today]
