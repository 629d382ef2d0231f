"""What Lena's team shows her: works released, requests and votes, classes with seats, a drill for support, a draft."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from advocacy import attending
from advocacy.domain.activity import Kind
from advocacy.domain.class_times import moment
from advocacy.domain.period import day_of
from advocacy.domain.training import ClassState, Origin, Presence
from advocacy.domain.writing import DraftState
from advocacy.milestones import trainings as told
from advocacy.models import drafts, roster
from advocacy.models.base import db
from advocacy.models.drafts import Draft
from advocacy.models.inbox import acts, waiting
from advocacy.models.people import Person, Team
from advocacy.models.release import rules as releases
from advocacy.models.release.caught import Wanted
from advocacy.models.trainings import classes, invited, requests, required, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.trainings.required import RequiredTraining
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules

HALF_YEAR = timedelta(days=182)
DRILL = "Mayastor upgrade drill"


def live(people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Let a team have shared and planned; commit."""
    lena, today = people["lena"], day_of(now, people["lena"].zone)
    for first in ("joon", "siobhan"):
        _share(people[first], today, now)
        roster.join_team(people[first].id, "Support", today - HALF_YEAR)
    _need(people, today, now, rules)
    _plan(people, today, now, rules)
    _require(lena, today, now)
    one = Draft(author_id=people["joon"].id, reviewer_id=lena.id, title="Flame graphs for people in a hurry")
    one.url, one.state, one.created_at, one.touched_at = "https://docs.example/flame", DraftState.REVIEW, now, now
    drafts.add(one)
    db.session.commit()


def _share(person: Person, today: date, now: datetime) -> None:
    """Somebody who confirms what is suggested, and releases what they say in public to their lead."""
    found = waiting.pieces(person.id, today - HALF_YEAR, today, today)
    said = [(one.activity_id, key, Word.CONFIRMED) for one in found for key in one.suggested]
    if said:
        acts.say(person.id, acts.Deed.CONFIRMED, said, now)
    kinds = (Kind.ARTICLE, Kind.POST, Kind.REPLY, Kind.ANSWER, Kind.QUESTION, Kind.TRAINING_GIVEN)
    releases.make(person.id, Wanted(kinds=kinds), Visibility.LEAD, now, backwards=True)


def _need(people: dict[str, Person], today: date, now: datetime, rules: Rules) -> None:
    """What is asked for: one with three votes, and one that nobody touched for long."""
    for first, what, origin, days_ago, votes in (
        ("siobhan", "Kubernetes upgrades without fear", Origin.SUPPORT, 12, ("joon", "asha")),
        ("layla", "Speaking in front of people", Origin.CURIOSITY, 75, ()),
    ):
        at = now - timedelta(days=days_ago)
        wish = TrainingRequest(what=what, origin=origin, by_id=people[first].id, created_at=at, touched_at=at)
        wish.day = today - timedelta(days=days_ago)
        requests.add(wish)
        for voter in votes:
            requests.vote(wish.id, people[voter].id, now)
        told.tell_request(wish, now, rules)


def _plan(people: dict[str, Person], today: date, now: datetime, rules: Rules) -> None:
    """A class of next week with two seats and three who want one; Asha is asked to teach it."""
    lena = people["lena"]
    one = Class(by_id=lena.id, title=DRILL, state=ClassState.PLANNED, minutes=60, capacity=2, created_at=now)
    one.day, one.zone, one.place = today + timedelta(days=6), lena.zone, "https://meet.example/drill"
    one.begins_at = moment(one.day, time(10, 30), lena.zone)
    one.about, one.objectives = "Two clusters, one upgrade that fails.", "Roll back a volume without losing a write."
    one.with_support, one.topics = True, ["kubernetes"]
    one.training_id = classes.training(DRILL, lena.id, now).id
    classes.add(one)
    trainers.put(one.id, people["asha"].id, now)
    guests = [people[first].id for first in ("joon", "siobhan", "layla", "nia")]
    invited.invite(one, guests, by=lena.id, now=now)
    for person_id in guests[:3]:
        attending.say(one, person_id, Presence.GOING, now, rules)
    told.tell_class(one, now, rules)


def _require(lena: Person, today: date, now: datetime) -> None:
    """Everybody in support needs the drill before the release."""
    team_id = db.session.scalars(sa.select(Team.id).where(Team.name == "Support")).one()
    need = RequiredTraining(team_id=team_id, due=today + timedelta(days=20), months=12, why="Release 2.0")
    need.training_id, need.by_id, need.created_at = classes.training(DRILL, lena.id, now).id, lena.id, now
    required.add(need)
