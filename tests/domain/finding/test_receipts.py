"""The best three works by which somebody is recognised."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.activity import Kind
from advocacy.domain.finding.receipts import SHOWN, Receipt, best

TODAY = date(2026, 11, 23)
RECEIPTS = st.builds(
    Receipt,
    st.just(1),
    st.integers(1, 6),
    st.sampled_from(Kind),
    st.dates(date(2020, 1, 1), TODAY),
    st.frozensets(st.integers(0, 2), min_size=1),
    st.floats(0, 8),
)


def receipt(
    work: int, kind: Kind = Kind.ARTICLE, days: int = 0, on: tuple[int, ...] = (0,), fits: float = 0
) -> Receipt:
    return Receipt(1, work, kind, TODAY - timedelta(days=days), frozenset(on), fits)


def works(*found: Receipt) -> list[int]:
    return [one.work_id for one in best(found)]


def test_a_talk_comes_before_an_article_and_an_article_before_a_post() -> None:
    assert works(receipt(1, Kind.POST), receipt(2), receipt(3, Kind.TALK, days=900)) == [3, 2, 1]


def test_what_is_on_both_topics_comes_first_then_what_fits_best_then_the_newest() -> None:
    assert works(receipt(1, fits=5), receipt(2, on=(0, 1)), receipt(3, fits=7)) == [2, 3, 1]
    assert works(receipt(1, days=9), receipt(2, days=1), receipt(3, days=5)) == [2, 3, 1]


def test_a_work_on_two_things_is_shown_once() -> None:
    (one,) = best([receipt(1, Kind.ARTICLE, fits=2), receipt(1, Kind.TRAINING_GIVEN, on=(1,), fits=3)])
    assert (one.on, one.kind, one.fits) == (frozenset({0, 1}), Kind.TRAINING_GIVEN, 3.0)


@given(st.lists(RECEIPTS, max_size=12))
def test_no_more_than_three_each_once(found: list[Receipt]) -> None:
    shown = best(found)
    assert len(shown) == min(len({one.work_id for one in found}), SHOWN)
    assert len({one.work_id for one in shown}) == len(shown)
