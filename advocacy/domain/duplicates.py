"""Two proposals of one thing: the same event asked twice, or one talk on its way to several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from advocacy.domain.proposal import ProposalState

TITLE = 85  #: from here on two titles say the same, whatever the order of their words
ABSTRACT = 90
ENOUGH = 80  #: characters below which an abstract says too little to be compared
SAME = timedelta(days=120)  #: further apart it is another year's event of the same name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A proposal as it is compared; `owner` is empty for one's own."""

    id: int
    title: str
    event: str
    abstract: str = ""
    talk_id: int | None = None
    owner: str = ""
    starts: date | None = None
    state: ProposalState = ProposalState.IDEA
    day: date = date.min


@dataclass(frozen=True, slots=True)
class Alike:
    """One like it: at the same event, or (one's own) elsewhere."""

    one: Sent
    at_same_event: bool


def find(new: Sent, others: Iterable[Sent]) -> list[Alike]:
    """What is like it: at the same event first; what was withdrawn is in nobody's way."""
    found = []
    for one in others:
        if one.id == new.id or one.state is ProposalState.WITHDRAWN or not _same(new, one):
            continue
        here = same_event(new, one)
        if here or not one.owner:
            found.append(Alike(one, here))
    return sorted(found, key=lambda alike: (not alike.at_same_event, -alike.one.day.toordinal(), alike.one.id))


def same_event(first: Sent, second: Sent) -> bool:
    """Whether both go to one event: its name, about the same time when both tell it."""
    if _plain(first.event) != _plain(second.event):
        return False
    return not first.starts or not second.starts or abs(first.starts - second.starts) <= SAME


def _same(first: Sent, second: Sent) -> bool:
    if not second.owner and first.talk_id is not None and first.talk_id == second.talk_id:
        return True
    return _title(first, second) or _abstract(first.abstract, second.abstract)


def _title(first: Sent, second: Sent) -> bool:
    return fuzz.token_sort_ratio(_plain(first.title), _plain(second.title)) >= TITLE


def _abstract(first: str, second: str) -> bool:
    if min(len(first), len(second)) < ENOUGH:
        return False
    return fuzz.token_sort_ratio(_plain(first), _plain(second)) >= ABSTRACT


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
