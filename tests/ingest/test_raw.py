"""The raw form of an item: whole, ASCII, small, and read again as what it was."""

import json
from datetime import UTC, datetime

import pytest

from advocacy.domain.activity import Activity, Thread, ThreadRole
from ingest.raw import LIMIT, NotAnActivity, activity_of, raw_form
from tests.ingest.platform import post
from tests.naughty import NAUGHTY


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
def test_a_raw_form_is_read_as_what_it_was(words: str) -> None:
    words = words[:600].encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # halves meet
    one = post(1, words, title=words, authors=(words,), metrics={"views": 7}, lang="en")
    assert raw_form(one).isascii()
    assert activity_of(raw_form(one)) == one


def test_what_stands_in_the_thread_and_an_impossible_date_come_back_too() -> None:
    thread = Thread(role=ThreadRole.ANSWERED, replies=3, accepted=True, rank=1)
    one = post(1, at=datetime(1, 1, 1, tzinfo=UTC), thread=thread, at_guessed=True)
    assert activity_of(raw_form(one)) == one


def test_a_long_text_is_cut_and_the_form_stays_whole() -> None:
    for text, left in (("a" * 20_000, 20_000), ("a" * 90_000, 20_000), ("漢" * 20_000, 4_000), ("🧨" * 20_000, 1_000)):
        raw = raw_form(post(1, text))
        assert len(raw) <= LIMIT
        assert activity_of(raw) == post(1, text[:left])


def test_numbers_that_no_database_takes_are_left_out() -> None:
    raw = raw_form(post(1, metrics={"a": 10**5000, "b": 2**63, "c": float("nan"), "d": 1}))
    assert activity_of(raw).metrics == {"d": 1}


def test_nothing_makes_a_form_too_large() -> None:
    huge = ("🧨" * 9_000,) * 10_000
    one = post(
        1,
        huge[0],
        ref=huge[0],
        title=huge[0],
        url=huge[0],
        authors=huge,
        metrics={f"{n}{huge[0]}": n for n in range(99)},
    )
    assert len(raw_form(one)) <= LIMIT


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<item/>",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        raw_form(post(1))[:-1],
        raw_form(post(1)).replace('"feed"', '"no platform"'),
        json.dumps({**json.loads(raw_form(post(1))), "thread": None}),
        json.dumps({**json.loads(raw_form(post(1))), "at": 5}),
    ],
)
def test_anything_else_is_no_activity(raw: str) -> None:
    with pytest.raises(NotAnActivity):
        activity_of(raw)


def test_an_activity_has_no_field_that_the_form_forgets() -> None:
    assert set(json.loads(raw_form(post(1)))) == set(Activity.__dataclass_fields__)
