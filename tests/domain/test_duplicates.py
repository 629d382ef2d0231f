"""What is like a proposal: at the same event whoever proposed it, elsewhere only one's own."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from advocacy.domain.duplicates import Sent, find, same_event
from advocacy.domain.proposal import ProposalState

LONG = "We take three nodes away and look at what etcd says, one after the other, with a stopwatch in our hand."
NEW = Sent(id=1, title="Chaos on etcd", event="KubeCon Oslo", talk_id=7)


def like(**told: Any) -> list[tuple[int, bool]]:
    other = replace(Sent(id=2, title="", event="FOSDEM"), **told)
    return [(near.one.id, near.at_same_event) for near in find(replace(NEW, abstract=LONG), [other])]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"title": "chaos  ON etcd"}, [(2, False)]),
        ({"title": "etcd on chaos", "event": "kubecon oslo", "owner": "Lena"}, [(2, True)]),
        ({"title": "Chaos on etcd", "owner": "Lena"}, []),
        ({"title": "Something else", "talk_id": 7}, [(2, False)]),
        ({"title": "Something else", "abstract": LONG.upper()}, [(2, False)]),
        ({"title": "Something else", "abstract": "Short."}, []),
        ({"title": "Chaos on etcd", "state": ProposalState.WITHDRAWN}, []),
        ({"title": "Chaos on etcd", "id": 1}, []),
        ({"title": "Chaos", "event": "KubeCon Oslo"}, []),
    ],
)
def test_each_way_to_be_alike(told: dict[str, Any], found: list[tuple[int, bool]]) -> None:
    assert like(**told) == found


def test_the_same_event_comes_first_and_then_the_newest() -> None:
    others = [
        Sent(id=2, title="Chaos on etcd", event="FOSDEM", day=date(2026, 1, 1)),
        Sent(id=3, title="Chaos on etcd", event="Rejekts", day=date(2026, 5, 1)),
        Sent(id=4, title="Chaos on etcd", event="KubeCon Oslo", owner="Lena", day=date(2025, 1, 1)),
    ]
    assert [near.one.id for near in find(NEW, others)] == [4, 3, 2]


def test_another_years_event_of_the_name_is_another_event() -> None:
    this, next_ = replace(NEW, starts=date(2026, 11, 2)), replace(NEW, id=2, starts=date(2027, 11, 1))
    assert (same_event(this, next_), same_event(this, replace(next_, starts=None))) == (False, True)
