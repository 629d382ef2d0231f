"""When an item is looked at again, and when not any more."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.second_looks import FOLLOWED, PATIENCE, RETENTION, SOON_ENOUGH, first_look, next_look

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def looks(platform: Platform, *, keeps: bool, first: datetime = AT, most: int = 12) -> list[float]:
    """The days after its posting on which an item is looked at, when each look comes when it is due."""
    found: list[float] = []
    seen = first
    while len(found) < most and (due := next_look(platform, AT, seen, keeps=keeps)) is not None:
        found.append((due - AT) / DAY)
        seen = due
    return found


def test_on_x_once_after_a_week_and_monthly_only_with_a_reason() -> None:
    assert looks(Platform.X, keeps=False) == [7]
    assert looks(Platform.X, keeps=True, most=4) == [7, 37, 67, 97]
    assert looks(Platform.X, keeps=False, first=AT + 9 * DAY) == []  # it was read after its week, and paid then
    assert looks(Platform.X, keeps=True, first=AT + 400 * DAY, most=1) == [430]


def test_on_reddit_within_the_time_that_texts_may_be_kept_and_not_without_a_text() -> None:
    assert looks(Platform.REDDIT, keeps=True, most=3) == [40 / 24, 80 / 24, 120 / 24]
    assert looks(Platform.REDDIT, keeps=False) == []


def test_on_stack_exchange_soon_and_then_seldom_for_two_years() -> None:
    assert looks(Platform.STACKEXCHANGE, keeps=True) == [1, 7, 30, 120, 210, 300, 390, 480, 570, 660]
    assert looks(Platform.STACKEXCHANGE, keeps=True, first=AT + 15 * DAY, most=2) == [30, 120]
    assert looks(Platform.STACKEXCHANGE, keeps=True, first=AT + 731 * DAY) == []


def test_no_other_platform_is_looked_at_again() -> None:
    assert {platform for platform in Platform if looks(platform, keeps=True, most=1)} == FOLLOWED


@pytest.mark.parametrize("platform", list(RETENTION))
def test_waiting_for_a_full_request_and_a_crash_fit_into_the_time_that_a_text_may_be_kept(platform: Platform) -> None:
    assert SOON_ENOUGH + PATIENCE[platform] + timedelta(hours=1) < RETENTION[platform]


def test_nobody_has_spoken_of_what_has_just_come() -> None:
    old = AT - 30 * DAY
    assert first_look(Platform.X, old, AT) is None
    assert first_look(Platform.REDDIT, old, AT) == AT + SOON_ENOUGH
