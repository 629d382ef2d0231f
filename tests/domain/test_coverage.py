from datetime import date

import pytest

from advocacy.domain.coverage import Coverage, Hole, joint

START, TODAY, END = date(2026, 10, 1), date(2026, 11, 23), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("coverage", "complete"),
    [
        (Coverage(START, TODAY), True),
        (Coverage(date(2026, 9, 1), date(2026, 11, 21)), True),
        (Coverage(date(2026, 9, 1), date(2026, 11, 20)), False),
        (Coverage(date(2026, 10, 2), TODAY), False),
        (Coverage(None, TODAY), False),
        (Coverage(), False),
    ],
)
def test_a_running_period_is_covered_from_its_first_day_to_about_today(coverage: Coverage, complete: bool) -> None:
    assert coverage.complete(START, END, TODAY) is complete


def test_a_past_period_is_covered_when_the_source_was_read_after_it() -> None:
    assert Coverage(date(2026, 1, 1), date(2026, 4, 2)).complete(date(2026, 1, 1), date(2026, 3, 31), TODAY)


def test_two_accounts_cover_together_what_each_of_them_covers() -> None:
    both = joint([Coverage(date(2026, 1, 1), date(2026, 11, 1)), Coverage(date(2026, 6, 1), date(2026, 11, 23))])
    assert both == Coverage(date(2026, 6, 1), date(2026, 11, 1))


def test_one_account_that_was_never_read_leaves_the_platform_unknown() -> None:
    assert joint([Coverage(START, TODAY), Coverage()]) == Coverage()


def test_a_gap_in_the_middle_leaves_the_periods_beside_it_complete() -> None:
    gap = Hole(date(2026, 11, 3), date(2026, 11, 9), "the month's budget was used up")
    known = Coverage(date(2026, 1, 1), TODAY, (gap,))
    assert not known.complete(START, END, TODAY)
    assert known.unknown(START, END, TODAY) == (gap,)
    assert known.unknown(date(2026, 11, 5), date(2026, 11, 6), TODAY) == (
        Hole(date(2026, 11, 5), date(2026, 11, 6), gap.why),
    )
    assert known.complete(date(2026, 10, 1), date(2026, 11, 2), TODAY)
    assert known.complete(date(2026, 11, 10), END, TODAY)


def test_what_lies_before_and_after_is_told_with_its_reason() -> None:
    known = Coverage(date(2026, 10, 10), date(2026, 11, 10), (), "the first visit", "reading was paused")
    assert known.unknown(START, END, TODAY) == (
        Hole(START, date(2026, 10, 9), "the first visit"),
        Hole(date(2026, 11, 11), TODAY, "reading was paused"),
    )


def test_nothing_known_is_a_hole_as_long_as_the_period() -> None:
    assert Coverage().unknown(START, END, TODAY) == (Hole(START, TODAY, "it was not read yet"),)


def test_the_gap_of_one_account_is_the_platforms() -> None:
    gap = Hole(date(2026, 11, 3), date(2026, 11, 9), "hidden")
    long_ago = Hole(date(2026, 1, 3), date(2026, 1, 9), "hidden")
    one = Coverage(date(2026, 6, 1), TODAY, (), "the first visit")
    two = Coverage(date(2026, 1, 1), date(2026, 11, 20), (long_ago, gap), "long ago", "paused")
    assert joint([one, two]) == Coverage(date(2026, 6, 1), date(2026, 11, 20), (gap,), "the first visit", "paused")
