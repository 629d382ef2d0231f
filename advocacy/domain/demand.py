"""What is asked for, topic by topic, beside who could teach it: what lacks a teacher comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """One open request: its topics by the vocabulary, its votes, and whether it waits for too long."""

    id: int
    what: str
    topics: tuple[str, ...]
    votes: int
    day: date
    forgotten: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question that somebody of the team asked in public or released."""

    day: date
    title: str
    url: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Demand against supply; `id` is empty for requests that name no topic."""

    id: str
    requests: tuple[Asked, ...]
    questions: tuple[Question, ...]
    learners: tuple[str, ...]  #: learned it and did not teach it yet
    teachers: tuple[str, ...]

    @property
    def votes(self) -> int:
        """Votes for its requests together."""
        return sum(one.votes for one in self.requests)

    @property
    def is_asked(self) -> bool:
        """Whether somebody asked for it, or asks about it again and again."""
        return bool(self.requests) or len(self.questions) >= RECURS

    @property
    def demand(self) -> int:
        """Votes, recurring questions and learners, each as one."""
        return self.votes + (len(self.questions) >= RECURS) + len(self.learners)

    @property
    def unmet(self) -> int:
        """How far the demand is above who could teach."""
        return self.demand - len(self.teachers)


RECURS = 3  #: questions on one topic that suggest a training


def board(
    requests: Sequence[Asked],
    questions: Sequence[Question],
    learners: Mapping[str, Sequence[str]],
    teachers: Mapping[str, Sequence[str]],
) -> tuple[Topic, ...]:
    """Every topic that somebody asked for, asks about again and again, or learned; the most unmet first."""
    ids = {topic for one in requests for topic in one.topics or ("",)} | set(learners)
    ids |= {topic for topic in _counted(questions) if _counted(questions)[topic] >= RECURS}
    found = [
        Topic(
            topic,
            tuple(one for one in requests if topic in (one.topics or ("",))),
            tuple(one for one in questions if topic and topic in one.topics),
            tuple(learners.get(topic, ())),
            tuple(teachers.get(topic, ())),
        )
        for topic in ids
    ]
    return tuple(sorted(found, key=lambda one: (-one.unmet, -one.demand, one.id == "", one.id)))


def suggested(topics: Iterable[Topic]) -> list[Topic]:
    """Topics that are asked about again and again, and that nobody asked a training for."""
    return [one for one in topics if len(one.questions) >= RECURS and not one.requests]


def _counted(questions: Iterable[Question]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in questions:
        for topic in one.topics:
            found[topic] = found.get(topic, 0) + 1
    return found
