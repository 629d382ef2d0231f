"""A yes is to one text, and whoever was asked must have given theirs."""

from datetime import UTC, datetime

import pytest

from advocacy.domain.approval import ApprovalKind, Said, Stand, Word, mark, missing, questions, stands

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TEXT, OTHER = mark("Chaos", "What breaks first."), mark("Chaos", "What breaks last.")
PEER, MANAGER, MARKETING = ApprovalKind


def said(number: int, said: Said, kind: ApprovalKind = MARKETING, to: int | None = None, text: str = TEXT) -> Word:
    return Word(id=number, kind=kind, said=said, text=text, at=NOW, asked_id=to)


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ([], Stand.NOT_ASKED),
        ([said(1, Said.ASKED)], Stand.WAITING),
        ([said(1, Said.ASKED), said(2, Said.YES)], Stand.GIVEN),
        ([said(1, Said.ASKED), said(2, Said.YES, text=OTHER)], Stand.STALE),
        ([said(1, Said.ASKED), said(2, Said.NO)], Stand.REFUSED),
        ([said(1, Said.ASKED), said(2, Said.CHANGE), said(3, Said.ASKED)], Stand.WAITING),
        ([said(1, Said.ASKED, to=5), said(2, Said.YES, to=5), said(3, Said.ASKED, to=6)], Stand.WAITING),
    ],
)
def test_the_last_word_of_each_who_was_asked_says_how_it_stands(words: list[Word], stand: Stand) -> None:
    asked = questions(words, TEXT)
    assert stands(asked, ["marketing"]) == {MARKETING: stand}
    assert missing(asked, ["marketing"]) == ({} if stand is Stand.GIVEN else {MARKETING: stand})


def test_what_was_taken_back_says_nothing() -> None:
    back = Word(id=2, kind=PEER, said=Said.YES, text=TEXT, at=NOW, asked_id=5, taken_back_at=NOW)
    assert stands(questions([said(1, Said.ASKED, PEER, 5), back], TEXT), ()) == {PEER: Stand.WAITING}


def test_what_is_asked_for_and_not_needed_is_told_and_not_missed() -> None:
    asked = questions([said(1, Said.ASKED, PEER, 5)], TEXT)
    assert stands(asked, ["manager"]) == {PEER: Stand.WAITING, MANAGER: Stand.NOT_ASKED}
    assert missing(asked, ["manager"]) == {MANAGER: Stand.NOT_ASKED}


def test_blanks_make_no_other_text() -> None:
    assert mark(" Chaos ", "What  breaks\nfirst.") == TEXT != OTHER != mark("ChaosWhat", "breaks last.")
