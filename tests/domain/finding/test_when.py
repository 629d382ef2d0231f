"""Days to come as an organiser says them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.finding.when import days_in, month

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("etcd this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("next week", date(2026, 11, 30), date(2026, 12, 6)),
        ("next month", date(2026, 12, 1), date(2026, 12, 31)),
        ("this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("Next Quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("next year", date(2027, 1, 1), date(2027, 12, 31)),
        ("in March", date(2027, 3, 1), date(2027, 3, 31)),
        ("december", date(2026, 12, 1), date(2026, 12, 31)),
        ("November", date(2026, 11, 1), date(2026, 11, 30)),
        ("March 2028", date(2028, 3, 1), date(2028, 3, 31)),
        ("may 2027", date(2027, 5, 1), date(2027, 5, 31)),
        ("2027-02", date(2027, 2, 1), date(2027, 2, 28)),
        ("on 2027-03-14", date(2027, 3, 14), date(2027, 3, 14)),
    ],
)
def test_days_are_read(words: str, first: date, last: date) -> None:
    assert days_in(words, TODAY)[0] == (first, last)


@pytest.mark.parametrize(
    "words", ["", "somebody may know", "2027-13", "2027-02-30", "marching on", "next-month", "etcd"]
)
def test_what_names_no_days_stays_as_it_is(words: str) -> None:
    assert days_in(words, TODAY) == (None, words)


def test_the_words_are_left_without_the_days() -> None:
    assert days_in("etcd in March, Oslo", TODAY)[1].split() == ["etcd", ",", ",", "Oslo"]


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_words_on_any_day_are_read(words: str, today: date) -> None:
    days, left = days_in(words, today)
    assert days is None and left == words or days is not None and days[0] <= days[1]


@given(st.sampled_from(["week", "month", "quarter", "year"]), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_next_begins_the_day_after_this_ends(unit: str, today: date) -> None:
    this, after = days_in(f"this {unit}", today)[0], days_in(f"next {unit}", today)[0]
    assert this
    assert after
    assert this[0] <= today <= this[1]
    assert (after[0] - this[1]).days == 1


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_month_is_whole(day: date) -> None:
    first, last = month(day)
    assert (first.day, first.month, last.month) == (1, day.month, day.month)
    assert first <= day <= last
