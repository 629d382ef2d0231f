"""What may become of a request to speak, how it reads, and what should make one think before asking."""

from datetime import date, timedelta

import pytest

from advocacy.domain.speaking import FOLLOWS, Load, SpeakingState, reads

LATELY = "They were asked within the last 14 days."
TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "last", "word"),
    [
        (SpeakingState.ASKED, TOMORROW, "asked"),
        (SpeakingState.ASKED, TODAY, "asked"),
        (SpeakingState.ASKED, YESTERDAY, "lapsed"),
        (SpeakingState.LATER, YESTERDAY, "lapsed"),
        (SpeakingState.ASKED, None, "asked"),
        (SpeakingState.ACCEPTED, YESTERDAY, "accepted"),
        (SpeakingState.DECLINED, YESTERDAY, "declined"),
    ],
)
def test_what_nobody_answered_lapses_with_its_event(state: SpeakingState, last: date | None, word: str) -> None:
    assert reads(state, last, TODAY) == word


def test_a_no_is_never_withdrawn_so_that_nobody_can_ask_again() -> None:
    assert FOLLOWS[SpeakingState.DECLINED] == (SpeakingState.ACCEPTED,)


@pytest.mark.parametrize(
    ("load", "warnings"),
    [
        (Load(), []),
        (Load(open=5, given=9, last_asked=TODAY - timedelta(days=14)), []),
        (Load(last_asked=TODAY - timedelta(days=13)), [LATELY]),
        (Load(accepted=1), []),
        (Load(accepted=1, ahead=1), ["They have 2 things ahead already."]),
        (
            Load(ahead=3, last_asked=TODAY),
            ["They were asked within the last 14 days.", "They have 3 things ahead already."],
        ),
    ],
)
def test_one_is_warned_of_who_was_asked_lately_or_has_much_ahead(load: Load, warnings: list[str]) -> None:
    assert list(load.warnings(TODAY)) == warnings
