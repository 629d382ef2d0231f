"""A page's items sorted: kept, passed over, somebody else's, poison."""

from datetime import UTC, date, datetime

import pytest

from advocacy.models.fact import Owner
from advocacy.rules import Rules, load
from advocacy.settings import Settings
from ingest.prepare import Reader, prepare
from tests.ingest.platform import OFF_TOPIC, post

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
