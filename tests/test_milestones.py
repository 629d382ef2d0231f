"""What planning records put on the timeline, and as what it counts."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from advocacy import recording
from advocacy.domain.feedback import Figures
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.survey import Addressed
from advocacy.domain.training import ClassState, Origin, Presence
from advocacy.milestones import surveys as done
from advocacy.milestones import talks, trainings
from advocacy.models import db, offers, surveys
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.evidence import Evidence
from advocacy.models.people import Person
from advocacy.models.talks import audience_numbers, events, proposals, speakers
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.talks.proposals import Proposal
from advocacy.models.trainings import attendance, class_feedback, classes, requests, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.words import Part
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW

DAY = date(2026, 11, 20)


def stands(person: Person) -> dict[str, str]:
    """What is on somebody's timeline: the kind by ref."""
    mine = ActivityPerson
    query = sa.select(ActivityRow.ref, ActivityRow.kind).join(mine, mine.activity_id == ActivityRow.id)
    return {ref: kind.value for ref, kind in db.session.execute(query.where(mine.person_id == person.id))}


def counts(person: Person, strength: str = "strong") -> set[tuple[str | None, str]]:
    query = sa.select(Evidence.rule, Evidence.facet).where(Evidence.person_id == person.id)
    return {(row.rule, row.facet) for row in db.session.execute(query.where(Evidence.strength == strength))}


def propose(person: Person, state: ProposalState, day: date = DAY) -> Proposal:
    event = events.named("KubeCon Oslo", person.id, None, NOW)
    one = Proposal(owner_id=person.id, event_id=event.id, title="Chaos on etcd for an SRE", created_at=NOW)
    return proposals.add(one, Step(state, day), DAY, NOW)


def hold(person: Person, *, state: ClassState = ClassState.HELD, **more: object) -> Class:
    told = {"title": "How etcd keeps its word", "day": DAY, "created_at": NOW, **more}
    one = classes.add(Class(by_id=person.id, state=state, **told))
    trainers.put(one.id, person.id, NOW, own=True)
    return one


def test_a_proposal_counts_when_it_is_sent_and_stays_one_when_it_is_declined(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.DRAFTED)
    talks.tell(one, NOW, rules)
    assert stands(cast.asha) == {}
    for state in (ProposalState.SUBMITTED, ProposalState.DECLINED):
        proposals.go_on(one, Step(state, DAY), "", DAY, by=cast.asha.id, now=NOW)
        talks.tell(one, NOW, rules)
        assert stands(cast.asha) == {f"proposal:{one.id}": "proposal"}
        assert ("talks", "proposal") in counts(cast.asha)


def test_what_became_of_it_is_told_and_what_is_given_is_evidence_of_its_own(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.SUBMITTED)
    for state in (ProposalState.ACCEPTED, ProposalState.DELIVERED):
        proposals.go_on(one, Step(state, DAY), "", DAY, by=cast.asha.id, now=NOW)
        talks.tell(one, NOW, rules)
    sent = db.session.scalars(sa.select(ActivityRow.text).where(ActivityRow.ref == f"proposal:{one.id}")).one()
    assert "Accepted on 2026-11-20." in sent
    assert stands(cast.asha) == {f"proposal:{one.id}": "proposal", f"talk:{one.id}": "talk"}
    assert {("talks", "proposal"), ("talks", "given")} <= counts(cast.asha)


def test_a_step_taken_back_takes_its_milestone_along(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.ACCEPTED)
    proposals.go_on(one, Step(ProposalState.DELIVERED, DAY), "", DAY, by=cast.asha.id, now=NOW)
    talks.tell(one, NOW, rules)
    assert (stands(cast.asha), ("talks", "given") in counts(cast.asha)) == ({f"talk:{one.id}": "talk"}, True)
    proposals.take_back(one, NOW)
    talks.tell(one, NOW, rules)
    assert stands(cast.asha) == {}


def test_a_talk_given_tells_its_numbers_and_its_recording(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.DELIVERED)
    one.recording = "https://video.example/etcd"
    audience_numbers.state(one.id, Counted.ROOM, Teller.ORGANISER, 120, DAY)
    talks.tell(one, NOW, rules)
    row = db.session.scalars(sa.select(ActivityRow)).one()
    assert (row.url, "Audience: 120 in the room, says the organiser." in row.text) == (one.recording, True)


def test_a_co_speaker_confirms_once_and_the_talk_is_theirs_too(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.SUBMITTED)
    speakers.put(one.id, cast.lena.id, NOW)
    talks.tell(one, NOW, rules)
    assert (stands(cast.lena), [row.words for row in offers.waiting(cast.lena.id)]) == (
        {},
        ["You speak, too: Chaos on etcd for an SRE"],
    )
    (waits,) = offers.waiting(cast.lena.id)
    offers.answer(waits.id, cast.lena.id, taken=True, now=NOW)
    recording.join(waits.activity_id, cast.lena.id, Part.CO_SPEAKER, rules)
    for state in (ProposalState.ACCEPTED, ProposalState.DELIVERED):
        proposals.go_on(one, Step(state, DAY), "", DAY, by=cast.asha.id, now=NOW)
        talks.tell(one, NOW, rules)
    assert stands(cast.lena) == {f"proposal:{one.id}": "proposal", f"talk:{one.id}": "talk"}
    assert [row.confirmed for row in speakers.of(one.id)] == [True]
    talks.unname(one, speakers.drop(one.id, speakers.of(one.id)[0].id))
    assert (stands(cast.lena), len(stands(cast.asha))) == ({}, 2)


