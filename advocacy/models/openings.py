"""What has a day and waits for the person: surveys asked of them, calls for proposals that they have a draft for."""

from collections.abc import Collection, Iterable
from datetime import datetime

from advocacy.domain.next_things import Opening, Way
from advocacy.domain.period import day_of
from advocacy.domain.proposal import OPEN
from advocacy.models import surveys
from advocacy.models.base import Row
from advocacy.models.people import Person
from advocacy.models.surveys import Call
from advocacy.models.talks import proposals, watching


def of(person: Person, now: datetime, rules: Collection[str]) -> list[Opening]:
    """What is open for a person under these rules; of a rule that is not among them nothing is asked."""
    today = day_of(now, person.zone)
    found = surveys_of(surveys.due(person.id, now)) if "surveys" in rules else []
    if "talks" in rules:
        found += calls_of(proposals.pending(person.id, today)) + watched_of(watching.calls(person.id, today))
    return found


def watched_of(calls: Iterable[Row]) -> list[Opening]:
    """Calls that close at events which the person watches."""
    return [Opening(Way.CALL, one.name, one.cfp_closes, "talks") for one in calls]


def surveys_of(due: Iterable[Call]) -> list[Opening]:
    """Surveys that wait for an answer."""
    return [Opening(Way.SURVEY, one.title, one.deadline, "surveys") for one in due]


def calls_of(pending: Iterable[Row]) -> list[Opening]:
    """Calls that close on drafts; what was accepted and is over waits for a word, not for a day."""
    open_ = [one for one in pending if one.state in OPEN and one.cfp_closes]
    return [Opening(Way.PROPOSE, f"{one.event}: {one.title}", one.cfp_closes, "talks") for one in open_]


def agreed_of(agreed: Iterable[Row]) -> list[Opening]:
    """Calls for events that they said yes to and began no proposal for."""
    return [Opening(Way.PROPOSE, f"{one.event}, which you said yes to", one.cfp_closes, "talks") for one in agreed]
