"""Reach: each number by its teller and its day, what it gained where two days tell, and nothing made up."""

from datetime import date

import pytest

from advocacy.domain.audience_reach import called, lines, reached
from advocacy.domain.metrics import Snapshot

FIRST = date(2026, 10, 1)
BEFORE, EARLY, LATE = Snapshot(date(2026, 9, 3), 5), Snapshot(date(2026, 10, 5), 40), Snapshot(date(2026, 11, 3), 1250)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([LATE], "told by YouTube on 3 Nov 2026: 1,250 views"),
        ([EARLY, LATE], "told by YouTube on 3 Nov 2026: 1,250 views (+1,210 since 5 Oct 2026)"),
        ([BEFORE, EARLY, LATE], "told by YouTube on 3 Nov 2026: 1,250 views (+1,245 since 3 Sep 2026)"),
        ([BEFORE], "told by YouTube on 3 Sep 2026: 5 views"),
        (
            [EARLY, Snapshot(date(2026, 11, 3), 38)],
            "told by YouTube on 3 Nov 2026: 38 views (−2 since 5 Oct 2026)",
        ),
        (
            [EARLY, Snapshot(date(2026, 11, 3), 40)],
            "told by YouTube on 3 Nov 2026: 40 views (+0 since 5 Oct 2026)",
        ),
        ([Snapshot(date(2026, 11, 3), 9, by_hand=True)], "stated by its author for 3 Nov 2026: 9 views"),
    ],
)
def test_a_number_says_whose_it_is_and_what_it_gained(told: list[Snapshot], words: str) -> None:
    assert lines(reached({"view_count": told}, FIRST), "YouTube") == [words]


def test_kinds_stand_apart_and_what_is_not_told_is_not_there() -> None:
    found = reached({"score": [LATE], "view_count": [EARLY], "like_count": []}, FIRST)
    assert [(one.name, one.value) for one in found] == [("score", 1250), ("views", 40)]
    assert lines(found, "X") == ["told by X on 3 Nov 2026: 1,250 score", "told by X on 5 Oct 2026: 40 views"]


def test_numbers_of_one_teller_and_day_stand_on_one_line_unsummed() -> None:
    found = reached({"score": [LATE], "view_count": [LATE]}, FIRST)
    assert lines(found, "X") == ["told by X on 3 Nov 2026: 1,250 score, 1,250 views"]


@pytest.mark.parametrize(
    ("metric", "name"),
    [("view_count", "views"), ("reply_count", "replies"), ("score", "score"), ("my views", "my views")],
)
def test_metrics_are_called_as_people_do(metric: str, name: str) -> None:
    assert called(metric) == name
