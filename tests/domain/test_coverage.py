from datetime import date

import pytest

from advocacy.domain.coverage import Coverage, joint

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
