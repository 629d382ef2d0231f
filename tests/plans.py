"""Something of every kind that people plan: a talk, its proposal, a class, a request, a survey, a draft."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.approval import ApprovalKind
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.survey import Addressed
from advocacy.domain.training import ClassState, Origin
from advocacy.domain.writing import DraftState
from advocacy.models import db, drafts, saved_searches, speaking_requests, surveys
from advocacy.models.drafts import Draft
from advocacy.models.people import Person, Team
from advocacy.models.speaking_requests import SpeakingRequest
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.talks import approvals, events, library, proposals, speakers
from advocacy.models.talks.event_imports import EventImport
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.variants import TalkVariant
from advocacy.models.trainings import classes, requests, required, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.trainings.required import RequiredTraining
from advocacy.models.words import Capability


@dataclass(frozen=True)
class Plans:
    """What one person planned, by number."""

    talk: int
    proposal: int
    speaker: int
    variant: int
    approval: int
    held: int
    request: int
    campaign: int
    draft: int
    required: int
    search: int
    speaking: int
    event: int
    event_import: int


def plans_of(person: Person, now: datetime) -> Plans:
    """Make them and commit: the proposal is an idea, the class was held, the survey asks the person alone."""
    day = now.date()
    talk = library.add(person.id, "Chaos on etcd", "What breaks first.", now)
    event = events.named("KubeCon Oslo", person.id, None, now)
    one = Proposal(owner_id=person.id, talk_id=talk.id, event_id=event.id, title=talk.title, created_at=now)
    proposals.add(one, Step(ProposalState.IDEA, day), day, now)
    speakers.name(one.id, "Zoë from elsewhere", now)
    variant = TalkVariant(talk_id=talk.id, title="Chaos in five minutes", language="Deutsch", created_at=now)
    db.session.add(variant)
    approval = approvals.ask(one, ApprovalKind.PEER, person.id, "", by=person.id, now=now)
    held = classes.add(Class(by_id=person.id, title="etcd", state=ClassState.HELD, day=day, created_at=now))
    trainers.put(held.id, person.id, now, own=True)
    wish = TrainingRequest(what="Rook", origin=Origin.ROADMAP, day=day, by_id=person.id, created_at=now)
    wish.touched_at = now
    requests.add(wish)
    campaign = SurveyCampaign(title="Storage", opens=day, deadline=day, by_id=person.id, created_at=now)
    campaign.addressed = Addressed.PEOPLE
    surveys.add(campaign, [person.id])
    draft = Draft(author_id=person.id, title="Chaos on etcd, written down", state=DraftState.DRAFT)
    draft.created_at = draft.touched_at = now
    drafts.add(draft)
    team_id = db.session.scalars(sa.select(Team.id).order_by(Team.id)).first() or _team()
    need = RequiredTraining(team_id=team_id, due=day, by_id=person.id, created_at=now)
    need.training_id = classes.training("Support drill", person.id, now).id
    required.add(need)
    read_in = EventImport(by_id=person.id, name="events.csv", at=now, counts={}, did={"made": [], "changed": {}})
    read_in.counts = {"new": 0, "changed": 0, "same": 0, "refused": 0}
    db.session.add(read_in)
    asked = _asked(person, one.id, now)
    search = saved_searches.keep(person.id, "Chaos", "q=chaos", now)
    db.session.commit()
    made = talk.id, one.id, speakers.of(one.id)[0].id, variant.id, approval.id
    planned = *made, held.id, wish.id, campaign.id, draft.id, need.id
    return Plans(*planned, search=search.id, speaking=asked, event=event.id, event_import=read_in.id)


def _asked(person: Person, number: int, now: datetime) -> int:
    """Somebody who asks themselves, as no page lets them: the request is to them and by them."""
    event = events.of_company(f"Meet-up {number}", None, now)
    asked = SpeakingRequest(person_id=person.id, by_id=person.id, asked_as=Capability.MARKETING, event_id=event.id)
    asked.topic, asked.day, asked.created_at = "kubernetes", now.date(), now
    return speaking_requests.add(asked).id


def _team() -> int:
    team = Team(name="Support")
    db.session.add(team)
    db.session.flush()
    return team.id
