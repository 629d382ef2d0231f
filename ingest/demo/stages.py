"""The four moments in a company's life at which the demo can be opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """For how many days the blogs have been read, on which days ago, and whether things were left to rot."""

    days: int
    read_on: tuple[int, ...] = ()
    untidy: bool = False

    def moments(self, anchor: datetime) -> list[datetime]:
        """When the blogs are read, oldest first."""
        return [anchor - timedelta(days=days) for days in self.read_on]


YEAR = 365  #: days
_READ = (365, 300, 240, 180, 120, 90, 75, 60, 45, *range(30, 14, -2), *range(14, -1, -1))
_NEGLECTED = (365, 240, 120, 60, 30, 14, *range(5, -1, -1))

STAGES = {
    "empty": Stage(days=0),
    "first-week": Stage(days=5, read_on=tuple(range(5, -1, -1))),
    "year": Stage(days=YEAR, read_on=_READ),
    "mess": Stage(days=YEAR, read_on=_NEGLECTED, untidy=True),
}
