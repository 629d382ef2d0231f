import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.activity import Activity, Kind, Platform, Thread
from advocacy.domain.normal import TEXT_LIMIT, Unstorable, content_hash, normal, ref_hash, storable

ONE = Activity(
    ref="feed:1", kind=Kind.ARTICLE, platform=Platform.FEED, at=datetime(2026, 11, 23, 9, tzinfo=UTC), text="Hello"
)


def test_what_databases_refuse_is_taken_out() -> None:
    nasty = replace(ONE, text="a\x00b\ud800c\x1bd\ne", title="t\x00", authors=("A\x00",), url="https://e.example/\x00")
    found = normal(nasty)
    assert (found.text, found.title, found.authors, found.url) == ("abcd\ne", "t", ("A",), "https://e.example/")


def test_what_no_page_may_show_is_taken_out_and_every_other_character_kept() -> None:
    every = "".join(map(chr, range(0x110000)))
    kept = "".join(normal(replace(ONE, text=every[at : at + 10_000])).text for at in range(0, len(every), 10_000))
    gone = set(every) - set(kept)
    controls = {c for c in every if unicodedata.category(c) == "Cc"} - set("\t\n\r")
    surrogates = {chr(code) for code in range(0xD800, 0xE000)}
    never = {chr(code) for code in range(0x110000) if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF}
    assert gone == controls | surrogates | never


@given(st.text(st.characters()))
def test_every_text_can_be_encoded_afterwards(text: str) -> None:
    found = normal(replace(ONE, text=text)).text
    assert found.encode().decode() == found
    assert "\x00" not in found


def test_numbers_beyond_64_bits_are_unknown_not_zero() -> None:
    found = normal(replace(ONE, thread=Thread(replies=2**63), metrics={"views": 2**63, "likes": 2**63 - 1}))
    assert (found.thread.replies, found.metrics) == (None, {"likes": 2**63 - 1})


def test_long_texts_are_cut_and_long_refs_are_found_by_their_hash() -> None:
    long = normal(replace(ONE, text="x" * 10 * TEXT_LIMIT, ref="feed:" + "k" * 9_000))
    assert (len(long.text), len(long.ref), len(ref_hash(long.ref))) == (TEXT_LIMIT, 9_005, 16)


@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_absurd_moments_are_unstorable(at: datetime) -> None:
    with pytest.raises(Unstorable, match="cannot be stored"):
        normal(replace(ONE, at=at))


def test_an_item_without_identity_is_unstorable() -> None:
    with pytest.raises(Unstorable, match="no identity"):
        normal(replace(ONE, ref="\x00"))


def test_the_same_moment_in_another_zone_is_the_same_content() -> None:
    elsewhere = replace(ONE, at=ONE.at.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert content_hash(normal(elsewhere)) == content_hash(normal(ONE))


def test_what_others_do_is_no_content_but_everything_else_is() -> None:
    same = content_hash(replace(ONE, metrics={"views": 9}, thread=Thread(accepted=True, replies=7)))
    other = {content_hash(replace(ONE, text="Bye")), content_hash(replace(ONE, shares=("https://example.org/a",)))}
    assert (same == content_hash(ONE), len(other | {same})) == (True, 3)


def test_the_quick_look_lets_nothing_pass_that_the_full_table_takes_out() -> None:
    whole = "".join(map(chr, range(0x110000)))
    one_by_one = "".join(storable(char, 1) for char in whole)
    assert storable(whole, len(whole)) == one_by_one
    assert len(whole) - len(one_by_one) == 29 + 33 + 2048 + 66  # C0 but tab and ends of line, C1, surrogates, nonchars
