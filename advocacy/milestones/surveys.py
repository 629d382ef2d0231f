"""Surveys that were done on the timelines of those who did them."""

from datetime import date, datetime
from uuid import uuid4

from advocacy import recording
from advocacy.domain import survey_words
from advocacy.milestones.standing import retract
from advocacy.models import surveys
from advocacy.models.people import Person
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.words import Part
from advocacy.rules import Rules


def mark(campaign_id: int, person: Person, day: date, proof: str, now: datetime, rules: Rules) -> None:
    """It is done; raise Missing for a campaign that does not ask the person."""
    call = surveys.one_of(campaign_id, person)
    surveys.mark(campaign_id, person.id, day, proof, now)
    activity = survey_words.done(_ref(campaign_id, person), call.title, proof, day, person.zone)
    recording.record(activity, {person.id: Part.AUTHOR}, now, rules)


def read_in(campaign: SurveyCampaign, person: Person, day: date, by: int, now: datetime, rules: Rules) -> bool:
    """The survey's own list says that it is done: it waits for the person's word; whether it is new."""
    if not surveys.read_in(campaign.id, person.id, day, by, now):
        return False
    activity = survey_words.done(_ref(campaign.id, person), campaign.title, "", day, person.zone)
    recording.record(activity, {person.id: Part.AUTHOR}, now, rules)
    return True


def unread(campaign_id: int, person: Person) -> None:
    """The list is taken back."""
    surveys.unmark(campaign_id, person.id)
    retract(_ref(campaign_id, person))


def unmark(campaign_id: int, person: Person) -> None:
    """It was not done after all."""
    surveys.one_of(campaign_id, person)
    surveys.unmark(campaign_id, person.id)
    retract(_ref(campaign_id, person))


def note(person: Person, title: str, day: date, proof: str, now: datetime, rules: Rules) -> int:
    """One that nobody here asked for; its activity."""
    activity = survey_words.done(f"hand:{uuid4().hex}", title, proof, day, person.zone)
    return recording.record(activity, {person.id: Part.AUTHOR}, now, rules)


def drop(activity_id: int, person: Person) -> None:
    """Take one away that nobody here asked for."""
    recording.leave(activity_id, person.id)


def _ref(campaign_id: int, person: Person) -> str:
    return f"survey:{campaign_id}:{person.id}"