def test_who_left_is_not_asked_again(cast: Cast, rules: Rules) -> None:
    one = propose(cast.asha, ProposalState.SUBMITTED)
    speakers.put(one.id, cast.lena.id, NOW)
    talks.tell(one, NOW, rules)
    offers.answer(offers.waiting(cast.lena.id)[0].id, cast.lena.id, taken=False, now=NOW)
    proposals.go_on(one, Step(ProposalState.ACCEPTED, DAY), "", DAY, by=cast.asha.id, now=NOW)
    talks.tell(one, NOW, rules)
    assert (list(offers.waiting(cast.lena.id)), stands(cast.lena)) == ([], {})


def test_a_class_held_is_taught_and_its_co_trainer_is_asked(cast: Cast, rules: Rules) -> None:
    one = hold(cast.asha)
    trainers.put(one.id, cast.lena.id, NOW)
    trainings.tell_class(one, NOW, rules)
    assert stands(cast.asha) == {f"class:{one.id}": "training_given"}
    assert ("learn-train", "taught/etcd") in counts(cast.asha)
    assert [row.words for row in offers.waiting(cast.lena.id)] == ["You gave it, too: How etcd keeps its word"]


def test_a_class_for_the_support_team_counts_there(cast: Cast, rules: Rules) -> None:
    trainings.tell_class(hold(cast.asha, with_support=True), NOW, rules)
    assert {rule for rule, _ in counts(cast.asha)} == {"support-training"}


@pytest.mark.parametrize(("external", "guide"), [(False, True), (True, False)])
def test_attending_is_learning_and_a_colleagues_session_is_listening(
    cast: Cast, rules: Rules, external: bool, guide: bool
) -> None:
    one = hold(cast.lena, external=external)
    attendance.say(one.id, cast.asha.id, Presence.ATTENDED, by=cast.lena.id, now=NOW)
    trainings.tell_attendance(one, cast.asha.id, NOW, rules)
    assert (stands(cast.asha), [row.id for row in attendance.to_confirm(cast.asha.id)]) == ({}, [one.id])
    attendance.say(one.id, cast.asha.id, Presence.ATTENDED, by=cast.asha.id, now=NOW)
    trainings.tell_attendance(one, cast.asha.id, NOW, rules)
    assert stands(cast.asha) == {f"attended:{one.id}:{cast.asha.id}": "training_attended"}
    assert ("learn-train", "learned/etcd") in counts(cast.asha)
    assert (("guide", "attended") in counts(cast.asha), list(attendance.to_confirm(cast.asha.id))) == (guide, [])


def test_a_plan_is_one_and_no_class_until_it_is_held(cast: Cast, rules: Rules) -> None:
    one = hold(cast.asha, state=ClassState.PLANNED, day=DAY + timedelta(days=30))
    trainings.tell_class(one, NOW, rules)
    assert stands(cast.asha) == {f"planned:{one.id}": "note"}
    assert counts(cast.asha, "strong") == {("identify", "planned")}
    one.state = ClassState.CANCELLED
    trainings.tell_class(one, NOW, rules)
    assert stands(cast.asha) == {}


def test_a_request_is_a_need_raised(cast: Cast, rules: Rules) -> None:
    one = TrainingRequest(what="etcd compaction", origin=Origin.RCA, day=DAY, by_id=cast.asha.id)
    one.created_at = one.touched_at = NOW
    trainings.tell_request(requests.add(one), NOW, rules)
    assert stands(cast.asha) == {f"request:{one.id}": "need"}
    assert ("identify", "need") in counts(cast.asha)


def test_feedback_in_figures_counts_until_it_is_taken_away(cast: Cast, rules: Rules) -> None:
    one = hold(cast.asha)
    class_feedback.state(one.id, Figures(asked=12, answered=8, score=4.4), DAY, by=cast.asha.id, now=NOW)
    trainings.tell_feedback(one, NOW, rules)
    assert ("feedback", "") in counts(cast.asha)
    class_feedback.drop(one.id)
    trainings.tell_feedback(one, NOW, rules)
    assert stands(cast.asha) == {}


def test_a_survey_marked_done_is_on_the_timeline_until_it_is_unmarked(cast: Cast, rules: Rules) -> None:
    one = surveys.SurveyCampaign(title="State of storage", opens=DAY, deadline=DAY + timedelta(days=9), created_at=NOW)
    one.addressed = Addressed.EVERYBODY
    surveys.add(one)
    done.mark(one.id, cast.asha, DAY, "", NOW, rules)
    assert stands(cast.asha) == {f"survey:{one.id}:{cast.asha.id}": "survey"}
    assert (("surveys", "") in counts(cast.asha), surveys.due(cast.asha.id, NOW)) == (True, [])
    done.unmark(one.id, cast.asha)
    assert (stands(cast.asha), [call.id for call in surveys.due(cast.asha.id, NOW)]) == ({}, [one.id])
