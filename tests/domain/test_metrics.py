"""What a number gained in a stretch of days, and which change of it is news."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.activity import Platform
from advocacy.domain.metrics import Snapshot, gained, is_news, news, standing

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
OLD, YOUNG = date(2026, 3, 1), date(2026, 11, 2)


def on(day: date, value: int, by_hand: bool = False) -> Snapshot:
    return Snapshot(day, value, by_hand)


def test_what_is_gained_is_the_difference_of_end_and_beginning() -> None:
    told = [on(date(2026, 9, 2), 40), on(date(2026, 9, 30), 50), on(date(2026, 11, 3), 70), on(date(2027, 1, 1), 99)]
    assert gained(told, FIRST, LAST, OLD) == 20


def test_what_is_born_inside_begins_at_nothing() -> None:
    assert gained([on(date(2026, 11, 9), 30)], FIRST, LAST, YOUNG) == 30


def test_unknown_is_not_zero() -> None:
    assert gained([on(date(2026, 11, 9), 30)], FIRST, LAST, OLD) is None  # nobody knows how it began
    assert gained([], FIRST, LAST, YOUNG) is None  # nobody told anything
    assert gained([on(date(2027, 2, 1), 30)], FIRST, LAST, date(2027, 1, 5)) is None  # not there yet


def test_a_number_of_the_first_day_will_do_when_there_is_none_from_before() -> None:
    assert gained([on(FIRST, 10), on(LAST, 15)], FIRST, LAST, OLD) == 5
    assert gained([on(date(2026, 9, 30), 8), on(FIRST, 10), on(LAST, 15)], FIRST, LAST, OLD) == 7


def test_what_is_told_no_more_stays_at_what_it_was_and_may_have_fallen() -> None:
    assert gained([on(date(2026, 8, 1), 40)], FIRST, LAST, OLD) == 0
    assert gained([on(date(2026, 8, 1), 40), on(date(2026, 10, 5), 31)], FIRST, LAST, OLD) == -9


def test_of_a_day_that_both_speak_of_the_persons_word_stands_in_whatever_order_it_came() -> None:
    machine, person = on(LAST, 3), on(LAST, 500, by_hand=True)
    assert standing([machine, person]) == standing([person, machine]) == [person]
    assert gained([on(OLD, 1), person, machine], FIRST, LAST, OLD) == 499


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 1000), st.booleans()), max_size=12))
def test_what_is_gained_in_two_quarters_is_gained_in_the_half_year(told: list[tuple[int, int, bool]]) -> None:
    snapshots = [on(date(2026, 1, 1) + timedelta(days=days), value, hand) for days, value, hand in told]
    whole = gained(snapshots, date(2026, 7, 1), LAST, OLD)
    halves = gained(snapshots, date(2026, 7, 1), date(2026, 9, 30), OLD), gained(snapshots, FIRST, LAST, OLD)
    if None not in halves and any(one.day < date(2026, 7, 1) for one in snapshots):
        assert whole == sum(half for half in halves if half is not None)


@pytest.mark.parametrize(
    ("platform", "metric", "old", "new", "expected"),
    [
        (Platform.REDDIT, "score", 10, 12, False),
        (Platform.REDDIT, "score", 10, 8, False),
        (Platform.REDDIT, "score", 10, 13, True),
        (Platform.REDDIT, "score", None, 0, True),
        (Platform.REDDIT, "replies", 10, 11, True),
        (Platform.STACKEXCHANGE, "score", 10, 11, True),
        (Platform.X, "like_count", 10, 10, False),
    ],
)
def test_a_few_votes_up_or_down_are_no_news_where_they_are_made_to_waver(
    platform: Platform, metric: str, old: int | None, new: int, expected: bool
) -> None:
    assert is_news(platform, metric, old, new) is expected


def test_what_climbs_slowly_is_news_in_the_end() -> None:
    kept, written = {"score": 1}, 0
    for score in range(2, 22):
        if found := news(Platform.REDDIT, kept, {"score": score}):
            kept, written = {**kept, **found}, written + 1
    assert (kept, written) == ({"score": 19}, 6)


def test_what_another_road_does_not_tell_of_is_no_news() -> None:
    assert news(Platform.X, {"like_count": 3, "impression_count": 90}, {"like_count": 4}) == {"like_count": 4}
