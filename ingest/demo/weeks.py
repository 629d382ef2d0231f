"""What no machine sees of Asha's last weeks: classes, a survey, two voices, and what she lets others see."""

from datetime import date, datetime, timedelta
from typing import Any

from advocacy import logbook, profile_file
from advocacy.domain.activity import Kind
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.period import day_of
from advocacy.domain.survey import Addressed
from advocacy.domain.training import ClassState, Origin, Presence
from advocacy.logbook import Draft
from advocacy.milestones import trainings as told_trainings
from advocacy.models import board, exhibits, pins, surveys, voices
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.release import rules as releases
from advocacy.models.release.caught import Wanted
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.trainings import attendance, classes, requests, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.words import Claim, Visibility
from advocacy.rules import Rules

SPEAKER = """# Asha Kulkarni

- Company: Tern Data
- Topics: Kubernetes storage, Chaos engineering, etcd
- Residence: Bangalore, India, Asia
- Languages: English, मराठी, हिन्दी

## Bio

Asha keeps other people's data alive on Kubernetes, and breaks it first to see whether she can.
"""


def live(people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Let the last weeks of a year have happened; commit."""
    asha = people["asha"]
    today = day_of(now, asha.zone)
    _teach(asha, people["joon"], today, now, rules)
    _ask(people, today, now, rules)
    draft = Draft(
        kind=LogKind.DECISION,
        said={"verdict": "adopt", "topic": "Mayastor", "reason": "it halves the cost of a volume"},
        day=today - timedelta(days=12),
    )
    logbook.save(draft, asha, now, rules)
    _speak(asha, people["lena"], now, rules)
    releases.make(asha.id, Wanted(kinds=(Kind.ARTICLE,)), Visibility.MARKETING, now, backwards=True)
    profile_file.take_in(asha, SPEAKER, now)
    db.session.commit()


def _teach(asha: Person, joon: Person, today: date, now: datetime, rules: Rules) -> None:
    """A class of Asha's that Joon says he was at, and one of Joon's at which he says she was."""
    for giver, guest, title, days_ago in (
        (asha, joon, "eBPF for storage people", 16),
        (joon, asha, "Reading a flame graph", 8),
    ):
        one = Class(by_id=giver.id, title=title, state=ClassState.HELD, minutes=45, created_at=now)
        one.day, one.training_id = today - timedelta(days=days_ago), classes.training(title, giver.id, now).id
        classes.add(one)
        trainers.put(one.id, giver.id, now, own=True)
        attendance.say(one.id, guest.id, Presence.ATTENDED, by=joon.id, now=now)
        told_trainings.tell_class(one, now, rules)
        told_trainings.tell_attendance(one, guest.id, now, rules)


def _ask(people: dict[str, Person], today: date, now: datetime, rules: Rules) -> None:
    """What Asha needs the team to learn, with a vote, and a survey that is due in some days."""
    asha, joon = people["asha"], people["joon"]
    wish = TrainingRequest(what="Restoring from a snapshot, for the support team", origin=Origin.RCA, by_id=asha.id)
    wish.day, wish.created_at, wish.touched_at = today - timedelta(days=21), now, now
    requests.add(wish)
    requests.vote(wish.id, joon.id, now)
    told_trainings.tell_request(wish, now, rules)
    one = SurveyCampaign(title="How we run storage", minutes=8, by_id=people["mark"].id, created_at=now)
    one.url, one.addressed = "https://surveys.example/storage", Addressed.PEOPLE
    one.opens, one.deadline = today - timedelta(days=6), today + timedelta(days=8)
    surveys.add(one, [asha.id, joon.id])


def _speak(asha: Person, lena: Person, now: datetime, rules: Rules) -> None:
    """Both speak of the first sentence that has evidence, whose newest pieces Asha calls her best."""
    period = board.default_period(asha, now)
    lines = board.board(asha, period, now, rules).lines
    line = next(line for line in lines if line.rule == "advocacy")
    days = (period.start, period.end)
    said: dict[str, Any] = {
        "person_id": asha.id,
        "expectation_id": line.expectation_id,
        "days": days,
        "shown": True,
        "now": now,
    }
    own = "Most of it is help for people who run Mayastor for the first time."
    voices.speak(**said, by=asha.id, as_lead=False, claim=Claim.COVERED, words=own)
    voices.speak(
        **said, by=lena.id, as_lead=True, claim=Claim.GETTING_THERE, words="Good. One forum more would carry it."
    )
    for piece in exhibits.of(asha.id, line.expectation_id, *days, limit=3):
        pins.put(asha.id, line.expectation_id, piece.activity_id, now)
