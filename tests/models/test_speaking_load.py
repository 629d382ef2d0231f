"""How much somebody carries: requests, and talks as far as whoever looks may see them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.speaking import Load, SpeakingState
from advocacy.models import db, facts, offers, speaking_requests
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience
from advocacy.models.fact import Owner
from advocacy.models.findable import fold
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.speaking_load import last_given, load
from advocacy.models.speaking_requests import NotNow, SpeakingRequest
from advocacy.models.talks import events, proposals, speakers
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability, Part, Visibility
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from tests import everything
from tests.cast import Cast
from tests.conftest import NOW
from tests.views.test_privacy import confirm
from tests.views.test_query_counts import counted

TODAY = NOW.date()


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def asked(
    cast: Cast, event: str, starts: date | None, *, ago: int = 0, person: Person | None = None
) -> SpeakingRequest:
    at = events.of_company(event, starts, NOW)
    at.starts = at.starts or starts
    one = SpeakingRequest(person_id=(person or cast.asha).id, by_id=cast.mark.id, event_id=at.id, topic="kubernetes")
    one.asked_as, one.day, one.created_at = Capability.MARKETING, days(-ago), NOW
    return speaking_requests.add(one)


def become(one: SpeakingRequest, state: SpeakingState, by: int) -> None:
    speaking_requests.become(one, state, by=by, today=TODAY, now=NOW)


def proposed(person: Person, event: str, starts: date, state: ProposalState, seen: Visibility) -> Proposal:
    at = events.named(event, person.id, starts, NOW)
    at.starts = starts
    one = Proposal(owner_id=person.id, event_id=at.id, title="Chaos", visibility=seen, created_at=NOW)
    return proposals.add(one, Step(state, min(starts, TODAY)), TODAY, NOW)


def test_requests_are_counted_by_what_became_of_them(cast: Cast) -> None:
    asha = cast.asha.id
    asked(cast, "KubeCon", days(30), ago=3)
    become(asked(cast, "FOSDEM", days(70), ago=20), SpeakingState.ACCEPTED, asha)
    become(asked(cast, "SREcon", days(10), ago=2), SpeakingState.DECLINED, asha)
    become(asked(cast, "QCon", days(10), ago=1), SpeakingState.WITHDRAWN, cast.mark.id)
    asked(cast, "A meet-up that is over", days(-1), ago=40)
    db.session.commit()
    assert load([asha, cast.lena.id], TODAY) == {
        asha: Load(open=1, accepted=1, last_asked=days(-2)),
        cast.lena.id: Load(),
    }


def test_talks_ahead_are_those_that_may_be_followed_and_begin_within_sixty_days(cast: Cast) -> None:
    proposed(cast.asha, "KubeCon", days(30), ProposalState.ACCEPTED, Visibility.MARKETING)
    proposed(cast.asha, "FOSDEM", days(61), ProposalState.ACCEPTED, Visibility.MARKETING)
    proposed(cast.asha, "SREcon", days(30), ProposalState.SUBMITTED, Visibility.MARKETING)
    proposed(cast.asha, "QCon", days(30), ProposalState.ACCEPTED, Visibility.PRIVATE)
    proposed(cast.asha, "Devoxx", days(60), ProposalState.ACCEPTED, Visibility.LEAD)
    db.session.commit()
    seen = {one: load([cast.asha.id], TODAY, one)[cast.asha.id].ahead for one in (Audience.MARKETING, Audience.LEAD)}
    assert seen == {Audience.MARKETING: 1, Audience.LEAD: 2}


def test_a_co_speaker_has_the_talk_ahead_once_they_took_it(cast: Cast) -> None:
    one = proposed(cast.asha, "KubeCon", days(30), ProposalState.ACCEPTED, Visibility.PUBLIC)
    speakers.put(one.id, cast.lena.id, NOW)
    at = ActivityRow(**_row())
    db.session.add(at)
    db.session.flush()
    offer = offers.offer(at.id, cast.lena.id, Part.CO_SPEAKER, "", by=cast.asha.id, now=NOW)
    speakers.asked(speakers.of(one.id)[0].id, offer)
    before = load([cast.lena.id], TODAY)[cast.lena.id].ahead
    offers.answer(offer.id, cast.lena.id, taken=True, now=NOW)
    db.session.commit()
    assert (before, load([cast.lena.id], TODAY)[cast.lena.id].ahead) == (0, 1)


def _row() -> dict[str, Any]:
    return {**everything.row_of(ActivityRow.__table__), "ref": "proposal:1", "ref_hash": b"proposal:1"}


def test_a_request_whose_proposal_was_accepted_is_one_thing_ahead_not_two(cast: Cast) -> None:
    one = asked(cast, "KubeCon", days(30))
    become(one, SpeakingState.ACCEPTED, cast.asha.id)
    talk = proposed(cast.asha, "KubeCon", days(30), ProposalState.DRAFTED, Visibility.PRIVATE)
    speaking_requests.propose(one, talk)
    told = [load([cast.asha.id], TODAY)[cast.asha.id]]
    for state in (ProposalState.SUBMITTED, ProposalState.ACCEPTED):
        proposals.go_on(talk, Step(state, TODAY), "", TODAY, by=cast.asha.id, now=NOW)
        told.append(load([cast.asha.id], TODAY)[cast.asha.id])
    assert [(one.accepted, one.ahead) for one in told] == [(1, 0), (1, 0), (0, 1)]
    talk.visibility = Visibility.PRIVATE  # what became of it is not told by a count
    db.session.flush()
    hidden = load([cast.asha.id], TODAY)[cast.asha.id]
    assert (hidden.accepted, hidden.ahead) == (1, 0)


@pytest.fixture
def talk(app: Flask, rules: Rules) -> Callable[[Person, str, int], int]:
    def give(person: Person, ref: str, ago: int) -> int:
        at, text = NOW - timedelta(days=ago), "For an SRE on Kubernetes with OpenEBS.\n```\nkubectl\n```\n"
        one = Activity(ref=ref, kind=Kind.TALK, platform=Platform.MANUAL, at=at, title=f"Chaos {ref}", text=text)
        facts.keep(prepare([one], [Reader(Owner(None, person.id, person.zone), "")], rules).kept, NOW)
        db.session.commit()
        return db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref == ref)).one()

    return give


def test_talks_given_are_those_released_and_those_that_may_be_followed_each_once(
    cast: Cast, talk: Callable[[Person, str, int], int]
) -> None:
    asha = cast.asha
    given = proposed(asha, "KubeCon", days(-5), ProposalState.DELIVERED, Visibility.MARKETING)
    proposed(asha, "FOSDEM", days(-5), ProposalState.DELIVERED, Visibility.PRIVATE)
    numbers = [talk(asha, f"talk:{given.id}", 5), talk(asha, "talk:meetup", 50), talk(asha, "talk:old", 91)]
    for number in numbers:
        confirm(asha, number, "talks")
        items.say(asha.id, number, Visibility.MARKETING, NOW)
    talk(asha, "talk:not-released", 2)
    fold.renew()
    db.session.commit()
    assert (load([asha.id], TODAY)[asha.id].given, last_given(asha.id, TODAY)) == (2, days(-5))


def test_everybody_is_asked_for_in_two_statements(cast: Cast) -> None:
    for number in range(5):
        asked(cast, f"Meet-up {number}", days(3), person=cast.sven)
    db.session.commit()
    people = [cast.asha.id, cast.lena.id, cast.sven.id]
    with counted(db.engine) as said:
        found = load(people, TODAY)
    assert (len(said), [found[one].open for one in people]) == (2, [0, 0, 5])


def test_nobody_is_asked_twice_for_one_event_but_after_a_withdrawal(cast: Cast) -> None:
    first = asked(cast, "KubeCon", days(30))
    with pytest.raises(NotNow):
        asked(cast, "KubeCon", days(30))
    become(first, SpeakingState.WITHDRAWN, cast.mark.id)
    second = asked(cast, "KubeCon", days(30))
    with pytest.raises(NotNow):
        speaking_requests.take_back(first, by=cast.mark.id, now=NOW)
    become(second, SpeakingState.DECLINED, cast.asha.id)
    with pytest.raises(NotNow):
        asked(cast, "KubeCon", days(30))
    with pytest.raises(NotNow):
        become(second, SpeakingState.WITHDRAWN, cast.mark.id)
