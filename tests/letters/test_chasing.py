"""Reminders of surveys: to who has not answered, before the last day and when asked, never twice in a week."""

from datetime import timedelta
from pathlib import Path

import pytest

from advocacy.domain.survey import Addressed
from advocacy.letters import chasing, sending
from advocacy.models import db, letter_stops, outbox, surveys
from advocacy.models.surveys import SurveyCampaign
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.letters.test_sending import arrived, plain

DAY = timedelta(days=1)


@pytest.fixture
def campaign(cast: Cast, folder: Path) -> SurveyCampaign:
    """One that asks Asha and Sven until in ten days."""
    today = NOW.date()
    one = SurveyCampaign(title="Storage", opens=today, deadline=today + 10 * DAY, by_id=cast.mark.id, created_at=NOW)
    one.addressed, one.url, one.minutes = Addressed.PEOPLE, "https://survey.example/1", 8
    surveys.add(one, [cast.asha.id, cast.sven.id])
    db.session.commit()
    return one


def to(folder: Path) -> list[str]:
    return sorted(one["To"].addresses[0].addr_spec for one in arrived(folder))


def test_three_days_before_the_end_who_has_not_answered_is_reminded_once(
    campaign: SurveyCampaign, cast: Cast, folder: Path, rules: Rules
) -> None:
    surveys.mark(campaign.id, cast.sven.id, NOW.date(), "", NOW)
    db.session.commit()
    for days in (0, 6, 7, 8, 10, 11):
        sending.go_round(NOW + days * DAY, rules)
    assert to(folder) == ["asha@tern.example"]
    assert "A survey waits for your answer until 3 Dec 2026." in plain(arrived(folder)[0])


def test_who_opened_it_may_ask_again_but_nobody_hears_it_twice_in_a_week(
    campaign: SurveyCampaign, folder: Path, rules: Rules
) -> None:
    told = []
    for days in (0, 1, 6):
        told.append(chasing.chase(campaign, NOW + days * DAY))
        db.session.commit()
    assert told == [2, 0, 0]
    told.append(chasing.chase(campaign, NOW + 8 * DAY))
    db.session.commit()
    assert told[-1] == 2


def test_who_stopped_such_letters_gets_none(campaign: SurveyCampaign, cast: Cast) -> None:
    letter_stops.stop(cast.asha.id, outbox.SURVEY, NOW)
    assert chasing.chase(campaign, NOW) == 1
    db.session.rollback()
