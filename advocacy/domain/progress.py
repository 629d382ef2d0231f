"""Where a person stands against one expectation: tallies, coverage and target in, a state with its reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage, Hole
from advocacy.domain.coverage_words import unknown_in_words
from advocacy.domain.days import Span, clip
from advocacy.domain.measure import Reached, Tally, measured
from advocacy.domain.period import Period
from advocacy.domain.platform_names import PLATFORM_NAMES
from advocacy.domain.rulebook import Rule
from advocacy.domain.survey import NOTHING_ASKED, Asked


class State(StrEnum):
    """The five words (PRODUCT.md, "The states, decided")."""

    COVERED = "covered"
    GETTING_THERE = "getting_there"
    NO_EVIDENCE_YET = "no_evidence_yet"
    CANT_TELL = "cant_tell"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A state and what it rests on; `count` of `target` is the headline measure, `measures` are all of them."""

    state: State
    count: int
    target: int | None = None
    measures: tuple[tuple[Reached, ...], ...] = ()
    newest: date | None = None
    counted: int = 0  #: works in the period itself, whatever the measures look at
    confirmed: int = 0
    waiting: int = 0
    complete_from: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the person beside the evidence.

    `active` are the days in the role less leave and on-hold; `coverage` holds the connected platforms;
    `personas` are those of the company's own product; `asked` are the survey campaigns of the period.
    """

    today: date
    active: tuple[Span, ...]
    coverage: Mapping[Platform, Coverage]
    personas: tuple[str, ...] = ()
    asked: Asked = NOTHING_ASKED


def progress(rule: Rule | None, reading: str, tallies: Sequence[Tally], period: Period, me: Standing) -> Progress:
    """Judge one expectation over one period."""
    inside = [t for t in tallies if period.start <= t.day <= period.end]
    newest = max((t.day for t in inside if t.counted), default=None)
    confirmed = len({t.work for t in inside if t.confirmed})
    counted = len({t.work for t in inside if t.counted})
    waiting = len({t.work for t in inside} - {t.work for t in inside if t.counted})
    if rule is None:
        return Progress(
            state=State.NOT_MEASURED,
            count=counted,
            newest=newest,
            counted=counted,
            confirmed=confirmed,
            waiting=waiting,
        )
    groups = measured(rule.reading(reading).target, tallies, period, me.active, me.personas, me.asked)
    headline = next((r for r in groups[0] if r.met), groups[0][0])
    doubt = _doubt(rule, period, me)
    state = _state(groups, bool(counted or any(r.count for group in groups for r in group)), doubt)
    return Progress(
        state=state,
        count=headline.count,
        target=headline.need,
        measures=groups,
        newest=newest,
        counted=counted,
        confirmed=confirmed,
        waiting=waiting,
        complete_from=doubt.complete_from,
        notes=_notes(state, groups, doubt),
    )


def of_released(one: Progress) -> Progress:
    """The same for somebody who sees only what was released: nothing seen says nothing of what was done.

    Nor is a target reached that asks for nothing, as far as they see: what surveys were asked is not theirs to know.
    """
    nothing = one.state is State.NO_EVIDENCE_YET or (one.state is State.COVERED and not one.count)
    state = State.CANT_TELL if nothing else one.state
    measures = tuple(tuple(replace(reached, note="") for reached in group) for group in one.measures)
    return replace(one, state=state, measures=measures, notes=(), waiting=0, complete_from=None)


@dataclass(frozen=True, slots=True)
class _Doubt:
    missing: tuple[Platform, ...]
    partial: Mapping[Platform, tuple[Hole, ...]]
    blind: bool
    complete_from: date | None


def _doubt(rule: Rule, period: Period, me: Standing) -> _Doubt:
    """Which sources that could hold evidence cannot be trusted for the period, and whether that leaves us blind."""
    first = min((start for start, _ in clip(me.active, (period.start, period.end))), default=period.start)
    known = {p: me.coverage[p] for p in rule.sources if p in me.coverage}
    partial = {p: holes for p, c in known.items() if (holes := c.unknown(first, period.end, me.today))}
    missing = tuple(p for p in rule.sources if p not in known)
    needed = [rule.alone] if rule.alone else rule.sources
    starts = [c.start for p, c in known.items() if c.start and (not rule.alone or p == rule.alone)]
    blind = bool(needed) and not any(p in known and p not in partial for p in needed)
    return _Doubt(missing, partial, blind, max(starts, default=None))


def _state(groups: tuple[tuple[Reached, ...], ...], something: bool, doubt: _Doubt) -> State:
    if all(any(r.met for r in group) for group in groups):
        return State.COVERED
    if something:
        return State.GETTING_THERE
    return State.CANT_TELL if doubt.blind else State.NO_EVIDENCE_YET


def _notes(state: State, groups: tuple[tuple[Reached, ...], ...], doubt: _Doubt) -> tuple[str, ...]:
    notes = [r.note for group in groups for r in group if r.note]
    if state is not State.COVERED:
        lead = "may be more" if state is State.GETTING_THERE else "not seen"
        for platform, holes in doubt.partial.items():
            notes.append(f"{lead}: {PLATFORM_NAMES[platform]}: {unknown_in_words(holes)}")
        if doubt.missing:
            notes.append(f"{lead}: {_names(doubt.missing)} not connected")
    return tuple(notes)


def _names(platforms: Sequence[Platform]) -> str:
    return ", ".join(PLATFORM_NAMES[p] for p in platforms)
