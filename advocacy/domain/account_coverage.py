"""For which days one account is complete: what polling showed, less its gaps, and what archives brought beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.domain.coverage import Coverage, Hole
from advocacy.domain.period import day_of
from advocacy.domain.stretches import Stretch, less, overlap, together

PAUSED = "reading was paused"
STARTED = "you asked for nothing from before"
_BETWEEN = "neither reading nor an archive reaches there"
_LAST_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an account: since when and until when polling shows all, `why` not from earlier on.

    `gaps` are stretches within that of which it could not, each with its reason; `archived` came by another road.
    """

    since: datetime | None = None
    until: datetime | None = None
    why: str = ""
    gaps: Sequence[tuple[Stretch, str]] = ()
    archived: Sequence[Stretch] = ()
    paused_at: datetime | None = None
    start_on: date | None = None


def covered(known: Known, zone: str) -> Coverage:
    """The complete days where the person lives; a day that a gap touches is not complete."""
    polled = _polled(known)
    whole = together([*less(polled, [gap for gap, _ in known.gaps]), *known.archived])
    if not whole:
        return Coverage(before=PAUSED if known.paused_at else known.why)
    start, end = day_of(whole[0][0], zone), day_of(whole[-1][1], zone)
    before = known.why if polled and whole[0][0] == polled[0][0] else ""
    if known.start_on is not None and known.start_on > start:
        start, before = known.start_on, STARTED
    holes = (_hole(stretch, known, zone) for stretch in less([(whole[0][0], whole[-1][1])], whole))
    return Coverage(
        start,
        end,
        tuple(hole for hole in holes if hole.last >= start),
        before,
        PAUSED if known.paused_at is not None else "",
    )


def _polled(known: Known) -> tuple[Stretch, ...]:
    if known.since is None or known.until is None:
        return ()
    until = known.until if known.paused_at is None else min(known.until, known.paused_at)
    # A blog that was read once, at the moment it began, is complete from then to then: a stretch all the same.
    return ((known.since, max(until, known.since + _LAST_MOMENT)),) if until >= known.since else ()


def _hole(stretch: Stretch, known: Known, zone: str) -> Hole:
    """In days; why, says the gap that it lies in, else what kept polling from reaching back there."""
    reasons = dict.fromkeys(why for gap, why in known.gaps if why and overlap(gap, stretch))
    if not reasons and known.since is not None and stretch[0] < known.since:
        reasons = dict.fromkeys([known.why or _BETWEEN])
    first, last = day_of(stretch[0], zone), day_of(stretch[1] - _LAST_MOMENT, zone)
    return Hole(first, last, "; ".join(reasons) or _BETWEEN)
