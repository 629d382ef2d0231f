"""What somebody was in a thread: known, derived from siblings, or unknown."""

from time import monotonic

import pytest

from advocacy.domain import threads
from advocacy.domain.activity import Thread, ThreadRole
from advocacy.domain.threads import SUSTAINED_FROM, asks, rank_of, with_siblings

KEY = "reddit:t3_1abc"


def test_what_was_opened_tells_its_replies_and_not_who_they_were() -> None:
    assert threads.opened(KEY, 7) == Thread(key=KEY, role=ThreadRole.OPENED, replies=7)
    assert threads.opened(KEY, 7, 5).participants == 5


def test_without_context_the_role_is_unknown_and_the_replies_are_not_zero() -> None:
    assert threads.unknown(KEY) == Thread(key=KEY, role=ThreadRole.UNKNOWN, replies=None)


@pytest.mark.parametrize("thread", [threads.joined(KEY), threads.answered(KEY), threads.unknown(KEY)])
def test_three_own_messages_that_others_replied_to_keep_a_thread_going(thread: Thread) -> None:
    made = with_siblings(thread, 5, SUSTAINED_FROM)
    assert (made.role, made.own_messages, made.key) == (ThreadRole.SUSTAINED, 3, KEY)


@pytest.mark.parametrize("replied_to", [0, 2, None])
def test_messages_that_nobody_replied_to_are_counted_and_sustain_nothing(replied_to: int | None) -> None:
    made = with_siblings(threads.joined(KEY), 9, replied_to)
    assert (made.role, made.own_messages) == (ThreadRole.JOINED, 9)


@pytest.mark.parametrize(
    "thread", [threads.opened(KEY, 7), threads.moderated(KEY), threads.answered(KEY, accepted=True)]
)
def test_who_opened_moderated_or_was_accepted_stays_that(thread: Thread) -> None:
    made = with_siblings(thread, 4, 4)
    assert (made.role, made.accepted, made.own_messages) == (thread.role, thread.accepted, 4)


def test_where_nobody_can_count_nothing_changes() -> None:
    assert with_siblings(threads.joined(KEY, 2), None, None) == threads.joined(KEY, 2)


def test_equals_share_a_rank_and_an_unknown_score_gives_none() -> None:
    assert rank_of(5, [9, 5, 1]) == 2
    assert rank_of(5, []) == 1
    assert rank_of(-3, [-3, -2]) == 2
    assert rank_of(5, [9, None]) is None
    assert rank_of(None, [1]) is None


@pytest.mark.parametrize(
    "title",
    [
        "Mayastor stuck in Pending?",
        "How do I resize a PVC with OpenEBS",
        "[Question] how to run zfs on k8s",
        "Help! Looking for a storage class that snapshots",
        "Is there a way to move a volume",
        "どうすればいいですか？",
    ],
)
def test_a_question_is_seen_in_its_title(title: str) -> None:
    assert asks(title)


@pytest.mark.parametrize(
    "title", ["OpenEBS 4.2 is out", "Helpful tricks for Helm", "Whatever works", "", "Show: my lab"]
)
def test_what_does_not_ask_is_no_question(title: str) -> None:
    assert not asks(title)


def test_a_hostile_title_is_judged_in_no_time() -> None:
    started = monotonic()
    assert not asks("\n -" * 50_000 + "x")
    assert asks("help " * 50_000)
    assert monotonic() - started < 1
