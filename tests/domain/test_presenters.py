"""Who could teach a topic: receipts, reasons, what speaks against it, and an expert beside each learner."""

from datetime import date

from advocacy.domain.presenters import Presenter, Receipt, pairs, untaught, why, why_not

TODAY = date(2026, 11, 23)


def receipt(act: str, day: date, title: str = "etcd") -> Receipt:
    return Receipt(day, title, "", act)


def person(name: str, *receipts: Receipt, load: int = 0, willing: bool | None = None) -> Presenter:
    return Presenter(len(name), name, receipts, load, willing)


TAUGHT = person("Asha", receipt("taught", date(2026, 3, 2)), receipt("published", date(2026, 5, 2)), willing=True)
LEARNER = person("Nia", receipt("learned", date(2026, 10, 5)))
WRITER = person("Lena", *(receipt("published", date(2026, 4, day)) for day in (1, 2, 3)), load=2)


def test_who_taught_it_or_published_three_works_could_teach_it() -> None:
    two = person("Max", *(receipt("published", date(2026, 4, day)) for day in (1, 2)))
    assert [one.could_teach for one in (TAUGHT, WRITER, two, LEARNER)] == [True, True, False, False]


def test_reasons_are_told_with_their_days() -> None:
    assert why(TAUGHT) == [
        "taught it once, last on 2 Mar 2026",
        "1 released work on it, the newest of 2 May 2026",
        "says that they like to teach",
    ]


def test_what_speaks_against_it_is_load_rest_and_age() -> None:
    tired = person("Uma", receipt("taught", date(2026, 11, 2)), load=3)
    rusty = person("Ola", receipt("taught", date(2024, 12, 1)))
    assert [why_not(one, TODAY) for one in (TAUGHT, tired, rusty)] == [
        [],
        ["gives 3 classes in the next 60 days already", "taught it on 2 Nov 2026: it may be somebody else’s turn"],
        ["nothing newer than 1 Dec 2024"],
    ]


def test_a_learner_stands_beside_whom_nothing_speaks_against() -> None:
    assert pairs([WRITER, TAUGHT, LEARNER], TODAY) == [(TAUGHT, LEARNER)]
    assert pairs([WRITER, LEARNER], TODAY) == [(WRITER, LEARNER)]
    assert pairs([LEARNER], TODAY) == []


def test_who_taught_it_after_learning_it_is_no_learner_any_more() -> None:
    both = person("Max", receipt("learned", date(2026, 10, 1)), receipt("taught", date(2026, 11, 1)))
    before = person("Uma", receipt("learned", date(2026, 10, 1)), receipt("taught", date(2026, 9, 1)))
    assert untaught([both, before, LEARNER]) == [before, LEARNER]


def test_the_best_receipts_are_what_was_taught_and_then_the_newest() -> None:
    many = person("Max", *(receipt("published", date(2026, month, 1)) for month in (1, 5, 3)), receipt("taught", TODAY))
    assert [(one.act, one.day.month) for one in many.best] == [("taught", 11), ("published", 5), ("published", 3)]
