"""Campaigns as those who open them see them: counts for all, names only of one's own reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from advocacy.domain.survey import Addressed
from advocacy.models import leadership
from advocacy.models.base import Missing, Row, db
from advocacy.models.people import Membership, Person, Team
from advocacy.models.surveys import SurveyCampaign, SurveyDone, SurveyPerson

MOST = 50  #: campaigns of one opener that are listed


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
    """The campaigns that a person opened, the newest first, with how many have done them."""
    one = SurveyCampaign
    query = sa.select(one, sa.func.coalesce(Team.name, "")).outerjoin(Team, Team.id == one.team_id)
    rows = db.session.execute(
        query.where(one.by_id == person_id).order_by(one.deadline.desc(), one.id.desc()).limit(MOST)
    ).all()
    campaigns = [campaign for campaign, _ in rows]
    asked, done = asked_by_all(campaigns), done_by_all(campaigns)
    return [_counted(campaign, team, asked[campaign.id], done[campaign.id]) for campaign, team in rows]


def _counted(one: SurveyCampaign, team: str, asked: frozenset[int], done: frozenset[int]) -> Count:
    told = (one.id, one.title, one.opens, one.deadline, one.addressed, team)
    return Count(*told, len(asked), len(asked & done))


def asked_by(one: SurveyCampaign) -> list[int]:
    """The people that a campaign asks, who are still here."""
    return sorted(asked_by_all([one])[one.id])


def asked_by_all(campaigns: Sequence[SurveyCampaign]) -> dict[int, frozenset[int]]:
    """The same of several, with as many questions to the tables as of one."""
    here = frozenset(db.session.scalars(sa.select(Person.id).where(Person.disabled_at.is_(None)))) if campaigns else ()
    named, belong = _named(campaigns), _belonging(campaigns)
    found: dict[int, frozenset[int]] = {}
    for one in campaigns:
        match one.addressed:
            case Addressed.EVERYBODY:
                found[one.id] = frozenset(here)
            case Addressed.TEAM:
                there = belong.get(one.team_id or 0, ())
                found[one.id] = _in_time(one, there).intersection(here)
            case Addressed.PEOPLE:
                found[one.id] = frozenset(named.get(one.id, ())).intersection(here)
    return found


def _in_time(one: SurveyCampaign, there: Iterable[tuple[int, date, date | None]]) -> frozenset[int]:
    """Who belongs to the team on any day of the campaign."""
    return frozenset(who for who, since, until in there if since <= one.deadline and (until or one.opens) >= one.opens)


def _named(campaigns: Sequence[SurveyCampaign]) -> dict[int, list[int]]:
    ids = [one.id for one in campaigns if one.addressed is Addressed.PEOPLE]
    query = sa.select(SurveyPerson.campaign_id, SurveyPerson.person_id).where(SurveyPerson.campaign_id.in_(ids))
    found: dict[int, list[int]] = {}
    for campaign_id, person_id in db.session.execute(query) if ids else ():
        found.setdefault(campaign_id, []).append(person_id)
    return found


def _belonging(campaigns: Sequence[SurveyCampaign]) -> dict[int, list[tuple[int, date, date | None]]]:
    """Who belongs to the teams that are asked, and from when to when."""
    teams, there = {one.team_id for one in campaigns if one.addressed is Addressed.TEAM}, Membership
    query = sa.select(there.team_id, there.person_id, there.since, there.until).where(there.team_id.in_(teams))
    found: dict[int, list[tuple[int, date, date | None]]] = {}
    rows: Sequence[Row] = db.session.execute(query).all() if teams else ()
    for row in rows:
        found.setdefault(row.team_id, []).append((row.person_id, row.since, row.until))
    return found


def done_by_all(campaigns: Sequence[SurveyCampaign]) -> dict[int, frozenset[int]]:
    """Who has done each."""
    done = SurveyDone
    query = sa.select(done.campaign_id, done.person_id).where(done.campaign_id.in_([one.id for one in campaigns]))
    found: dict[int, set[int]] = {one.id: set() for one in campaigns}
    for campaign_id, person_id in db.session.execute(query) if campaigns else ():
        found[campaign_id].add(person_id)
    return {key: frozenset(people) for key, people in found.items()}


def missing(one: SurveyCampaign) -> list[int]:
    """Who is asked and has not done it."""
    return sorted(asked_by_all([one])[one.id] - done_by_all([one])[one.id])


def own(campaign_id: int, person_id: int) -> SurveyCampaign:
    """A campaign that the person opened; raise Missing for another's."""
    one = db.session.get(SurveyCampaign, campaign_id)
    if one is None or one.by_id != person_id:
        raise Missing("there is no such survey of yours")
    return one


def not_yet(lead_id: int, today: date) -> list[Waiting]:
    """By campaign that is open: which people of the teams that somebody leads have not done it yet."""
    led, one = leadership.led_by(lead_id, today), SurveyCampaign
    query = sa.select(one).where(one.opens <= today, one.deadline >= today).order_by(one.deadline, one.id)
    campaigns = db.session.scalars(query).all() if led else []
    asked, done = asked_by_all(campaigns), done_by_all(campaigns)
    found = []
    for campaign in campaigns:
        mine = asked[campaign.id].intersection(led)
        names = tuple(sorted(led[person_id] for person_id in mine - done[campaign.id]))
        if mine:
            found.append(Waiting(campaign.id, campaign.title, campaign.deadline, names, len(mine)))
    return found


def teams() -> Sequence[Row]:
    """Every team by name, for a form."""
    return db.session.execute(sa.select(Team.id, Team.name).order_by(Team.name)).all()
