"""A list of responses taken into a campaign: who answered is marked, and the same list twice changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.period import day_of
from advocacy.domain.survey_list import Unread, read
from advocacy.milestones import surveys as milestones
from advocacy.models import roster, survey_campaigns, surveys
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.surveys import SurveyCampaign
from advocacy.rules import Rules


@dataclass(slots=True)
class Taken:
    """How many were marked, how many had it already, and the lines that nobody was found for; `at` names the list."""

    at: datetime
    new: int = 0
    same: int = 0
    bad: list[Unread] = field(default_factory=list)


def take_in(one: SurveyCampaign, text: str, by: Person, now: datetime, rules: Rules) -> Taken:
    """Mark them; raise NoList for what is none."""
    taken, today = Taken(now), day_of(now, by.zone)
    lines = list(read(text))
    asked = {person.email: person for person in roster.people(survey_campaigns.asked_by(one))}
    for line in lines:
        if isinstance(line, Unread):
            taken.bad.append(line)
        elif line.email not in asked:
            taken.bad.append(Unread(line.line, f"{line.email} is not asked by this campaign"))
        else:
            day = min(line.day, today) if line.day else today
            new = milestones.read_in(one, asked[line.email], day, by.id, now, rules)
            taken.new, taken.same = taken.new + new, taken.same + (not new)
    return taken


def take_back(one: SurveyCampaign, by: int, at: str) -> int:
    """Take back what a list marked, by the moment that it was read in; how many wait again."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return 0
    people = surveys.of_list(one.id, by, moment) if moment.tzinfo else ()
    for person in db.session.scalars(sa.select(Person).where(Person.id.in_(people))):
        milestones.unread(one.id, person)
    return len(people)
