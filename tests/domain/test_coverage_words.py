from datetime import date

import pytest

from advocacy.domain.coverage import Hole
from advocacy.domain.coverage_words import days_in_words, unknown_in_words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "3 November"),
        (date(2026, 11, 3), date(2026, 11, 9), "3–9 November"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 October – 3 November"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 December 2025 – 3 January 2026"),
    ],
)
def test_days_are_told_as_people_write_them(first: date, last: date, words: str) -> None:
    assert days_in_words(first, last) == words


def test_what_is_not_known_is_told_with_its_reason() -> None:
    budget = "the month's budget was used up"
    holes = [Hole(date(2026, 11, day), date(2026, 11, day + 1), budget) for day in (3, 7)]
    assert unknown_in_words(holes) == f"nothing is known of 3–4 November, 7–8 November: {budget}"
    assert unknown_in_words([Hole(date(2026, 11, 3), date(2026, 11, 3))]) == "nothing is known of 3 November"


def test_many_holes_are_counted() -> None:
    holes = [Hole(date(2026, 11, day), date(2026, 11, day), "away") for day in range(1, 11, 2)]
    assert unknown_in_words(holes) == (
        "nothing is known of 1 November, 3 November, 5 November: away; and 2 stretches more"
    )
