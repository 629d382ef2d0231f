"""A team's cells, the gaps several share, topics, and groups too small to be told of."""

from advocacy.domain.progress import State
from advocacy.domain.team import Cell, Gap, Member, Topic, at_least_five, gaps, topics


def member(number: int, name: str, topics: dict[str, int] | None = None, **cells: tuple[int, State]) -> Member:
    made = {rule: Cell(number * 10, count, state) for rule, (count, state) in cells.items()}
    return Member(number, name, "Engineer", made, topics or {})


ASHA = member(1, "Asha", talks=(1, State.GETTING_THERE), tweets=(9, State.COVERED))
MAX = member(2, "Max", talks=(0, State.CANT_TELL), tweets=(1, State.GETTING_THERE))
SILENT = member(3, "Nia", talks=(0, State.CANT_TELL), tweets=(0, State.CANT_TELL))
ELSEWHERE = member(4, "Ola", tweets=(3, State.COVERED))


def test_a_gap_is_what_two_or_more_do_not_reach_and_who_shares_nothing_is_in_none() -> None:
    found = gaps([ASHA, MAX, SILENT, ELSEWHERE], ["tweets", "talks"])
    assert found == (Gap("talks", ("Asha", "Max"), 2, (1, 2)),)


def test_who_is_not_measured_by_a_rule_lacks_nothing_of_it() -> None:
    assert gaps([ASHA, ELSEWHERE], ["talks", "tweets"]) == ()


def test_the_widest_gap_stands_first_and_equals_in_the_order_of_the_rulebook() -> None:
    third = member(5, "Uma", talks=(1, State.GETTING_THERE), tweets=(1, State.GETTING_THERE))
    assert [gap.rule for gap in gaps([ASHA, MAX, third], ["tweets", "talks"])] == ["talks", "tweets"]


def test_topics_are_those_most_people_have_first() -> None:
    people = [
        member(1, "A", {"etcd": 1, "ceph": 5}),
        member(2, "B", {"etcd": 1}),
        member(3, "C", {"ceph": 1, "rook": 1}),
    ]
    assert topics(people) == (
        Topic("ceph", {1: 5, 3: 1}),
        Topic("etcd", {1: 1, 2: 1}),
        Topic("rook", {3: 1}),
    )


def test_nothing_is_told_of_fewer_than_five_people_and_no_number_below_five() -> None:
    assert at_least_five({"talks": 4}, 4) is None
    assert at_least_five({"talks": 4, "tweets": 5}, 7) == {"talks": None, "tweets": 5}
