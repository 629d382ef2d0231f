"""Asking somebody to speak: what may become of a request, and how much the person has to carry already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SpeakingState(StrEnum):
    """What became of a request to speak; that its event is over without an answer is reckoned, never stored."""

    ASKED = "asked"
    LATER = "later"  #: put off to a day
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  #: by whoever asked


_S = SpeakingState
WAITING = (_S.ASKED, _S.LATER)
"""What still waits for an answer, as long as the event is not over."""

ANSWERS = (_S.ACCEPTED, _S.DECLINED, _S.LATER)
"""What the person who was asked may say."""

FOLLOWS: dict[SpeakingState, tuple[SpeakingState, ...]] = {
    _S.ASKED: (*ANSWERS, _S.WITHDRAWN),
    _S.LATER: (*ANSWERS, _S.WITHDRAWN),
    _S.ACCEPTED: (_S.DECLINED, _S.WITHDRAWN),
    _S.DECLINED: (_S.ACCEPTED,),  # who said no may think better of it; nobody asks them again
    _S.WITHDRAWN: (),
}

LAPSED = "lapsed"  #: how a request reads whose event is over before it was answered
LATELY = 14  #: days within which one who was asked is not asked lightly
MUCH = 2  #: things ahead from which on somebody has much to carry
AHEAD = 60  #: days that are looked ahead for talks
BEHIND = 90  #: days that are looked back on for talks


def reads(state: SpeakingState, last: date | None, today: date) -> str:
    """The word by which a request is shown; `last` is the last day of its event, None while that is open."""
    is_over = last is not None and last < today
    return LAPSED if is_over and state in WAITING else state.value


def is_awake(state: SpeakingState, until: date | None, today: date) -> bool:
    """Whether a request stands on Home: while nobody answered it, and once on the very day that it was put off to."""
    return state is _S.ASKED or (state is _S.LATER and until == today)


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has to carry: requests and talks, as far as whoever looks may see the talks."""

    open: int = 0  #: requests that wait for an answer
    accepted: int = 0  #: requests that were accepted and are no accepted talk yet, for events to come
    ahead: int = 0  #: talks accepted at events of the next AHEAD days
    given: int = 0  #: talks of the last BEHIND days
    last_asked: date | None = None

    @property
    def total(self) -> int:
        """What is ahead in all: of two who are equal, the one with less comes first."""
        return self.open + self.accepted + self.ahead

    def warnings(self, today: date) -> Iterator[str]:
        """What should make one think before asking; it keeps nobody from it."""
        if self.last_asked is not None and (today - self.last_asked).days < LATELY:
            yield f"They were asked within the last {LATELY} days."
        if (things := self.accepted + self.ahead) >= MUCH:
            yield f"They have {things} things ahead already."
