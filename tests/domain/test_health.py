from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.health import Condition, Health, Outcome, after, next_visit

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EARLIER = NOW - timedelta(days=1)
WELL = Condition(Health.HEALTHY, EARLIER)
HOUR = timedelta(hours=1)


def test_failures_in_a_row_lead_from_degraded_to_failing() -> None:
    condition, states = WELL, []
    for _ in range(4):
        condition = after(condition, Outcome.FAILED, NOW)
        states.append((condition.state, condition.failures))
    assert states == [(Health.DEGRADED, 1), (Health.DEGRADED, 2), (Health.FAILING, 3), (Health.FAILING, 4)]


def test_failing_for_a_fortnight_is_dormant_and_probed_daily() -> None:
    failing = Condition(Health.FAILING, NOW - timedelta(days=15), 30)
    dormant = after(failing, Outcome.FAILED, NOW)
    assert dormant.state is Health.DORMANT
    assert next_visit(dormant, NOW, HOUR, 0, None) == NOW + timedelta(days=1)
    assert after(dormant, Outcome.FAILED, NOW).state is Health.DORMANT


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.MISCONFIGURED, Outcome.LOST])
def test_a_rate_limit_and_our_own_trouble_are_not_the_sources_failure(outcome: Outcome) -> None:
    assert after(WELL, outcome, NOW) == WELL


def test_one_good_pull_heals() -> None:
    assert after(Condition(Health.FAILING, EARLIER, 9), Outcome.OK, NOW) == Condition(Health.HEALTHY, NOW, 0)


def test_the_state_keeps_its_beginning() -> None:
    assert after(WELL, Outcome.UNCHANGED, NOW) == WELL


def test_poisoned_items_degrade_a_source_that_answers() -> None:
    assert after(WELL, Outcome.OK, NOW, poison=1).state is Health.DEGRADED


@pytest.mark.parametrize(
    ("failures", "pause"),
    [(1, timedelta(minutes=10)), (2, timedelta(minutes=20)), (5, timedelta(minutes=160)), (40, timedelta(hours=24))],
)
def test_pauses_double_up_to_a_day(failures: int, pause: timedelta) -> None:
    assert next_visit(Condition(Health.FAILING, EARLIER, failures), NOW, HOUR, 0, None) == NOW + pause


def test_a_platforms_wish_to_come_later_is_kept_but_never_sooner() -> None:
    late, soon = NOW + timedelta(hours=5), NOW + timedelta(minutes=1)
    assert [next_visit(WELL, NOW, HOUR, 0, wish) for wish in (late, soon)] == [late, NOW + HOUR]


def test_jitter_spreads_over_a_tenth() -> None:
    assert next_visit(WELL, NOW, HOUR, 1, None) == NOW + timedelta(minutes=66)
