"""What others did below a question: how many answered, who, and how each answer stands among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from advocacy.domain.activity import Thread, ThreadRole
from ingest.sources.stackexchange_json import Item, count, inner, number, tags_of, words
from ingest.sources.stackexchange_refs import thread_key


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question with its answers; `people` are who wrote them, somebody whose account is gone as one of their own.

    `scores` is None when the API did not give all answers: then nobody can say how one of them stands.
    """

    asker: str
    answers: int | None
    scores: Mapping[int, int] | None
    people: frozenset[str]
    title: str = ""  #: as it came, HTML-escaped
    tags: tuple[str, ...] = ()

    @classmethod
    def read(cls, item: Item) -> Self:
        """Take a question with its answers apart; what is odd in it is not known."""
        given = [inner(one) for one in item.get("answers") or ()] if isinstance(item.get("answers"), list) else []
        told = count(item.get("answer_count"))
        scores = {
            key: score
            for one in given
            if (key := number(one.get("answer_id"))) is not None and (score := number(one.get("score"))) is not None
        }
        is_whole = len(scores) == len(given) and (told is None or len(given) >= told)
        return cls(
            asker=person(item, "asker"),
            answers=told if told is not None else len(given),
            scores=scores if is_whole else None,
            people=frozenset(person(one, str(number(one.get("answer_id")))) for one in given),
            title=words(item.get("title")),
            tags=tags_of(item),
        )

    @property
    def participants(self) -> int | None:
        """How many people take part, the asker among them; None when not all answers are there."""
        return None if self.scores is None else len(self.people | {self.asker})

    def rank(self, answer: int) -> int | None:
        """1 for an answer that no other has a higher score than; None when the answer is not among them."""
        if self.scores is None or answer not in self.scores:
            return None
        return 1 + sum(1 for score in self.scores.values() if score > self.scores[answer])


UNKNOWN = Discussion(asker="", answers=None, scores=None, people=frozenset())


def of_answer(host: str, item: Item, question: int | None, answer: int, seen: Discussion) -> Thread:
    """An answer's place in its thread: who else takes part, whether it was accepted, how it stands."""
    accepted = item.get("is_accepted")
    return Thread(
        key="" if question is None else thread_key(host, question),
        role=ThreadRole.ANSWERED,
        replies=None if seen.answers is None else max(seen.answers - 1, 0),
        participants=seen.participants,
        accepted=accepted if isinstance(accepted, bool) else None,
        rank=seen.rank(answer),
    )


def of_question(host: str, item: Item, question: int, seen: Discussion) -> Thread:
    """The thread that a question opened: how many answered, and whether one of the answers was accepted."""
    answers = count(item.get("answer_count"))
    return Thread(
        key=thread_key(host, question),
        role=ThreadRole.OPENED,
        replies=seen.answers if answers is None else answers,
        participants=seen.participants,
        accepted=number(item.get("accepted_answer_id")) is not None,
    )


def person(item: Item, otherwise: str) -> str:
    """Whose an item is, as one string; a deleted user has neither id nor link, and counts as somebody else."""
    found = number(inner(item.get("owner")).get("user_id"))
    return f"deleted {otherwise}" if found is None else str(found)
