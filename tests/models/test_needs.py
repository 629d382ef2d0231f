"""What wants a person is gathered from every room, and a day that comes is among the next things."""

from datetime import timedelta

import pytest
from flask import Flask

from advocacy.domain.happening import Certainty
from advocacy.domain.next_things import Opening, Way
from advocacy.domain.period import parse
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.speaking import SpeakingState
from advocacy.domain.survey import Addressed
from advocacy.models import db, happenings, needs, openings, speaking_requests, surveys
from advocacy.models.needs import Needs
from advocacy.models.people import Person
from advocacy.models.speaking_requests import SpeakingRequest
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.talks import events, proposals
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability
from tests.cast import Cast
from tests.conftest import NOW
from tests.plans import plans_of

Q4 = parse("2026-Q4")
TODAY = NOW.date()
SURVEY = Opening(Way.SURVEY, "Storage", TODAY, "surveys")
CALL = Opening(Way.PROPOSE, "KubeCon Oslo: Chaos on etcd", TODAY + timedelta(days=5), "talks")


@pytest.fixture
def planned(app: Flask, cast: Cast) -> Person:
    """Asha with a survey that is due today and a draft whose call closes in five days."""
    plans_of(cast.asha, NOW)
    event = events.named("KubeCon Oslo", cast.asha.id, None, NOW)
    event.cfp_closes = TODAY + timedelta(days=5)
    db.session.commit()
    return cast.asha


def test_a_survey_and_a_draft_want_their_person_and_nobody_else(planned: Person, cast: Cast) -> None:
    assert needs.of(planned, Q4, NOW).openings == [SURVEY, CALL]
    assert not needs.of(cast.sven, Q4, NOW)


def test_what_nothing_is_in_is_nothing(app: Flask, cast: Cast) -> None:
    assert needs.of(cast.asha, Q4, NOW) == Needs(
        waiting=0,
        edited=[],
        offered=0,
        asked=0,
        news=[],
        surveys=[],
        proposals=[],
        calls=[],
        attended=[],
        invited=[],
        teaching=[],
        speaking=[],
        agreed=[],
        approvals=0,
        drafts=0,
        required=0,
    )


def test_only_the_rooms_of_these_rules_are_asked(planned: Person) -> None:
    asked = [openings.of(planned, NOW, rules) for rules in ({"surveys"}, {"talks"}, {"writing"})]
    assert asked == [[SURVEY], [CALL], []]


def test_a_survey_that_is_done_and_a_call_that_is_over_want_nobody(planned: Person) -> None:
    campaign = surveys.due(planned.id, NOW)[0]
    surveys.mark(campaign.id, planned.id, TODAY, "", NOW)
    assert needs.of(planned, Q4, NOW + timedelta(days=6)).openings == []


def test_a_survey_for_somebody_else_is_not_asked_of_the_person(app: Flask, cast: Cast) -> None:
    one = SurveyCampaign(title="Hers", opens=TODAY, deadline=TODAY, addressed=Addressed.PEOPLE, created_at=NOW)
    surveys.add(one, [cast.lena.id])
    assert openings.of(cast.asha, NOW, {"surveys"}) == []


def test_a_talk_that_is_over_waits_for_a_word_and_not_for_a_day(app: Flask, cast: Cast) -> None:
    event = events.named("FOSDEM", cast.asha.id, None, NOW)
    event.starts = TODAY - timedelta(days=3)
    one = Proposal(owner_id=cast.asha.id, event_id=event.id, title="Rook", created_at=NOW)
    proposals.add(one, Step(ProposalState.ACCEPTED, TODAY - timedelta(days=30)), TODAY, NOW)
    found = needs.of(cast.asha, Q4, NOW)
    assert ([row.title for row in found.proposals], found.openings) == (["Rook"], [])


@pytest.fixture
def agreed(cast: Cast) -> Person:
    """Asha, who said yes to an event whose call closes in five days."""
    event = events.of_company("KubeCon Oslo", None, NOW)
    event.starts, event.cfp_closes = TODAY + timedelta(days=30), TODAY + timedelta(days=5)
    asked = SpeakingRequest(person_id=cast.asha.id, by_id=cast.mark.id, asked_as=Capability.MARKETING)
    asked.event_id, asked.topic, asked.day, asked.created_at = event.id, "kubernetes", TODAY, NOW
    speaking_requests.add(asked)
    speaking_requests.become(asked, SpeakingState.ACCEPTED, by=cast.asha.id, today=TODAY, now=NOW)
    db.session.commit()
    return cast.asha


def test_who_said_yes_is_not_reminded_but_finds_the_call_among_the_next_things(agreed: Person) -> None:
    wants = needs.of(agreed, Q4, NOW)
    said = Opening(Way.PROPOSE, "KubeCon Oslo, which you said yes to", TODAY + timedelta(days=5), "talks")
    assert (bool(wants), wants.speaking, wants.openings) == (False, [], [said])


def test_what_one_said_yes_to_stands_in_the_calendar_until_a_proposal_does(agreed: Person) -> None:
    found = happenings.of(agreed.id, NOW)
    assert sorted((one.title, one.certainty) for one in found) == [
        ("Call for proposals closes: KubeCon Oslo", Certainty.CONFIRMED),
        ("You said yes: KubeCon Oslo", Certainty.TENTATIVE),
    ]
