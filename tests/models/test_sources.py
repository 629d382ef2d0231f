"""The cards of the Sources page: what a day's strip, the state and the one fix tell."""

from datetime import timedelta

import pytest
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import connect, db, sources
from advocacy.models.accounts import Account
from advocacy.models.people import Person
from advocacy.models.runs import Pull, Run
from advocacy.models.sources import Fix
from advocacy.models.strips import DayState
from tests.cast import Cast
from tests.conftest import NOW


def account(person: Person, by: Person) -> Account:
    return connect.add(person.id, Platform.FEED, "https://asha.example/feed", by=by.id, now=NOW)


def pulled(one: Account, *outcomes: tuple[int, Outcome]) -> None:
    run = Run(started_at=NOW)
    db.session.add(run)
    db.session.flush()
    for days, outcome in outcomes:
        pull = Pull(run_id=run.id, subscription_id=one.subscription_id or 0, platform=one.platform, outcome=outcome)
        pull.started_at = NOW - timedelta(days=days)
        db.session.add(pull)
    db.session.flush()


def test_a_day_read_well_once_is_good_and_waiting_is_no_failure(app: Flask, cast: Cast) -> None:
    one = account(cast.asha, cast.asha)
    pulled(one, (0, Outcome.FAILED), (0, Outcome.OK), (1, Outcome.FAILED), (2, Outcome.LATER), (29, Outcome.UNCHANGED))
    (card,) = sources.cards(cast.asha, NOW)
    told = [state for _, state in card.days]
    assert told == [DayState.OK, *[DayState.NONE] * 27, DayState.FAILED, DayState.OK]


@pytest.mark.parametrize(
    ("state", "fix"),
    [
        (Health.HEALTHY, Fix.NOTHING),
        (Health.FAILING, Fix.TRY),
        (Health.DORMANT, Fix.TRY),
        (Health.GONE, Fix.READDRESS),
        (Health.REFUSED, Fix.READDRESS),
    ],
)
def test_every_trouble_has_its_one_fix(app: Flask, cast: Cast, state: Health, fix: Fix) -> None:
    one = account(cast.asha, cast.asha)
    assert one.subscription
    one.subscription.state = state
    (card,) = sources.cards(cast.asha, NOW)
    assert (card.fix, card.broken) == (fix, fix is not Fix.NOTHING)


def test_what_somebody_else_connected_wants_an_answer_and_counts_as_nothing(app: Flask, cast: Cast) -> None:
    account(cast.asha, cast.adam)
    (card,) = sources.cards(cast.asha, NOW)
    assert (card.fix, card.added_by) == (Fix.ANSWER, "Adam Admin")
    assert sources.troubles(cast.asha.id) == sources.Troubles(all=1, unanswered=1, broken=0, as_of=None)


def test_cards_are_ones_own(app: Flask, cast: Cast) -> None:
    account(cast.asha, cast.asha)
    assert sources.cards(cast.sven, NOW) == []
