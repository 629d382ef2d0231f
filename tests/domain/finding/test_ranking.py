"""People in order: the factors add up and are told, more never harms, and equals go by what they carry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.finding import ranking
from advocacy.domain.finding.arithmetic import factors
from advocacy.domain.finding.ranking import WEIGHTS, Ranked, Signal, merged, ordered, rank, shares, weighed

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2010, 1, 1), TODAY)
FITS = st.floats(0.1, 1).map(lambda fit: round(fit, 2))
SIGNALS = st.builds(
    lambda works, delivered, last, match: Signal(works, min(works, delivered), last, match),
    st.integers(1, 60),
    st.integers(0, 12),
    DAYS,
    FITS,
)
KNOWN = st.dictionaries(st.integers(0, 1), SIGNALS, min_size=1)
BOTH = (0.7, 0.3)


def score(*signals: Signal) -> float:
    return ranking.score(dict(enumerate(signals)), [1 / len(signals)] * len(signals), TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@given(SIGNALS, st.integers(1, 20))
def test_more_works_never_lower_the_score(one: Signal, more: int) -> None:
    assert score(replace(one, works=one.works + more)) >= score(one)
    assert score(replace(one, delivered=one.delivered + more)) >= score(one)


@given(SIGNALS, DAYS)
def test_newer_is_never_worse(one: Signal, day: date) -> None:
    older, newer = sorted((one.last, day))
    assert score(replace(one, last=newer)) >= score(replace(one, last=older))


@given(SIGNALS, FITS)
def test_a_better_fit_is_never_worse(one: Signal, fit: float) -> None:
    worse, better = sorted((one.match, fit))
    assert score(replace(one, match=better)) >= score(replace(one, match=worse))


@given(st.lists(st.tuples(FITS, DAYS), min_size=1, max_size=12), st.tuples(FITS, DAYS))
def test_another_work_never_lowers_the_score(works: list[tuple[float, date]], another: tuple[float, date]) -> None:
    def of(fits: list[tuple[float, date]]) -> float:
        return score(weighed(Signal(len(fits), 0, max(day for _, day in fits)), fits))

    assert of([*works, another]) >= of(works) - 0.2  # amounts and points are rounded to one place


@given(KNOWN)
def test_the_score_is_the_sum_of_what_is_told_and_at_most_a_hundred(known: dict[int, Signal]) -> None:
    one = Ranked(1, known, ranking.score(known, BOTH, TODAY))
    told = factors(one, ["etcd", "Rust"], BOTH, TODAY)
    assert sum(each.points for each in told) == pytest.approx(one.score)
    assert [each.name for each in told] == list(WEIGHTS)
    assert all(0 <= each.value <= 1.0001 for each in told)
    assert 0 <= one.score <= sum(WEIGHTS.values())


@given(st.dictionaries(st.integers(1, 30), KNOWN), st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_who_came_first(
    people: dict[int, dict[int, Signal]], chance: st.DataObject
) -> None:
    mixed = list(people.items())
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = rank(people, BOTH, TODAY)
    assert rank(dict(mixed), BOTH, TODAY) == found
    assert sorted(one.person_id for one in found) == sorted(people)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 3)), max_size=12))
def test_of_equals_who_has_less_ahead_comes_first(people: list[tuple[float, int]]) -> None:
    best = [Ranked(number, {}, points) for number, (points, _) in enumerate(people)]
    load = {number: ahead for number, (_, ahead) in enumerate(people)}
    found = ordered(best, load, {})
    assert ordered(reversed(best), load, {}) == found
    keys = [(-round(one.score), load[one.person_id], one.person_id) for one in found]
    assert keys == sorted(keys)


def test_names_decide_last() -> None:
    best = [Ranked(1, {}, 50.2), Ranked(2, {}, 50.0)]
    assert [one.person_id for one in ordered(best, {}, {1: "Zoë", 2: "asha"})] == [2, 1]


def test_depth_beats_mentions() -> None:
    deep = weighed(Signal(3, 0, ago(300)), [(0.9, ago(300)), (0.8, ago(400)), (1.0, ago(500))])
    shallow = weighed(Signal(9, 0, ago(2)), [(0.1, ago(days)) for days in range(2, 11)])
    assert score(deep) > score(shallow)


def test_a_mention_in_passing_makes_nothing_newer() -> None:
    one = weighed(Signal(2, 0, ago(1)), [(0.1, ago(1)), (0.9, ago(800))])
    assert (one.last, one.match, one.amount) == (ago(800), 0.9, 1.0)


def test_what_few_people_know_counts_for_more() -> None:
    common, rare = shares([{0}, {0}, {0, 1}, {0}], 2)
    assert rare > common
    assert common + rare == pytest.approx(1, abs=0.011)
    assert (shares([{0}], 1), shares([], 2)) == ((1.0,), (0.5, 0.5))


@given(st.lists(st.sets(st.integers(0, 3)), max_size=20), st.integers(1, 4))
def test_what_is_asked_for_counts_one_together(people: list[set[int]], asked: int) -> None:
    found = shares([{place for place in places if place < asked} for places in people], asked)
    assert sum(found) == pytest.approx(1, abs=0.03)
    assert all(0 < one <= 1 for one in found)


def test_who_knows_both_comes_before_who_knows_one_as_well() -> None:
    one = Signal(4, 1, ago(30), 0.8)
    assert [each.person_id for each in rank({1: {0: one}, 2: {0: one, 1: one}}, BOTH, TODAY)] == [2, 1]


def test_parts_count_as_much_as_the_least_and_only_together() -> None:
    both = merged([Signal(9, 2, ago(3)), Signal(2, 1, ago(90))], 2)
    assert both == Signal(2, 1, ago(90), ranking.PARTS_ONLY)
    assert merged([Signal(9, 2, ago(3))], 2) is None
    assert merged([], 0) is None


def test_the_arithmetic_is_told_in_words() -> None:
    one = {0: Signal(3, 1, ago(365), 0.8, 2.5), 1: Signal(1, 0, ago(1))}
    match, depth, recency, delivery = factors(Ranked(1, one, 0), ["etcd", "Rust"], BOTH, TODAY)
    assert match.how == "etcd: the best work fits 0.8; Rust: the best work fits 1; 0.7 × 0.8 + 0.3 × 1 = 0.86"
    assert depth.how.startswith("etcd: 3 works that come to 2.5, log₂(3.5) / log₂(17) → 0.44; Rust: 1 work, log₂(2)")
    assert recency.how.startswith("etcd: 365 days ago, 0.8 × 0.5^(365 / 365) = 0.40; Rust: 1 day ago")
    assert delivery.how.startswith("etcd: 1 talk or training, log₂(2) / log₂(9) → 0.32; Rust: 0 talks and trainings")


def test_nothing_on_one_of_two_is_told() -> None:
    (match, *_) = factors(Ranked(1, {1: Signal(1, 0, ago(1))}, 0), ["etcd", "Rust"], BOTH, TODAY)
    assert match.how == "etcd: nothing; Rust: the best work fits 1; 0.7 × 0 + 0.3 × 1 = 0.30"
