"""Handles packed into queries: none too long, none left out, hardly a character wasted."""

import random
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.x_packing import packed, query

ONLY = "-is:retweet -is:reply"
LIMIT = 512
HANDLES = st.lists(st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True), max_size=200, unique=True)


def test_a_query_names_the_handles_and_what_is_left_out() -> None:
    assert query(["asha_k", "lena"], ONLY) == "(from:asha_k OR from:lena) -is:retweet -is:reply"
    assert query(["asha_k"], "") == "(from:asha_k)"


@given(HANDLES)
def test_every_handle_is_asked_for_once_and_no_query_is_too_long(handles: list[str]) -> None:
    groups = packed(handles, ONLY, LIMIT)
    assert sorted(handle for group in groups for handle in group) == sorted(handles)
    assert all(len(query(group, ONLY)) <= LIMIT for group in groups)
    assert all(groups)


def test_handles_of_the_greatest_length_come_by_twenty() -> None:
    assert [len(group) for group in packed([f"{n:015}" for n in range(60)], ONLY, LIMIT)] == [20, 20, 20]


def test_ten_thousand_handles_in_batches_take_hardly_more_queries_than_their_characters() -> None:
    choice = random.Random(4)
    handles = [f"{n:x}".rjust(choice.randint(5, 15), "z") for n in range(10_000)]
    characters = sum(len(f"from:{handle} OR ") for handle in handles)
    least = ceil(characters / (LIMIT - len(f"() {ONLY}") + len(" OR ")))
    batches = [handles[first : first + 1000] for first in range(0, 10_000, 1000)]
    assert sum(len(packed(batch, ONLY, LIMIT)) for batch in batches) <= 1.05 * least
