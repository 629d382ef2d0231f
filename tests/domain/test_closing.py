"""Reminders of a call that closes: 14, 7 and 2 days before it."""

from datetime import date, timedelta

from advocacy.domain.closing import come, step

CLOSES = date(2026, 12, 20)


def test_of_the_reminders_that_have_come_the_last_is_due() -> None:
    due = {left: step(CLOSES, CLOSES - timedelta(days=left)) for left in (15, 14, 8, 7, 3, 2, 0, -1)}
    assert due == {15: None, 14: 14, 8: 14, 7: 7, 3: 7, 2: 2, 0: 2, -1: None}


def test_each_that_has_come_has_its_own_day() -> None:
    assert come(CLOSES, date(2026, 12, 5)) == []
    assert come(CLOSES, date(2026, 12, 13)) == [(14, date(2026, 12, 6)), (7, date(2026, 12, 13))]
