"""Own messages of a conversation counted; what nobody can know stays open."""

import pytest

from advocacy.domain.siblings import Counted, count, was_answered


@pytest.mark.parametrize(
    ("replies", "metrics", "told"),
    [
        *((2, {}, True), (0, {"replies": 5}, False), (None, {"replies": 1}, True), (None, {"comments": 0}, False)),
        *((None, {}, None), (None, {"score": 9}, None)),
    ],
)
def test_the_platforms_word_is_taken_first_and_no_word_is_no_zero(
    replies: int | None, metrics: dict[str, int], told: bool | None
) -> None:
    assert was_answered(replies, metrics) is told


@pytest.mark.parametrize(
    ("answered", "counted"),
    [
        ([True, True, False], Counted(3, 2)),
        ([False], Counted(1, 0)),
        ([True, None], Counted(2, None)),
        ([None, None, None, None], Counted(4, None)),
        ([True, True, True, None], Counted(4, 3)),
    ],
)
def test_what_is_unknown_leaves_the_number_open_unless_it_is_enough(
    answered: list[bool | None], counted: Counted
) -> None:
    assert count(answered) == counted
