"""What somebody types into a search is read, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.asked import LONGEST, MOST, Asked, Piece, parse


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked()),
        ("etcd chaos", Asked((Piece("etcd"), Piece("chaos")))),
        ('"open  ebs" -jiva', Asked((Piece("open ebs", whole=True),), (Piece("jiva"),))),
        ('"never closed', Asked((Piece("never closed", whole=True),))),
        ('* -- "" ) AND', Asked((Piece("AND"),))),
        ("-", Asked()),
    ],
)
def test_words_phrases_and_what_must_not_be_there(typed: str, asked: Asked) -> None:
    assert parse(typed) == asked


@given(st.text(max_size=3 * LONGEST))
def test_every_input_means_something_if_only_nothing(typed: str) -> None:
    found = parse(typed)
    pieces = (*found.wanted, *found.unwanted)
    assert len(pieces) <= MOST
    assert all(any(sign.isalnum() for sign in one.text) for one in pieces)
