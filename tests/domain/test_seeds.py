"""Talk seeds: questions that people asked, each once, in one order, and nothing below the minimum."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from advocacy import ladder
from advocacy.domain.activity import Kind, ThreadRole
from advocacy.domain.seeds import SHOWN, Piece, Seed, seeds, talked_about
from advocacy.domain.vocabulary import Vocabulary

DAY = date(2026, 11, 23)
ASKED = (
    "How do I resize a PVC?",
    "Why does my pod stay in Pending?",
    "StatefulSet or Deployment for a database?",
    "What survives a node that reboots?",
    "Can two pods mount one volume?",
)


def piece(number: int, title: str = "", kind: Kind = Kind.ANSWER, **more: object) -> Piece:
    told = {"work": number, "kind": kind, "day": DAY - timedelta(days=number), "title": title}
    given = {"url": f"https://q.example/{number}", "topics": ("kubernetes",), "thread": f"q{number}"}
    return Piece(**{**told, **given, **more})  # type: ignore[arg-type]


def five(titles: Sequence[str] = ASKED) -> list[Piece]:
    return [piece(number, title) for number, title in enumerate(titles, 1)]


def only(pieces: Sequence[Piece], talked: Sequence[str] = ()) -> Seed:
    (found,) = seeds(pieces, talked)
    return found


def words(seed: Seed) -> list[str]:
    return [one.words for one in seed.questions]


def test_the_outline_is_what_people_asked_the_newest_first() -> None:
    seed = only(five())
    assert (words(seed), seed.works, seed.is_enough) == (list(ASKED), 5, True)
    assert seed.outline.splitlines()[0] == "- How do I resize a PVC?"


def test_it_is_the_same_in_whatever_order_the_pieces_come() -> None:
    pieces = [*five(), *[replace(one, work=one.work + 10, thread=f"r{one.work}") for one in five()]]
    first = seeds(pieces, ())
    for number in range(20):
        shuffled = random.Random(number).sample(pieces, len(pieces))
        assert seeds(shuffled, ()) == first


def test_what_was_asked_in_other_words_is_one_question_and_comes_first_as_it_was_put_last() -> None:
    seed = only([*five(), piece(9, "Re: How to resize a PVC"), piece(12, "Resizing: how can I resize the PVC?")])
    assert (words(seed)[0], seed.questions[0].times, seed.questions[0].url) == (ASKED[0], 2, "https://q.example/1")
    assert (seed.works, len(seed.questions)) == (7, 6)


def test_several_answers_in_one_thread_are_one_asking() -> None:
    seed = only([*five(), piece(6, ASKED[0], thread="q1")])
    assert (seed.works, [one.times for one in seed.questions]) == (6, [1] * 5)


def test_copies_of_one_work_count_once() -> None:
    copies = [replace(one, url=f"{one.url}/copy", day=one.day + timedelta(days=1)) for one in five()]
    seed = only([*five()[:4], *copies[:4]])
    assert (seed.works, seed.is_enough, len(seed.questions)) == (4, False, 4)


@pytest.mark.parametrize(
    ("pieces", "missing"),
    [
        (five(), (0, 0)),
        (five()[:4], (1, 0)),
        (five([ASKED[0]] * 3 + [ASKED[1]] * 2), (0, 1)),
        ([*five()[:2], *(piece(n, "An essay", Kind.ARTICLE, thread="") for n in (3, 4, 5))], (0, 1)),
        ([*five()[:3], *(piece(n, kind=Kind.POST) for n in (4, 5))], (0, 0)),
    ],
)
def test_below_the_minimum_it_is_silent_and_knows_what_is_missing(
    pieces: list[Piece], missing: tuple[int, int]
) -> None:
    seed = only(pieces)
    assert (seed.missing, seed.is_enough) == (missing, missing == (0, 0))


def test_a_topic_with_a_talk_is_silent() -> None:
    assert seeds(five(), ["kubernetes"]) == ()


def test_what_one_opened_oneself_is_nobody_elses_question() -> None:
    mine = piece(7, "My own thread", Kind.POST, role=ThreadRole.OPENED, thread="mine")
    reply = piece(6, "My own thread", Kind.REPLY, thread="mine")
    assert "My own thread" not in words(only([*five(), mine, reply]))


def test_trainings_notes_and_talks_are_no_ground() -> None:
    assert only([*five(), piece(6, "A class", Kind.TRAINING_GIVEN), piece(7, "A note", Kind.NOTE)]).works == 5


def test_what_is_enough_comes_first_then_what_was_asked_most() -> None:
    more = [replace(one, work=one.work + 20, topics=("etcd",), thread=f"e{one.work}") for one in five()]
    less = [replace(one, work=one.work + 40, topics=("ceph",), thread=f"c{one.work}") for one in five()[:3]]
    six = [*five(), piece(50, "How do I drain a node?")]
    assert [one.topic for one in seeds([*less, *more, *six], ())] == ["kubernetes", "etcd", "ceph"]


def test_an_outline_is_no_longer_than_a_talk() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    seed = only(five([f"{one * 9} of {one * 8} with {one * 7}?" for one in letters]))
    assert (len(seed.questions), len(seed.outline.splitlines())) == (26, SHOWN)


def test_talks_are_about_what_their_titles_name_and_what_their_person_says() -> None:
    vocabulary = Vocabulary.read(ladder.text("vocabulary.toml"))
    found = talked_about([("Chaos with Kubernetes", ()), ("Untitled", ("etcd", "something else"))], vocabulary)
    assert {"kubernetes", "etcd", "something else"} <= found
