"""A page's items sorted: kept, passed over, somebody else's, poison."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from advocacy.domain.activity import Thread, ThreadRole
from advocacy.models.fact import Owner
from advocacy.rules import Rules, load
from advocacy.settings import Settings
from ingest.prepare import Reader, prepare
from tests.ingest.platform import OFF_TOPIC, ON_TOPIC, post

ASHA, LENA = Owner(1, 1, "Asia/Kolkata"), Owner(2, 2, "UTC")
LATE = datetime(2026, 9, 30, 20, 0, tzinfo=UTC)  #: the first of October in Kolkata


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load(Settings())


def test_items_are_sorted_by_topic_owner_and_fitness(rules: Rules) -> None:
    items = [
        post(0, authors=("Asha",)),
        post(1, OFF_TOPIC, authors=("Asha",)),
        post(2, authors=("Otto",)),
        post(3, at=datetime(1, 1, 1, tzinfo=UTC), authors=("Asha",)),
    ]
    ready = prepare(items, [Reader(ASHA, "Asha")], rules)
    assert [fact.activity.ref for fact in ready.kept] == ["feed:blog/0"]
    assert [fact.activity.ref for fact in ready.passed] == ["feed:blog/1"]
    assert (ready.strangers, [bad.ref for bad in ready.poison]) == (1, ["feed:blog/3"])


def test_each_item_goes_to_all_who_want_it(rules: Rules) -> None:
    [fact] = prepare([post(0, authors=("Asha", "Lena"))], [Reader(ASHA, "asha"), Reader(LENA)], rules).kept
    assert fact.owners == (ASHA, LENA)


def test_the_start_date_is_a_day_where_the_person_lives(rules: Rules) -> None:
    readers = [Reader(owner, start_on=date(2026, 10, 1)) for owner in (ASHA, LENA)]
    [fact] = prepare([post(0, at=LATE)], readers, rules).kept
    assert fact.owners == (ASHA,)


def test_of_an_item_that_is_there_twice_the_later_stands_and_all_come_in_one_order(rules: Rules) -> None:
    items = [post(n) for n in range(5)]
    ready = prepare([*items, post(0, "Kubernetes, mended")], [Reader(ASHA)], rules)
    again = prepare([post(0, "Kubernetes, mended"), *items[:0:-1]], [Reader(ASHA)], rules)
    assert ready.kept == again.kept
    assert {fact.activity.text for fact in ready.kept if fact.activity.ref == "feed:blog/0"} == {"Kubernetes, mended"}


def test_what_databases_would_refuse_is_taken_out(rules: Rules) -> None:
    [fact] = prepare([post(0, "Kubernetes\x00\ud800 \x07!", metrics={"views": 2**70})], [Reader(ASHA)], rules).kept
    assert (fact.activity.text, fact.activity.metrics) == ("Kubernetes !", {})


THREAD = Thread(key="reddit:t3_1", role=ThreadRole.JOINED)


def test_an_own_message_in_a_thread_that_matters_stays_though_it_names_nothing(rules: Rules) -> None:
    said, aside, elsewhere = (
        replace(post(n, text), thread=thread)
        for n, text, thread in (
            (1, ON_TOPIC, THREAD),
            (2, OFF_TOPIC, THREAD),
            (3, OFF_TOPIC, replace(THREAD, key="reddit:t3_2")),
        )
    )
    page = prepare([aside, elsewhere, said], [Reader(Owner(1, 1, "UTC"))], rules)
    assert {fact.activity.ref for fact in page.kept} == {said.ref, aside.ref}
    assert [fact.activity.ref for fact in page.passed] == [elsewhere.ref]


def test_whether_a_thread_matters_is_asked_once_and_only_of_what_could_stay(rules: Rules) -> None:
    asked = []

    def kept(keys: Collection[str], people: Collection[int]) -> frozenset[tuple[int, str]]:
        asked.append((set(keys), set(people)))
        return frozenset({(7, "reddit:t3_1")})

    off = [replace(post(n, OFF_TOPIC), thread=replace(THREAD, key=f"reddit:t3_{n}")) for n in (1, 2)]
    readers = [Reader(Owner(1, 7, "UTC"))]
    page = prepare([*off, post(3, OFF_TOPIC)], readers, rules, in_threads=kept)
    assert [fact.activity.ref for fact in page.kept] == [off[0].ref]
    assert asked == [({"reddit:t3_1", "reddit:t3_2"}, {7})]
    prepare([post(4, ON_TOPIC), post(5, OFF_TOPIC)], readers, rules, in_threads=kept)
    assert len(asked) == 1
