from ingest.sources.stackexchange_groups import PERSON_DAYS, groups

DAY = 86400


def test_people_who_are_read_from_nearly_the_same_moment_are_read_together() -> None:
    assert groups({2: 5000 * DAY, 1: 5000 * DAY + 60, 3: 5001 * DAY}) == [([2, 1, 3], 5000 * DAY)]


def test_newcomers_are_read_apart() -> None:
    assert groups({1: 5000 * DAY, 2: 0, 3: 0}) == [([2, 3], 0), ([1], 5000 * DAY)]


def test_they_part_where_the_later_ones_time_would_fill_a_page() -> None:
    behind = 5000 * DAY - 7 * DAY
    few = dict.fromkeys(range(2, PERSON_DAYS // 7), 5000 * DAY) | {1: behind}
    many = dict.fromkeys(range(2, PERSON_DAYS // 7 + 3), 5000 * DAY) | {1: behind}
    assert (len(groups(few)), len(groups(many))) == (1, 2)


def test_nobody_is_in_no_group() -> None:
    assert groups({}) == []
