"""For which days one account is complete: golden cases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from advocacy.domain.account_coverage import PAUSED, STARTED, Known, covered
from advocacy.domain.coverage import Coverage, Hole
from advocacy.domain.stretches import Stretch

BUDGET = "the month's budget was used up"
KOLKATA = "Asia/Kolkata"


def at(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


POLLED = Known(since=at(9, 1), until=at(11, 23), why="the first visit")
GAP: tuple[Stretch, str] = ((at(11, 3), at(11, 9)), BUDGET)


@pytest.mark.parametrize(
    ("known", "coverage"),
    [
        (Known(), Coverage()),
        (Known(why="the plan does not allow it"), Coverage(before="the plan does not allow it")),
        (POLLED, Coverage(on(9, 1), on(11, 23), (), "the first visit")),
        (
            replace(POLLED, gaps=[GAP]),
            Coverage(on(9, 1), on(11, 23), (Hole(on(11, 3), on(11, 9), BUDGET),), "the first visit"),
        ),
        (
            replace(POLLED, gaps=[GAP], archived=[(at(1, 1), at(11, 12))]),
            Coverage(on(1, 1), on(11, 23)),
        ),
        (
            replace(POLLED, gaps=[GAP], archived=[(at(11, 1), at(11, 6))]),
            Coverage(on(9, 1), on(11, 23), (Hole(on(11, 6), on(11, 9), BUDGET),), "the first visit"),
        ),
        (
            replace(POLLED, archived=[(at(1, 1, year=2020), at(6, 30))]),
            Coverage(on(1, 1, 2020), on(11, 23), (Hole(on(6, 30), on(9, 1), "the first visit"),)),
        ),
        (
            Known(archived=[(at(1, 1), at(6, 30))]),
            Coverage(on(1, 1), on(6, 30)),
        ),
        (
            replace(POLLED, paused_at=at(10, 15)),
            Coverage(on(9, 1), on(10, 15), (), "the first visit", PAUSED),
        ),
        (
            replace(POLLED, paused_at=at(8, 1)),
            Coverage(before=PAUSED),
        ),
        (
            replace(POLLED, start_on=on(10, 1)),
            Coverage(on(10, 1), on(11, 23), (), STARTED),
        ),
        (
            replace(POLLED, start_on=on(11, 20), gaps=[GAP]),
            Coverage(on(11, 20), on(11, 23), (), STARTED),
        ),
        (
            Known(since=at(11, 23), until=at(11, 23)),
            Coverage(on(11, 23), on(11, 23)),
        ),
    ],
    ids=[
        "never read",
        "never readable",
        "polled",
        "a gap",
        "an archive over the gap",
        "an archive over half of the gap",
        "an archive long before",
        "an archive alone",
        "paused",
        "paused before it was read",
        "a start date",
        "a start date behind the gap",
        "read once",
    ],
)
def test_an_account_is_complete_for_what_any_road_brought(known: Known, coverage: Coverage) -> None:
    assert covered(known, "UTC") == coverage


def test_days_are_those_where_the_person_lives() -> None:
    late = replace(POLLED, gaps=[((at(11, 2, 20), at(11, 9, 19)), BUDGET)])
    assert covered(late, "UTC").holes == (Hole(on(11, 2), on(11, 9), BUDGET),)
    assert covered(late, KOLKATA).holes == (Hole(on(11, 3), on(11, 10), BUDGET),)


def test_a_gap_up_to_midnight_leaves_the_next_day_whole() -> None:
    found = covered(replace(POLLED, gaps=[((at(11, 3, 0), at(11, 9, 0)), BUDGET)]), "UTC")
    assert found.holes == (Hole(on(11, 3), on(11, 8), BUDGET),)


def test_two_gaps_that_touch_give_both_reasons() -> None:
    gaps = [GAP, ((at(11, 8), at(11, 12)), "the platform was away")]
    assert covered(replace(POLLED, gaps=gaps), "UTC").holes == (
        Hole(on(11, 3), on(11, 12), f"{BUDGET}; the platform was away"),
    )
