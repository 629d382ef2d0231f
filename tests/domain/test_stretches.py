from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.stretches import Stretch, less, overlap, together

DAY = datetime(2026, 11, 1, tzinfo=UTC)
STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def hours(pairs: list[tuple[int, int]]) -> list[Stretch]:
    return [(DAY + timedelta(hours=since), DAY + timedelta(hours=until)) for since, until in pairs]


def inside(stretches: list[Stretch] | tuple[Stretch, ...]) -> set[int]:
    """The hours that begin in a stretch."""
    return {n for n in range(31) if any(since <= DAY + timedelta(hours=n) < until for since, until in stretches)}


@given(STRETCHES)
def test_together_they_hold_what_each_holds_in_order(pairs: list[tuple[int, int]]) -> None:
    found = together(hours(pairs))
    assert inside(found) == inside(hours(pairs))
    assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))


@given(STRETCHES, STRETCHES)
def test_holes_leave_what_they_do_not_hold(pairs: list[tuple[int, int]], holes: list[tuple[int, int]]) -> None:
    assert inside(less(hours(pairs), hours(holes))) == inside(hours(pairs)) - inside(hours(holes))


def test_what_only_touches_does_not_overlap() -> None:
    one, two, three = hours([(1, 2), (2, 4), (3, 5)])
    assert [overlap(one, two), overlap(two, three), overlap(three, two)] == [False, True, True]
