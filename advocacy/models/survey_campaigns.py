"""Campaigns as those who open them see them: counts for all, names only of one's own reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from advocacy.domain.survey import Addressed
from advocacy.models import leadership, roster
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Membership, Person, Team
from advocacy.models.surveys import SurveyCampaign, SurveyDone, SurveyPerson


@dataclass(frozen=True, slots=True)
class Count:
    """A campaign with how many were asked and how many have done it."""

    id: int
    title: str
    opens: date
    deadline: date
    addressed: Addressed
    team: str
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A campaign that is open, and who of a lead's own people has not done it yet; `asked` is how many were asked."""

    id: int
    title: str
    deadline: date
    missing: tuple[str, ...]
    asked: int


def opened_by(person_id: int) -> list[Count]:
    """The campaigns that a person opened, the newest deadline first, with their counts."""
    one = SurveyCampaign
    query = sa.select(one, sa.func.coalesce(Team.name, "")).outerjoin(Team, Team.id == one.team_id)
    rows = db.session.execute(
        query.where(one.by_id == person_id).order_by(one.deadline.desc(), one.id.desc()).limit(50)
    ).all()
    return [_counted(campaign, team) for campaign, team in rows]


def _counted(one: SurveyCampaign, team: str) -> Count:
    people = asked_by(one)
    done = sa.select(sa.func.count()).where(SurveyDone.campaign_id == one.id, SurveyDone.person_id.in_(people))
    told = (one.id, one.title, one.opens, one.deadline, one.addressed, team, len(people))
    return Count(*told, db.session.scalar(done) or 0)


def asked_by(one: SurveyCampaign) -> list[int]:
    """The people that a campaign asks, who are still here."""
    query = sa.select(Person.id).where(Person.disabled_at.is_(None))
    if one.addressed is Addressed.TEAM:
        query = query.where(sa.exists().where(_belongs(one)))
    elif one.addressed is Addressed.PEOPLE:
        named = sa.exists().where(SurveyPerson.campaign_id == one.id, SurveyPerson.person_id == Person.id)
        query = query.where(named)
    return list(db.session.scalars(query.order_by(Person.id)))


def missing(one: SurveyCampaign) -> list[int]:
    """Who is asked and has not done it."""
    done = sa.select(SurveyDone.person_id).where(SurveyDone.campaign_id == one.id)
    have = set(db.session.scalars(done))
    return [person_id for person_id in asked_by(one) if person_id not in have]


def _belongs(one: SurveyCampaign) -> sa.ColumnElement[bool]:
    there = Membership
    until = sa.or_(there.until.is_(None), there.until >= one.opens)
    return sa.and_(there.team_id == one.team_id, there.person_id == Person.id, there.since <= one.deadline, until)


def own(campaign_id: int, person_id: int) -> SurveyCampaign:
    """A campaign that the person opened; raise Missing for another's."""
    one = db.session.get(SurveyCampaign, campaign_id)
    if one is None or one.by_id != person_id:
        raise Missing("there is no such survey of yours")
    return one


def not_yet(lead_id: int, today: date) -> list[Waiting]:
    """By campaign that is open: which people of the teams that somebody leads have not done it yet."""
    led = leadership.led_by(lead_id, today)
    one, done = SurveyCampaign, SurveyDone
    query = sa.select(one).where(one.opens <= today, one.deadline >= today).order_by(one.deadline, one.id)
    open_now = db.session.scalars(query).all() if led else []
    have = sa.select(done.campaign_id, done.person_id).where(done.campaign_id.in_([one.id for one in open_now]))
    answered = {(row.campaign_id, row.person_id) for row in db.session.execute(have)}
    names = {person.id: person.name for person in roster.people(led)}
    found = []
    for campaign in open_now:
        asked = [key for key in asked_by(campaign) if key in names]
        missing = sorted(names[key] for key in asked if (campaign.id, key) not in answered)
        found.append(Waiting(campaign.id, campaign.title, campaign.deadline, tuple(missing), len(asked)))
    return [one for one in found if one.asked]


def teams() -> Sequence[Row]:
    """Every team by name, for a form."""
    return db.session.execute(sa.select(Team.id, Team.name).order_by(Team.name)).all()
