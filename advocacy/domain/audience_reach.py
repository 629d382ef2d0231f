"""How far an item reached: each number as somebody told it on a day, never added up and never made up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.domain.metrics import Snapshot, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A number as it stood on a day; `gained` since another day, None where only one day tells it."""

    name: str
    value: int
    day: date
    by_hand: bool = False
    gained: int | None = None
    since: date | None = None


def reached(told: Mapping[str, Iterable[Snapshot]], first: date) -> list[Reach]:
    """By metric what its newest snapshot says, and what it gained within the period that begins on `first`.

    It is counted from the last day before the period, or else from the first day within it.
    """
    lines = ((metric, standing(snapshots)) for metric, snapshots in sorted(told.items()))
    return [_reach(metric, days, first) for metric, days in lines if days]


def called(metric: str) -> str:
    """A metric as people call it: `view_count` counts views."""
    name = metric.removesuffix("_count").replace("_", " ")
    if name == metric or name.endswith("s"):
        return name
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _reach(metric: str, days: Sequence[Snapshot], first: date) -> Reach:
    name, newest = called(metric), days[-1]
    before = [one for one in days if one.day <= first]
    begun = before[-1] if before else days[0]
    if newest.day < first or begun.day == newest.day:
        return Reach(name=name, value=newest.value, day=newest.day, by_hand=newest.by_hand)
    return Reach(
        name=name,
        value=newest.value,
        day=newest.day,
        by_hand=newest.by_hand,
        gained=newest.value - begun.value,
        since=begun.day,
    )


def lines(found: Iterable[Reach], teller: str) -> list[str]:
    """In words, a line for each teller and day: `told by X on 3 Nov 2026: 9 likes, 20 views (+2 since 5 Oct 2026)`."""
    told: dict[str, list[str]] = {}
    for one in found:
        who = f"stated by its author for {_day(one.day)}" if one.by_hand else f"told by {teller} on {_day(one.day)}"
        told.setdefault(who, []).append(f"{one.value:,} {one.name}{_gained(one)}")
    return [f"{who}: {', '.join(numbers)}" for who, numbers in told.items()]


def _gained(one: Reach) -> str:
    if one.gained is None or one.since is None:
        return ""
    return f" ({one.gained:+,} since {_day(one.since)})".replace("-", "\N{MINUS SIGN}")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
