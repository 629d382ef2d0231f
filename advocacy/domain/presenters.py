"""Who could teach a topic, with the receipts for it and what speaks against asking them now; nobody is ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BUSY = 2  #: classes to come from which on somebody has enough
REST = timedelta(days=60)  #: after teaching a topic it is somebody else's turn
OLD = timedelta(days=540)  #: what is older says little of today
SHOWN = 3  #: receipts of one person
WORKS = 3  #: released works on a topic that make somebody able to teach it without having done so


@dataclass(frozen=True, slots=True)
class Receipt:
    """One released work on the topic; `act` is learned, taught or published; its number finds title and address."""

    day: date
    title: str
    url: str
    act: str
    work_id: int = 0


@dataclass(frozen=True, slots=True)
class Presenter:
    """One person and the topic; `load`: classes to come that they give; `willing`: as their profile tells, or None."""

    person_id: int
    name: str
    receipts: tuple[Receipt, ...]
    load: int = 0
    willing: bool | None = None

    def last(self, act: str) -> date | None:
        """The last day of an act."""
        return max((one.day for one in self.receipts if one.act == act), default=None)

    def first(self, act: str) -> date | None:
        """The first day of an act."""
        return min((one.day for one in self.receipts if one.act == act), default=None)

    def count(self, act: str) -> int:
        """How often they did it."""
        return sum(one.act == act for one in self.receipts)

    @property
    def could_teach(self) -> bool:
        """Whether they taught it, or published enough on it."""
        return self.count("taught") > 0 or self.count("published") >= WORKS

    @property
    def is_learner(self) -> bool:
        """Whether they learned it and did not teach it since."""
        learned, taught = self.first("learned"), self.last("taught")
        return learned is not None and (taught is None or taught < learned)

    @property
    def best(self) -> tuple[Receipt, ...]:
        """The receipts to show: what was taught before what was published, the newest of each first."""
        told = [one for one in self.receipts if one.act != "learned"]
        return tuple(sorted(told, key=lambda one: (one.act != "taught", -one.day.toordinal()))[:SHOWN])


def why(one: Presenter) -> list[str]:
    """What speaks for asking somebody."""
    said = []
    if taught := one.last("taught"):
        said.append(f"taught it {_times(one.count('taught'))}, last on {_day(taught)}")
    if published := one.last("published"):
        works = one.count("published")
        said.append(f"{works} released {'work' if works == 1 else 'works'} on it, the newest of {_day(published)}")
    if one.willing:
        said.append("says that they like to teach")
    return said


def why_not(one: Presenter, today: date) -> list[str]:
    """What speaks against asking somebody now."""
    said, taught = [], one.last("taught")
    if one.load >= BUSY:
        said.append(f"gives {one.load} classes in the next 60 days already")
    if taught and today - taught <= REST:
        said.append(f"taught it on {_day(taught)}: it may be somebody else’s turn")
    newest = max((each.day for each in one.receipts), default=None)
    if newest and today - newest > OLD:
        said.append(f"nothing newer than {_day(newest)}")
    return said


def pairs(people: Sequence[Presenter], today: date) -> list[tuple[Presenter, Presenter]]:
    """An expert beside each learner: whom nothing speaks against before others, then who gives least."""
    experts = [one for one in people if one.could_teach]
    by_ease = sorted(experts, key=lambda one: (len(why_not(one, today)), one.load, one.name, one.person_id))
    found = []
    for learner in people:
        beside = next((one for one in by_ease if one.person_id != learner.person_id), None)
        if learner.is_learner and beside:
            found.append((beside, learner))
    return found


def untaught(people: Iterable[Presenter]) -> list[Presenter]:
    """Who learned it and has not taught it yet."""
    return [one for one in people if one.is_learner]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
