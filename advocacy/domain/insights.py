"""At most five plain sentences about a period, each with a number, a comparison and a place to go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advocacy.domain.measure import Reached
from advocacy.domain.period import Period
from advocacy.domain.progress import Progress, State

MOST = 5
QUIET_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Stand:
    """One measured expectation: its id, a short title, and the progress on it."""

    expectation_id: int
    title: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Insight:
    """A sentence and the expectation it speaks of (None: of all of them)."""

    text: str
    expectation_id: int | None = None


def insights(stands: Sequence[Stand], days: Mapping[date, int], period: Period, today: date) -> tuple[Insight, ...]:
    """The most useful sentences first; `days` are items by day for the last twelve months."""
    kinds = (_nearest(stands), _promised(stands), _pace(days, period, today), _quiet(stands, today), _dark(stands))
    return tuple(one for kind in kinds for one in kind)[:MOST]


def _nearest(stands: Sequence[Stand]) -> Iterator[Insight]:
    """The expectation that the least is missing for."""
    lacking = [(_missing(s), s) for s in stands if s.progress.state is State.GETTING_THERE and _missing(s) > 0]
    if lacking:
        missing, stand = min(lacking, key=lambda pair: (pair[0], pair[1].expectation_id))
        short = ", ".join(f"{r.count} of {r.need} {r.measure.named(r.need)}" for r in _short(stand))
        yield Insight(f"{missing} more and “{stand.title}” is covered: {short} so far.", stand.expectation_id)


def _missing(stand: Stand) -> int:
    return sum(reached.need - reached.count for reached in _short(stand))


def _short(stand: Stand) -> list[Reached]:
    """Of every target that is not reached, the alternative that the least is missing for."""
    groups = (group for group in stand.progress.measures if not any(reached.met for reached in group))
    return [min(group, key=lambda reached: reached.need - reached.count) for group in groups]


def _promised(stands: Sequence[Stand]) -> Iterator[Insight]:
    """Where a word from the person would change the most."""
    waiting = [s for s in stands if s.progress.waiting and s.progress.state is not State.COVERED]
    if waiting:
        stand = max(waiting, key=lambda s: (s.progress.waiting, -s.expectation_id))
        count, counted = stand.progress.waiting, stand.progress.counted
        verb = "suggestion waits" if count == 1 else "suggestions wait"
        yield Insight(
            f"{count} {verb} for your word under “{stand.title}”, beside {counted} counted.", stand.expectation_id
        )


def _pace(days: Mapping[date, int], period: Period, today: date) -> Iterator[Insight]:
    """The period against the one before it, up to the same day."""
    if not period.start <= today <= period.end:
        return
    earlier = period.shift(-1)
    elapsed = (today - period.start).days
    now = _between(days, period.start, today)
    then = _between(days, earlier.start, min(earlier.end, earlier.start + timedelta(days=elapsed)))
    if now or then:
        word = "as many as" if now == then else "more than" if now > then else "fewer than"
        by = "" if now == then else f"{abs(now - then)} "
        items = "item" if now == 1 else "items"
        yield Insight(f"{now} {items} in {period.label} so far, {by}{word} by then in {earlier.label} ({then}).")


def _between(days: Mapping[date, int], first: date, last: date) -> int:
    return sum(count for day, count in days.items() if first <= day <= last)


def _quiet(stands: Sequence[Stand], today: date) -> Iterator[Insight]:
    """What has been left alone the longest, though there was something."""
    dated = [(s.progress.newest, s) for s in stands if s.progress.newest and s.progress.state is not State.COVERED]
    if dated:
        newest, stand = min(dated, key=lambda pair: (pair[0], pair[1].expectation_id))
        weeks = (today - newest).days // 7
        if weeks >= QUIET_WEEKS:
            day = f"{newest.day} {newest:%b %Y}"
            yield Insight(
                f"Nothing new for “{stand.title}” in {weeks} weeks; the newest is of {day}.", stand.expectation_id
            )


def _dark(stands: Sequence[Stand]) -> Iterator[Insight]:
    """How much cannot be told."""
    dark = [s for s in stands if s.progress.state is State.CANT_TELL]
    if dark:
        is_are = "is" if len(dark) == 1 else "are"
        yield Insight(
            f"{len(dark)} of {len(stands)} measured expectations {is_are} in the dark: "
            "a source is missing or incomplete.",
            dark[0].expectation_id,
        )
