"""What an organiser needs beside the topic, held against what somebody tells."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.finding.wish import Candidate, Wish, fits, near, places, reaches, recent
from advocacy.domain.profile import TRAVELS, Told

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOMES = ("Bangalore, India, Asia", "Pune, India, Asia", "Seoul, South Korea, Asia", "Oslo, Norway, Europe")


def told(residence: str = HOMES[0], **more: object) -> Told:
    return Told.of({"residence": residence, **more})


def test_an_empty_wish_narrows_nothing() -> None:
    assert fits(Candidate(Told()), Wish(), NOW, ())
    assert not Wish().of_profile
    assert recent(date.min, Wish(), NOW.date())


@pytest.mark.parametrize(
    ("wish", "fit"),
    [
        (Wish(language="norw"), True),
        (Wish(language="Hindi"), False),
        (Wish(form="talk"), True),
        (Wish(form="panel"), False),
        (Wish(willing=True), True),
        (Wish(place="Oslo"), True),
        (Wish(place="Oslo", language="Hindi"), False),
        (Wish(zone="Europe/Berlin"), True),
        (Wish(zone="Asia/Tokyo"), False),
    ],
)
def test_all_that_is_wished_must_fit(wish: Wish, fit: bool) -> None:
    one = Candidate(told(HOMES[3], languages=["Norwegian"], formats=["talk"], speaks=True), "Europe/Oslo")
    assert wish.of_profile
    assert fits(one, wish, NOW, HOMES) is fit


@pytest.mark.parametrize(
    "wish", [Wish(language="e"), Wish(place="Oslo"), Wish(zone="UTC"), Wish(form="talk"), Wish(willing=True)]
)
def test_who_tells_nothing_is_not_found_by_it(wish: Wish) -> None:
    assert not fits(Candidate(Told()), wish, NOW, HOMES)


@pytest.mark.parametrize(
    ("travels", "reached"),
    [
        ("", {"Bangalore", "India", "Asia"}),
        ("online", {"Bangalore", "India", "Asia"}),
        ("country", {"Bangalore", "India", "Asia", "Pune"}),
        ("continent", {"Bangalore", "India", "Asia", "Pune", "Seoul"}),
        ("anywhere", {"Bangalore", "India", "Asia", "Pune", "Seoul", "Oslo", "Atlantis"}),
    ],
)
def test_how_far_somebody_travels(travels: str, reached: set[str]) -> None:
    asked = ("Bangalore", "India", "Asia", "Pune", "Seoul", "Oslo", "Atlantis")
    assert {place for place in asked if reaches(told(travels=travels), place, HOMES)} == reached


def test_where_they_would_speak_counts_too() -> None:
    assert reaches(told(location="Berlin, Germany"), "berlin", HOMES)


def test_places_are_told_by_where_people_live() -> None:
    assert places(HOMES[:2]) == {"bangalore", "pune", "india", "asia"}
    assert places([", ,"]) == frozenset()


def test_zones_are_near_by_the_clock_of_the_day_and_round_the_date_line() -> None:
    assert near("Asia/Kolkata", "Asia/Colombo", NOW)
    assert near("Pacific/Auckland", "Pacific/Honolulu", NOW)
    assert not near("Asia/Kolkata", "Europe/Berlin", NOW)
    assert not near("", "Europe/Berlin", NOW)


def test_how_new_is_counted_in_months() -> None:
    assert recent(date(2026, 8, 23), Wish(months=3), NOW.date())
    assert not recent(date(2026, 8, 22), Wish(months=3), NOW.date())


@given(st.text(max_size=20), st.lists(st.text(max_size=30), max_size=4), st.sampled_from(["", *TRAVELS]), st.text())
def test_any_words_for_a_place_are_borne(place: str, homes: list[str], travels: str, residence: str) -> None:
    one = told(residence, travels=travels)
    assert reaches(one, place, homes) or travels != "anywhere"
    assert not reaches(Told(), "Oslo", homes)
