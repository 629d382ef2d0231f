"""Something of every kind that people plan: a talk, its proposal, a class, a request, a survey, a draft."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.survey import Addressed
from advocacy.domain.training import ClassState, Origin
from advocacy.domain.writing import DraftState
from advocacy.models import db, drafts, saved_searches, speaking_requests, surveys
from advocacy.models.drafts import Draft
from advocacy.models.people import Person, Team
from advocacy.models.speaking_requests import SpeakingRequest
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.talks import events, library, proposals, speakers
from advocacy.models.talks.proposals import Proposal
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
    held: int
    request: int
    campaign: int
    draft: int
    required: int
    search: int
    speaking: int


def plans_of(person: Person, now: datetime) -> Plans:
    """Make them and commit: the proposal is an idea, the class was held, the survey asks the person alone."""
    day = now.date()
    talk = library.add(person.id, "Chaos on etcd", "What breaks first.", now)
    event = events.named("KubeCon Oslo", person.id, None, now)
    one = Proposal(owner_id=person.id, talk_id=talk.id, event_id=event.id, title=talk.title, created_at=now)
    proposals.add(one, Step(ProposalState.IDEA, day), day, now)
    speakers.name(one.id, "Zoë from elsewhere", now)
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
    asked = _asked(person, one.id, now)
    search = saved_searches.keep(person.id, "Chaos", "q=chaos", now)
    db.session.commit()
    planned = held.id, wish.id, campaign.id, draft.id, need.id
    return Plans(talk.id, one.id, speakers.of(one.id)[0].id, *planned, speaking=asked, search=search.id)


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
