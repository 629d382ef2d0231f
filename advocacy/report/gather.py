"""The quarter of a lead's teams, gathered from the tables."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from advocacy.domain.lead_report import Coverage, Held, Needs, Report
from advocacy.domain.period import Period, day_of
from advocacy.domain.progress import State
from advocacy.domain.team import ELSEWHERE, Member
from advocacy.domain.training import ClassState, RequestState, is_forgotten
from advocacy.models import leadership, survey_campaigns, team_board, team_writing
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.trainings import attendance, class_answers, class_feedback, matrix, required
from advocacy.models.trainings.class_answers import NONE
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.trainings.trainers import ClassTrainer
from advocacy.rules import Rules

MOST = 100  #: classes and campaigns of one report


def gather(lead: Person, period: Period, now: datetime, rules: Rules) -> Report:
    """What there is to tell of a period."""
    today = day_of(now, lead.zone)
    teams, names = leadership.teams_led(lead.id, today), leadership.led_by(lead.id, today)
    after = team_board.members(names, period, today, rules)
    before = team_board.members(names, period.shift(-1), today, rules)
    writing = team_writing.of(lead.id, period.start, period.end, today)
    return Report(
        period=period.label,
        teams=tuple(teams.values()),
        people=len(names),
        sharing=sum(one.shares for one in after),
        needs=_needs([*names, lead.id], period, today),
        held=_held(_classes([*names, lead.id], period), before, after),
        coverage=_coverage((rule for rule in rules.rulebook.rules if rule not in ELSEWHERE), before, after),
        pieces=len(writing.pieces),
        firsts=len(writing.first),
        writers=writing.writers,
        required=[_required(team_id, today) for team_id in required.teams() if team_id in teams],
        surveys=list(_surveys(set(names), period)),
    )


def _needs(person_ids: Sequence[int], period: Period, today: date) -> Needs:
    one = TrainingRequest
    query = sa.select(one.state, one.touched_at).where(
        one.by_id.in_(person_ids), one.day.between(period.start, period.end)
    )
    rows = db.session.execute(query).all()
    count = {state: sum(row.state is state for row in rows) for state in RequestState}
    return Needs(
        raised=len(rows),
        planned=count[RequestState.PLANNED],
        held=count[RequestState.HELD],
        declined=count[RequestState.DECLINED],
        open=count[RequestState.OPEN],
        forgotten=sum(is_forgotten(row.touched_at.date(), today, row.state) for row in rows),
    )


def _classes(person_ids: Sequence[int], period: Period) -> Sequence[Class]:
    """Held by these people, the first of the period first."""
    one, gives = Class, ClassTrainer
    given = sa.exists().where(gives.class_id == one.id, gives.person_id.in_(person_ids), gives.own)
    query = sa.select(one).where(one.state == ClassState.HELD, ~one.noted, one.day.between(period.start, period.end))
    query = query.where(sa.or_(one.by_id.in_(person_ids), given)).order_by(one.day, one.id).limit(MOST)
    return db.session.scalars(query).all()


def _held(found: Sequence[Class], before: Iterable[Member], after: Iterable[Member]) -> list[Held]:
    ids = [one.id for one in found]
    there, answers, stated = attendance.there(ids), class_answers.of_all(ids), class_feedback.of_all(ids)
    held = []
    for one in found:
        assert one.day is not None
        people, said = there.get(one.id, frozenset()), answers.get(one.id, NONE)
        mine = [[member for member in some if member.person_id in people] for some in (before, after)]
        action = stated[one.id].action if one.id in stated else ""
        told = (len(people), said.count, said.mean, action, _coverage(one.serves, *mine))
        held.append(Held(one.title, one.day, *told))
    return held


def _coverage(rules: Iterable[str], before: Sequence[Member], after: Sequence[Member]) -> tuple[Coverage, ...]:
    """Rule by rule, of those who share in the later period and are measured by it."""
    was = {one.person_id: one for one in before}
    found = []
    for rule in rules:
        people = [one for one in after if one.shares and rule in one.cells]
        if people:
            earlier = [was[one.person_id] for one in people]
            covered = [sum(_covers(each, rule) for each in some) for some in (earlier, people)]
            found.append(Coverage(rule, len(people), *covered))
    return tuple(found)


def _covers(one: Member, rule: str) -> bool:
    return rule in one.cells and one.cells[rule].state is State.COVERED


def _required(team_id: int, today: date) -> tuple[str, int, int]:
    found = matrix.of(team_id, today)
    return found.team, found.done, len(found.cells)


def _surveys(people: set[int], period: Period) -> Iterable[tuple[str, int, int]]:
    one = SurveyCampaign
    query = sa.select(one).where(one.deadline.between(period.start, period.end)).order_by(one.deadline, one.id)
    campaigns = db.session.scalars(query.limit(MOST)).all()
    asked, done = survey_campaigns.asked_by_all(campaigns), survey_campaigns.done_by_all(campaigns)
    for campaign in campaigns:
        mine = asked[campaign.id] & people
        if mine:
            yield campaign.title, len(mine & done[campaign.id]), len(mine)
