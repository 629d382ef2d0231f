"""Under which licence a platform's posts may be shown, where it has one for all of them."""

from datetime import date

from advocacy.domain.activity import Platform

_CC_BY_SA = ((date(2018, 5, 2), "4.0"), (date(2011, 4, 8), "3.0"), (date.min, "2.5"))
"""The licences of Stack Exchange, by the first day on which something was written under each."""


def licence_of(platform: Platform, day: date) -> str:
    """The licence of what was written on a day: `CC BY-SA 4.0`; '' where the platform has none for everybody."""
    if platform is not Platform.STACKEXCHANGE:
        return ""
    return f"CC BY-SA {next(version for first, version in _CC_BY_SA if day >= first)}"


def licence_url(licence: str) -> str:
    """Where its text stands."""
    return f"https://creativecommons.org/licenses/by-sa/{licence.removeprefix('CC BY-SA ')}/"
