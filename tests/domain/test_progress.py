from datetime import date

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage
from advocacy.domain.measure import Tally
from advocacy.domain.period import parse
from advocacy.domain.progress import Standing, State, progress
from advocacy.domain.rulebook import Reading, Rule
from advocacy.domain.target import Measure

TODAY = date(2026, 11, 23)
Q4 = parse("2026-Q4")
WHOLE, PART = Coverage(date(2026, 1, 1), TODAY), Coverage(date(2026, 11, 1), TODAY)
BLOGS, X = Platform.FEED, Platform.X


def rule(*sources: Platform, alone: Platform | None = None) -> Rule:
    reading = Reading(id="all", recognised_by=(), conditions=(), target=((Measure(at_least=2),),))
    return Rule(id="r", title="R", section="S", readings=(reading,), sources=sources, alone=alone)


def judge(of: Rule, items: int, **coverage: Coverage) -> State:
    me = Standing(
        today=TODAY,
        active=((date.min, date.max),),
        coverage={Platform(name): known for name, known in coverage.items()},
    )
    tallies = [Tally(day=date(2026, 10, 5), work=number) for number in range(items)]
    return progress(of, "all", tallies, Q4, me).state


@pytest.mark.parametrize(
    ("items", "coverage", "state"),
    [
        (2, {}, State.COVERED),
        (1, {}, State.GETTING_THERE),
        (0, {}, State.CANT_TELL),
        (0, {"x": PART}, State.CANT_TELL),
        (0, {"feed": WHOLE}, State.CANT_TELL),
        (0, {"x": WHOLE}, State.NO_EVIDENCE_YET),
    ],
)
def test_what_only_x_can_hold_is_unknown_without_x(items: int, coverage: dict[str, Coverage], state: State) -> None:
    assert judge(rule(X, Platform.MASTODON, alone=X), items, **coverage) is state


@pytest.mark.parametrize(
    ("coverage", "state"),
    [
        ({"x": WHOLE, "feed": WHOLE}, State.NO_EVIDENCE_YET),
        ({"x": WHOLE}, State.NO_EVIDENCE_YET),
        ({"x": WHOLE, "feed": PART}, State.NO_EVIDENCE_YET),
        ({"x": PART, "feed": PART}, State.CANT_TELL),
        ({}, State.CANT_TELL),
    ],
)
def test_of_many_sources_a_missing_one_is_a_note_and_all_missing_a_doubt(
    coverage: dict[str, Coverage], state: State
) -> None:
    assert judge(rule(X, BLOGS), 0, **coverage) is state


def test_what_only_people_can_log_has_no_evidence_yet() -> None:
    assert judge(rule(), 0) is State.NO_EVIDENCE_YET


def test_no_rule_is_not_measured_and_counts_what_was_attached() -> None:
    me = Standing(today=TODAY, active=(), coverage={})
    found = progress(None, "", [Tally(day=TODAY, work=1, confirmed=True)], Q4, me)
    assert (found.state, found.count, found.target, found.newest) == (State.NOT_MEASURED, 1, None, TODAY)


def test_the_notes_say_what_could_hold_more() -> None:
    me = Standing(today=TODAY, active=((date.min, date.max),), coverage={BLOGS: PART})
    found = progress(rule(X, BLOGS), "all", [Tally(day=TODAY, work=1)], Q4, me)
    assert found.notes == ("may be more: blog: nothing is known of 1–31 October", "may be more: X not connected")
    assert found.complete_from == date(2026, 11, 1)


def test_suggestions_wait_and_are_told_apart() -> None:
    me = Standing(today=TODAY, active=((date.min, date.max),), coverage={X: WHOLE})
    tallies = [
        Tally(day=TODAY, work=1, confirmed=True),
        Tally(day=TODAY, work=2),
        Tally(day=TODAY, work=3, counted=False),
    ]
    found = progress(rule(X), "all", tallies, Q4, me)
    assert (found.count, found.confirmed, found.waiting, found.state) == (2, 1, 1, State.COVERED)
