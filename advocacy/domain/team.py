"""Where the people of a team stand on what is expected of them, as far as they released it; nobody is ranked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from advocacy.domain.progress import State

SHARED = 2  #: people from whom on a gap is the team's
ELSEWHERE = frozenset({"surveys"})
"""Rules that a lead knows by name from another page: what is released of them says neither gap nor coverage."""
FEWEST = 5  #: people below which nothing is told of a group that the reader does not lead


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one rule: how many works were released, and the state that these come to."""

    expectation_id: int
    count: int
    state: State


@dataclass(frozen=True, slots=True)
class Member:
    """One person; `cells` are by rule, as far as their role page has it; `topics` counts works by topic."""

    person_id: int
    name: str
    role: str
    cells: Mapping[str, Cell]
    topics: Mapping[str, int] = field(default_factory=dict)

    @property
    def shares(self) -> bool:
        """Whether anything was released; of who shares nothing, nothing is said."""
        return any(cell.count for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule that several people do not reach by what they released; `of`: who share and are measured by it."""

    rule: str
    open: tuple[str, ...]
    of: int
    people: tuple[int, ...] = ()  #: those of whom it is open, by number


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the team's released works: how many each person has, by number."""

    id: str
    counts: Mapping[int, int]

    @property
    def works(self) -> int:
        """How many in all."""
        return sum(self.counts.values())


def gaps(members: Iterable[Member], rules: Iterable[str]) -> tuple[Gap, ...]:
    """What two or more do not reach yet, the widest first; who shares nothing is in none."""
    sharing = [one for one in members if one.shares]
    found = []
    for rule in rules:
        measured = [one for one in sharing if rule in one.cells]
        open_ = [one for one in measured if one.cells[rule].state is not State.COVERED]
        if len(open_) >= SHARED:
            names, numbers = tuple(one.name for one in open_), tuple(one.person_id for one in open_)
            found.append(Gap(rule, names, len(measured), numbers))
    return tuple(sorted(found, key=lambda gap: -len(gap.open)))


def topics(members: Sequence[Member]) -> tuple[Topic, ...]:
    """The team's topics, those that most people have works in first."""
    ids = {topic for one in members for topic in one.topics}
    found = [Topic(one, {m.person_id: m.topics[one] for m in members if one in m.topics}) for one in ids]
    return tuple(sorted(found, key=lambda topic: (-len(topic.counts), -topic.works, topic.id)))


def at_least_five(counts: Mapping[str, int], people: int) -> dict[str, int | None] | None:
    """Counts of people by rule for who does not lead them: None for fewer than five, nothing of a small group."""
    if people < FEWEST:
        return None
    return {rule: count if count >= FEWEST else None for rule, count in counts.items()}
