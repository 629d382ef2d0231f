"""A person's activities by day and kind: the days are those of the place where the person lives."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from advocacy.domain.activity import Kind
from advocacy.models import db, timeline
from tests.cast import Cast

MIDNIGHT = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [("Pacific/Kiritimati", -14, 10), ("UTC", 0, 24), ("Etc/GMT+12", 12, 36)],
)
def test_a_day_is_the_persons_own_however_far_from_utc(
    app: Flask, cast: Cast, article: Callable[..., int], zone: str, first: int, last: int
) -> None:
    cast.sven.zone, minute = zone, timedelta(minutes=1)
    db.session.commit()
    begin, end = MIDNIGHT + timedelta(hours=first), MIDNIGHT + timedelta(hours=last)
    for number, at in enumerate((begin - minute, begin, end - minute, end)):
        article(cast.sven, title=f"Number {number}", at=at)
    day = date(2026, 10, 1)
    assert timeline.by_day(cast.sven.id, day, day) == {day: 2}
    assert timeline.by_kind(cast.sven.id, day, day) == {Kind.ARTICLE: 2}


def test_only_ones_own_are_counted(app: Flask, cast: Cast, article: Callable[..., int]) -> None:
    article(cast.asha, at=MIDNIGHT)
    assert timeline.by_day(cast.sven.id, date(2026, 9, 1), date(2026, 11, 1)) == {}
