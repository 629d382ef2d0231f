"""How well a text fits, and where it says what was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.asked import Piece
from advocacy.domain.relevance import around, marked, relevance

ETCD = (Piece("etcd"),)


def test_a_title_says_more_than_a_text_and_often_more_than_once() -> None:
    texts = [
        ("etcd", "etcd, etcd and etcd"),
        ("etcd", "and more"),
        ("", "etcd, etcd and etcd"),
        ("", "etcd"),
        ("", "etcdctl"),
        ("", "x" * 400 + " etcdctl"),
        ("", "nothing of it"),
    ]
    fits = [relevance(ETCD, *one) for one in texts]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)
    assert fits[-1] == 0


def test_every_piece_counts() -> None:
    both = (*ETCD, Piece("quorum loss", whole=True))
    assert relevance(both, "Quorum loss", "etcd") > relevance(ETCD, "Quorum loss", "etcd")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Etcd and etcdctl", [("Etcd", True), (" and ", False), ("etcd", True), ("ctl", False)]),
        ("betcd", [("betcd", False)]),
        ("<b>etcd</b>", [("<b>", False), ("etcd", True), ("</b>", False)]),
    ],
)
def test_what_was_asked_is_marked_from_the_beginning_of_a_word(text: str, parts: list[tuple[str, bool]]) -> None:
    assert list(marked(text, ETCD)) == parts


@given(st.text(), st.lists(st.text(min_size=1).map(Piece), max_size=4))
def test_marking_loses_no_character(text: str, wanted: list[Piece]) -> None:
    assert "".join(part for part, _ in marked(text, wanted)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("etcd first", "etcd first"),
        ("no such word", "no such word"),
        ("word " * 30 + "etcd " + "word " * 30, "… word etcd word word word word "),
        ("İ" * 100 + " etcd", "İ" * 30),  # folding makes it longer: its places would lie
    ],
)
def test_an_excerpt_is_from_where_it_stands(text: str, shown: str) -> None:
    assert around(text, ETCD, 30) == shown
