"""A required training is green by one's own word, for as long as it holds; everything else says what it is."""

from datetime import date

import pytest

from advocacy.domain.matrix import Cell, Known, Need, cell, green

TODAY, DUE = date(2026, 11, 23), date(2026, 12, 1)
LATELY, LONG_AGO = date(2026, 11, 2), date(2025, 11, 3)


@pytest.mark.parametrize(
    ("known", "months", "expected"),
    [
        (Known(own=LATELY), None, Cell(Need.DONE, LATELY, None)),
        (Known(own=LATELY), 12, Cell(Need.DONE, LATELY, date(2027, 11, 2))),
        (Known(own=date(2025, 12, 1)), 12, Cell(Need.AGAIN, date(2025, 12, 1), date(2026, 12, 1))),
        (Known(own=LONG_AGO), 12, Cell(Need.OVERDUE, None, date(2026, 11, 3))),
        (Known(own=LONG_AGO, seat=DUE), 12, Cell(Need.PLANNED, DUE, date(2026, 11, 3))),
        (Known(noted=LATELY), None, Cell(Need.NOTED, LATELY, DUE)),
        (Known(seat=date(2026, 11, 30)), None, Cell(Need.PLANNED, date(2026, 11, 30), DUE)),
        (Known(seat=date(2026, 12, 2)), None, Cell(Need.DUE, None, DUE)),
        (Known(), None, Cell(Need.DUE, None, DUE)),
    ],
)
def test_each_state_rests_on_a_day(known: Known, months: int | None, expected: Cell) -> None:
    assert cell(known, DUE, months, TODAY) == expected


def test_what_is_past_its_day_is_overdue_and_a_month_without_such_a_day_ends_on_its_last() -> None:
    assert cell(Known(), date(2026, 11, 22), None, TODAY) == Cell(Need.OVERDUE, None, date(2026, 11, 22))
    assert cell(Known(own=date(2026, 8, 31)), DUE, 6, TODAY).due == date(2027, 2, 28)


def test_only_ones_own_word_is_green() -> None:
    cells = [cell(one, DUE, None, TODAY) for one in (Known(own=LATELY), Known(noted=LATELY), Known(seat=DUE), Known())]
    assert (green(cells), green([])) == (1, 0)
