"""Reminders of surveys: three days before the last day, and when whoever opened one asks again."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import render_template

from advocacy import display
from advocacy.addresses import address
from advocacy.models import letter_stops, outbox, roster, survey_campaigns
from advocacy.models.base import db
from advocacy.models.surveys import SurveyCampaign

SOON = timedelta(days=3)  #: before the last day everybody is reminded who has not answered
REST = timedelta(days=7)  #: nobody is asked more often than that by hand


def due(now: datetime) -> Iterator[tuple[SurveyCampaign, list[int]]]:
    """Campaigns that end soon, with who has not answered and was not reminded."""
    one, today = SurveyCampaign, now.date()
    query = sa.select(one).where(one.opens <= today, one.deadline.between(today, today + SOON))
    for campaign in db.session.scalars(query.order_by(one.deadline, one.id)):
        people = _wanted(campaign, _last(campaign))
        if people:
            yield campaign, people


def remind(now: datetime) -> int:
    """Write every reminder that is due, and commit; how many."""
    count = sum(_write(one, people, _last(one), now) for one, people in list(due(now)))
    db.session.commit()
    return count


def chase(one: SurveyCampaign, now: datetime) -> int:
    """Write to everybody who has not answered, once in seven days; how many letters there are."""
    asked = outbox.written_since(outbox.SURVEY, f"{one.id}.", now - REST)
    key = f"{one.id}.{now:%Y-%m-%d}"
    return _write(one, [person_id for person_id in _wanted(one, key) if person_id not in asked], key, now)


def _last(one: SurveyCampaign) -> str:
    return f"{one.id}.last"


def _wanted(one: SurveyCampaign, key: str) -> list[int]:
    but = letter_stops.stopped_by(outbox.SURVEY) | outbox.written_to(outbox.SURVEY, key)
    return [person_id for person_id in survey_campaigns.missing(one) if person_id not in but]


def _write(one: SurveyCampaign, person_ids: Collection[int], key: str, now: datetime) -> int:
    given = {"one": one, "day": display.long_day(one.deadline), "page": address("surveys.show")}
    words = {
        "subject": f"Until {given['day']}: {one.title}",
        "text": render_template("letters/survey.txt", **given),
        "html": render_template("letters/survey.html", **given),
    }
    put = [outbox.put(person.id, outbox.SURVEY, key, words, now) for person in roster.people(person_ids)]
    return sum(number is not None for number in put)
