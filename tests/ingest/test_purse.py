"""A month's money is never exceeded, however many spend it, and what was not spent is there again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import platforms
from advocacy.models.base import db
from ingest.purse import MonthlyPurse, Spent, budget_of
from ingest.source import Misconfigured, TryLater

NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def spent(month: datetime = NOVEMBER) -> float:
    found = platforms.spent(month.date()).get(Platform.X, 0.0)
    db.session.rollback()
    return found


def purse(budget: float, *moments: datetime) -> MonthlyPurse:
    """One whose clock tells these moments, the last for ever."""
    left = list(moments or (NOVEMBER,))
    return MonthlyPurse(Platform.X, budget, lambda: left.pop(0) if len(left) > 1 else left[0])


def test_what_is_reserved_counts_until_it_is_put_back(app: Flask) -> None:
    mine = purse(1.0)
    mine.reserve(0.5)
    assert spent() == 0.5
    mine.settle(0.5, 0.125)
    assert spent() == 0.125
    mine.reserve(0.875)
    mine.settle(0.875, 0.875)
    assert spent() == 1.0


def test_what_the_month_has_not_left_is_refused_until_the_next_in_words(app: Flask) -> None:
    mine = purse(20.0)
    mine.reserve(19.75)
    with pytest.raises(Spent) as refused:
        mine.reserve(0.5)
    assert isinstance(refused.value, TryLater)
    assert (refused.value.at, refused.value.ours, spent()) == (datetime(2026, 12, 1, tzinfo=UTC), True, 19.75)
    assert str(refused.value) == (
        "of the 20.00 USD for X in November 19.75 are spent, and the next request may cost 0.50: it is read again from"
        " 1 December on. A higher ADVOCACY_X__MONTHLY_BUDGET_USD lets it go on now, and an import of people's own"
        " archives closes the gap"
    )
    mine.reserve(0.25)


def test_each_month_has_its_own_money_and_gets_back_what_was_taken_from_it(app: Flask) -> None:
    december = datetime(2026, 12, 1, tzinfo=UTC)
    mine = purse(1.0, datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), december)
    mine.reserve(1.0)
    purse(1.0, december).reserve(0.5)
    mine.settle(1.0, 0.25)
    assert (spent(), spent(december)) == (0.25, 0.5)


def test_of_no_money_nothing_is_spent(app: Flask) -> None:
    with pytest.raises(Spent):
        purse(0.0).reserve(0.005)
    purse(0.0).reserve(0.0)


def test_many_workers_at_once_never_spend_more_than_there_is(app: Flask) -> None:
    """Eight of them, each with a purse of its own as processes have, want seven times as much."""

    def spend(worker: int) -> int:
        got, mine = 0, purse(1.0)
        with app.app_context():
            for _ in range(30):
                try:
                    mine.reserve(0.03)
                except Spent:
                    continue
                mine.settle(0.03, 0.02 if got % 2 else 0.03)
                got += 1
        return got

    with ThreadPoolExecutor(8) as pool:
        got = sum(pool.map(spend, range(8)))
    assert 0.97 < spent() <= 1.0
    assert 33 <= got <= 50


@pytest.mark.parametrize("words", ["much", "-1", "nan", "inf", "1e12"])
def test_a_budget_that_is_no_amount_is_named(words: str) -> None:
    with pytest.raises(Misconfigured, match="ADVOCACY_X__MONTHLY_BUDGET_USD must be an amount of US dollars like 20"):
        budget_of(Platform.X, {"monthly_budget_usd": words})


def test_a_budget_is_the_operators_or_a_small_one_and_only_where_money_is_asked() -> None:
    assert budget_of(Platform.X, {"monthly_budget_usd": "150.5"}) == 150.5
    assert budget_of(Platform.X, {}) == 20.0
    assert budget_of(Platform.X, {"monthly_budget_usd": "0"}) == 0.0
    assert budget_of(Platform.FEED, {}) is None
