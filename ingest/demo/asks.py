"""What Mark from marketing asked of the engineers: one request in each state, by days around today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.domain.period import day_of
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.speaking import SpeakingState
from advocacy.models import profile, speaking_requests
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.speaking_requests import SpeakingRequest
from advocacy.models.talks import events, proposals
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability

LISTED = ("asha", "joon", "siobhan", "sofia", "layla")
"""Who lets marketing find them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: `asked` and `said` are days ago, `begins` and `closes` days to come (or, below zero, gone by)."""

    first: str
    event: str
    place: str
    begins: int
    asked: int
    topic: str
    format: str = "talk"
    note: str = ""
    closes: int | None = None
    state: SpeakingState = SpeakingState.ASKED
    said: int = 0
    reason: str = ""
    until: int | None = None


ASKS = (
    Asked(
        first="asha",
        event="Volume Days Hamburg",
        place="Hamburg",
        begins=64,
        closes=16,
        asked=2,
        topic="openebs",
        note="They look for somebody who has lost a volume and can laugh about it. Travel is paid.",
    ),
    Asked(
        first="asha",
        event="Chaos Conf Pune",
        place="Pune",
        begins=45,
        closes=9,
        asked=30,
        topic="chaos-engineering",
        format="workshop",
        state=SpeakingState.ACCEPTED,
        said=28,
    ),
    Asked(
        first="joon",
        event="Storage Meetup Seoul",
        place="Seoul",
        begins=21,
        asked=20,
        topic="kubernetes",
        state=SpeakingState.DECLINED,
        said=19,
        reason="That is the week of our release. Ask me in spring.",
    ),
    Asked(
        first="siobhan",
        event="Platform Podcast",
        place="online",
        begins=35,
        asked=6,
        topic="incident reviews",
        format="podcast",
        state=SpeakingState.LATER,
        said=5,
        until=3,
    ),
    Asked(
        first="sofia", event="Caos en México", place="Ciudad de México", begins=-5, asked=40, topic="chaos-engineering"
    ),
    Asked(
        first="layla",
        event="Women in Storage",
        place="Amman",
        begins=50,
        asked=18,
        topic="kubernetes",
        format="panel",
        state=SpeakingState.WITHDRAWN,
        said=17,
    ),
)


def live(people: dict[str, Person], now: datetime) -> None:
    """Let Mark have asked, and the engineers have answered; commit."""
    for first in LISTED:
        profile.save(people[first], profile.of(people[first]).told, now, listed=True)
    for one, request in _ask(people, now):
        if one.state is not SpeakingState.ASKED:
            _answer(one, request, people, now)
    db.session.commit()


def _ask(people: dict[str, Person], now: datetime) -> Iterator[tuple[Asked, SpeakingRequest]]:
    mark = people["mark"]
    today = day_of(now, mark.zone)
    for one in ASKS:
        at = now - timedelta(days=one.asked)
        asked = SpeakingRequest(person_id=people[one.first].id, by_id=mark.id, asked_as=Capability.MARKETING)
        asked.event_id = _event(one, today, at).id
        asked.topic, asked.format, asked.note = one.topic, one.format, one.note
        asked.day, asked.created_at = today - timedelta(days=one.asked), at
        yield one, speaking_requests.add(asked)


def _event(one: Asked, today: date, at: datetime) -> Event:
    event = events.of_company(one.event, today + timedelta(days=one.begins), at)
    event.place, event.starts = one.place, today + timedelta(days=one.begins)
    event.cfp_closes = today + timedelta(days=one.closes) if one.closes is not None else None
    return event


def _answer(one: Asked, request: SpeakingRequest, people: dict[str, Person], now: datetime) -> None:
    by = people["mark" if one.state is SpeakingState.WITHDRAWN else one.first]
    at, today = now - timedelta(days=one.said), day_of(now, by.zone)
    day, until = today - timedelta(days=one.said), today + timedelta(days=one.until) if one.until else None
    speaking_requests.become(request, one.state, by=by.id, today=day, now=at, note=one.reason, until=until)
    if one.state is SpeakingState.ACCEPTED:
        talk = Proposal(owner_id=by.id, event_id=request.event_id, title="A volume that nobody can kill", created_at=at)
        proposals.add(talk, Step(ProposalState.DRAFTED, day), day, at)
        speaking_requests.propose(request, talk)
