"""What figures are made of: places, categories, topics on their way from learned to taught."""

from datetime import date

import pytest

from advocacy.domain.makeup import Link, Share, categories, chain, mediums, months_with
from advocacy.domain.measure import Tally

WINDOW = date(2026, 10, 1), date(2026, 12, 31)


def on(month: int, number: int, facet: str = "", medium: str = "x", work: int = 0, counted: bool = True) -> Tally:
    return Tally(date(2026, month, number), work or month * 100 + number, facet, medium, counted)


def test_a_place_is_told_with_its_works_and_the_newest_day_and_nothing_from_outside_the_window() -> None:
    tallies = [on(10, 2), on(11, 3), on(11, 3), on(10, 9, medium="reddit"), on(9, 30, medium="feed")]
    assert mediums(tallies, WINDOW) == (Share("x", 2, date(2026, 11, 3)), Share("reddit", 1, date(2026, 10, 9)))


def test_what_waits_for_a_word_is_in_no_place() -> None:
    assert mediums([on(10, 2, counted=False)], WINDOW) == ()


def test_a_category_without_anything_stands_among_the_others() -> None:
    found = categories([on(10, 2, "learning")], WINDOW, ("learning", "company"))
    assert found == (Share("learning", 1, date(2026, 10, 2)), Share("company", 0, None))


@pytest.mark.parametrize(
    ("tallies", "paired"),
    [
        ([on(10, 2, "learned/etcd"), on(11, 2, "taught/etcd")], True),
        ([on(10, 2, "learned/etcd"), on(10, 2, "taught/etcd")], True),
        ([on(10, 2, "taught/etcd"), on(11, 2, "learned/etcd")], False),
        ([on(10, 2, "taught/etcd"), on(11, 2, "learned/etcd"), on(12, 1, "taught/etcd")], True),
        ([on(10, 2, "learned/etcd")], False),
        ([on(10, 2, "taught/etcd")], False),
    ],
    ids=["taught after", "the same day", "taught before", "taught before and after", "only learned", "only taught"],
)
def test_a_topic_is_a_pair_once_it_was_taught_after_it_was_learned(tallies: list[Tally], paired: bool) -> None:
    assert [link.paired for link in chain(tallies, WINDOW)] == [paired]


def test_what_is_learned_and_not_taught_stands_first_the_newest_on_top() -> None:
    tallies = [
        *(on(10, 2, "learned/etcd"), on(10, 9, "taught/etcd")),
        *(on(10, 3, "learned/ceph"), on(11, 1, "learned/zfs"), on(11, 5, "learned")),
    ]
    assert chain(tallies, WINDOW) == (
        Link("zfs", date(2026, 11, 1), None),
        Link("ceph", date(2026, 10, 3), None),
        Link("etcd", date(2026, 10, 2), date(2026, 10, 9)),
    )


def test_a_work_in_several_places_is_one_in_its_month() -> None:
    tallies = [on(11, 2, work=1), on(11, 20, medium="feed", work=1), on(9, 3)]
    months = months_with(tallies, date(2026, 11, 23))
    assert months == ((date(2026, 11, 1), 1), (date(2026, 10, 1), 0), (date(2026, 9, 1), 1))
