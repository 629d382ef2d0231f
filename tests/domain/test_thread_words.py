"""A thread's facts in words."""

from datetime import UTC, datetime

import pytest

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.thread_words import ordinal, told


def one(kind: Kind, thread: Thread, **metrics: int) -> Activity:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return Activity(ref="x:1", kind=kind, platform=Platform.X, at=at, text="", thread=thread, metrics=metrics)


def test_what_began_a_thread_is_told_with_its_replies() -> None:
    thread = Thread(key="x:1", role=ThreadRole.OPENED, replies=7, participants=1)
    assert told(one(Kind.POST, thread), "X") == ["you opened it", "7 replies", "1 person took part"]


def test_what_is_not_told_is_said_to_be_so() -> None:
    assert told(one(Kind.ANSWER, Thread()), "X") == [
        "your part in it is not told by X",
        "whether it was accepted is not told by X",
        "its place among the answers is not told by X",
        "how many replied is not told by X",
    ]


def test_an_answer_is_told_with_its_place() -> None:
    thread = Thread(role=ThreadRole.ANSWERED, accepted=False, rank=2, replies=1)
    assert told(one(Kind.ANSWER, thread, answers=5), "X") == [
        "you answered",
        "not accepted",
        "2nd of 5 answers",
        "1 reply",
    ]
    assert told(one(Kind.ANSWER, thread), "X")[2] == "2nd among the answers"


@pytest.mark.parametrize(
    ("answered", "words"),
    [(3, "others replied to 3 of them"), (None, "how many of them others replied to is not told by X")],
)
def test_own_messages_are_told_with_those_that_others_replied_to(answered: int | None, words: str) -> None:
    thread = Thread(key="x:1", role=ThreadRole.JOINED, replies=0, own_messages=4)
    assert told(one(Kind.REPLY, thread), "X", answered)[-2:] == ["4 messages of yours", words]


def test_where_there_is_no_conversation_nothing_is_told() -> None:
    assert told(one(Kind.ARTICLE, Thread()), "X") == []


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]
    )
