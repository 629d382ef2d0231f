"""Reach: each number by its teller and its day, what it gained where two days tell, and nothing made up."""

from datetime import date

import pytest

from advocacy.domain.metrics import Snapshot
from advocacy.domain.reach import called, in_words, reached

FIRST = date(2026, 10, 1)
BEFORE, EARLY, LATE = Snapshot(date(2026, 9, 3), 5), Snapshot(date(2026, 10, 5), 40), Snapshot(date(2026, 11, 3), 1250)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([LATE], "1,250 views, told by YouTube on 3 Nov 2026"),
        ([EARLY, LATE], "1,250 views, told by YouTube on 3 Nov 2026, 1,210 more than on 5 Oct 2026"),
        ([BEFORE, EARLY, LATE], "1,250 views, told by YouTube on 3 Nov 2026, 1,245 more than on 3 Sep 2026"),
        ([BEFORE], "5 views, told by YouTube on 3 Sep 2026"),
        (
            [EARLY, Snapshot(date(2026, 11, 3), 38)],
            "38 views, told by YouTube on 3 Nov 2026, 2 fewer than on 5 Oct 2026",
        ),
        (
            [EARLY, Snapshot(date(2026, 11, 3), 40)],
            "40 views, told by YouTube on 3 Nov 2026, as many as on 5 Oct 2026",
        ),
        ([Snapshot(date(2026, 11, 3), 9, by_hand=True)], "9 views, stated by its author for 3 Nov 2026"),
    ],
)
def test_a_number_says_whose_it_is_and_what_it_gained(told: list[Snapshot], words: str) -> None:
    (one,) = reached({"view_count": told}, FIRST)
    assert in_words(one, "YouTube") == words


def test_kinds_stand_apart_and_what_is_not_told_is_not_there() -> None:
    found = reached({"score": [LATE], "view_count": [EARLY], "like_count": []}, FIRST)
    assert [(one.name, one.value) for one in found] == [("score", 1250), ("views", 40)]


@pytest.mark.parametrize(
    ("metric", "name"),
    [("view_count", "views"), ("reply_count", "replies"), ("score", "score"), ("my views", "my views")],
)
def test_metrics_are_called_as_people_do(metric: str, name: str) -> None:
    assert called(metric) == name
