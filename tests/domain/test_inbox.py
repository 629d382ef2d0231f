"""What waits is folded into cards, and asked for by sentence, platform, strength and kind of card."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.inbox import Piece, Sureness, Together, Wanted, cards
from advocacy.domain.rulebook import Strength

DAY = date(2026, 11, 2)


def piece(number: int, **more: Any) -> Piece:
    said: dict[str, Any] = {
        "day": DAY + timedelta(days=number),
        "work_id": number,
        "thread_key": "",
        "kind": Kind.POST,
        "platform": Platform.REDDIT,
        "channel": "r/kubernetes",
        "title": "",
        "excerpt": "",
        "suggested": {1: Strength.STRONG},
    }
    return Piece(activity_id=number, **said | more)


def folded(*pieces: Piece) -> list[tuple[str, list[int]]]:
    return [(card.together, [one.activity_id for one in card.pieces]) for card in cards(pieces)]


def test_single_items_are_cards_of_their_own_the_newest_first() -> None:
    assert folded(piece(1), piece(3), piece(2)) == [("single", [3]), ("single", [2]), ("single", [1])]


def test_one_thread_one_work_and_one_series_are_one_card_each() -> None:
    thread = [piece(n, thread_key="t") for n in (1, 9)]
    work = [piece(n, work_id=2) for n in (2, 7)]
    series = [piece(n, title=f"Notes {n}") for n in (3, 8)]
    assert folded(*thread, *work, *series) == [("thread", [9, 1]), ("series", [8, 3]), ("work", [7, 2])]


def test_what_runs_into_each_other_is_one_card() -> None:
    assert folded(piece(1, thread_key="t"), piece(2, thread_key="t", work_id=7), piece(3, work_id=7)) == [
        ("work", [3, 2, 1])
    ]


def test_the_same_key_on_another_platform_or_place_is_something_else() -> None:
    assert len(folded(piece(1, thread_key="t"), piece(2, thread_key="t", platform=Platform.X))) == 2
    assert len(folded(piece(1, title="Notes 1"), piece(2, title="Notes 2", channel="r/cats"))) == 2
    assert len(folded(piece(1, title="Notes"), piece(2, title="Notes"))) == 2, "no number, no series"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [3, 2, 1]),
        (Wanted(expectation=2), [2]),
        (Wanted(platform=Platform.X), [3]),
        (Wanted(strength=Sureness.STRONG), [3, 1]),
        (Wanted(strength=Sureness.POSSIBLE), [2]),
        (Wanted(together=Together.THREAD), []),
        (Wanted(together=Together.SINGLE, platform=Platform.REDDIT), [2, 1]),
    ],
)
def test_one_asks_for_some_of_them(wanted: Wanted, found: list[int]) -> None:
    pieces = [piece(1), piece(2, suggested={2: Strength.WEAK}), piece(3, platform=Platform.X)]
    assert [card.first.activity_id for card in wanted.of(pieces)] == found
