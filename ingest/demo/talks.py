"""Talks of the company: a library, proposals in every state, who may follow them, and whose yes is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.domain.approval import ApprovalKind, Said
from advocacy.domain.period import day_of
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.talk import Level
from advocacy.milestones import talks as told
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.talks import approvals, audience_numbers, events, library, proposals
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.talks.library import Talk
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.variants import TalkVariant
from advocacy.models.words import Visibility
from advocacy.rules import Rules

TALK = "What breaks first when etcd loses quorum"
ABSTRACT = "A cluster, a stopwatch and three ways to lose a majority, live."
S = ProposalState


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One proposal: to which event, so many days ago, by which steps twelve days apart, and who may follow it."""

    event: str
    days_ago: int
    steps: tuple[ProposalState, ...]
    to: Visibility = Visibility.PRIVATE
    title: str = ""
    closes: int = 0  #: in how many days the call closes


OF_ASHA = (
    Way(event="Cloud Native Pune", days_ago=40, steps=(S.SUBMITTED, S.ACCEPTED, S.DELIVERED), to=Visibility.PUBLIC),
    Way(event="Rejekts", days_ago=33, steps=(S.SUBMITTED, S.DECLINED), to=Visibility.MARKETING),
    Way(event="FOSDEM", days_ago=3, steps=(S.DRAFTED,), to=Visibility.MARKETING, closes=9),
    Way(event="KubeCon Europe", days_ago=5, steps=(S.DRAFTED,), to=Visibility.MARKETING, closes=16),
)
OF_JOON = (
    Way(event="SREcon", days_ago=20, steps=(S.SUBMITTED, S.ACCEPTED), to=Visibility.LEAD),
    Way(event="Perf Day Seoul", days_ago=4, steps=(S.DRAFTED,), closes=12),
)
OF_SOFIA = (
    Way(event="FOSDEM", days_ago=2, steps=(S.IDEA,), to=Visibility.MARKETING, title=f"{TALK}, and why", closes=9),
    Way(event="Chaos Carnival", days_ago=25, steps=(S.SUBMITTED, S.WITHDRAWN), to=Visibility.PUBLIC),
)


def live(people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Let the talks of a year be there; commit."""
    asha, joon, sofia = people["asha"], people["joon"], people["sofia"]
    quorum = _talk(asha, TALK, ABSTRACT, ("etcd", "chaos engineering"), Level.INTERMEDIATE, now)
    for title, language, minutes in (
        ("Quorum lost, in five minutes", "English", 5),
        ("etcd का कोरम टूटने पर सबसे पहले क्या टूटता है", "हिन्दी", 30),
    ):
        db.session.add(
            TalkVariant(talk_id=quorum.id, title=title, language=language, minutes=minutes, created_at=now, abstract="")
        )
    library.say(quorum, TALK, f"{ABSTRACT} You leave with a checklist for your own cluster.", now)
    flames = _talk(joon, "Flame graphs for people in a hurry", "", ("profiling",), Level.BEGINNER, now)
    storm = _talk(sofia, "A storm in a test cluster", "", ("chaos engineering",), Level.ADVANCED, now)
    mine = [_propose(asha, quorum, way, now, rules) for way in OF_ASHA]
    theirs = [_propose(joon, flames, way, now, rules) for way in OF_JOON]
    for way in OF_SOFIA:
        _propose(sofia, storm, way, now, rules)
    _count(mine[0], day_of(now, asha.zone), now, rules)
    _ask(mine[-1], people, now, rules)
    _review(theirs[-1], ApprovalKind.MANAGER, people["lena"].id, "Is the customer’s graph fine to show?", now, rules)
    db.session.commit()


def _talk(owner: Person, title: str, abstract: str, topics: tuple[str, ...], level: Level, now: datetime) -> Talk:
    one = library.add(owner.id, title, abstract, now)
    one.topics, one.level, one.language, one.minutes, one.form = [*topics], level, "English", 30, "talk"
    one.visibility = Visibility.PUBLIC
    return one


def _propose(owner: Person, talk: Talk, way: Way, now: datetime, rules: Rules) -> Proposal:
    today = day_of(now, owner.zone)
    event = events.named(way.event, owner.id, None, now)
    if way.closes:
        event.starts, event.cfp_closes = today + timedelta(days=66), today + timedelta(days=way.closes)
    one = Proposal(owner_id=owner.id, talk_id=talk.id, event_id=event.id, title=way.title or talk.title, created_at=now)
    one.abstract, one.visibility = talk.abstract, way.to
    first = today - timedelta(days=way.days_ago)
    proposals.add(one, Step(way.steps[0], first), today, now)
    for number, state in enumerate(way.steps[1:], 1):
        step = Step(state, first + timedelta(days=12 * number))
        proposals.go_on(one, step, "", today, by=owner.id, now=now)
    told.tell(one, now, rules)
    return one


def _count(one: Proposal, today: date, now: datetime, rules: Rules) -> None:
    """What three tellers say of one room."""
    for counted, teller, value in (
        (Counted.REGISTERED, Teller.ORGANISER, 140),
        (Counted.ROOM, Teller.ORGANISER, 97),
        (Counted.ROOM, Teller.SELF, 90),
        (Counted.VIEWS, Teller.PLATFORM, 1512),
    ):
        audience_numbers.state(one.id, counted, teller, value, today)
    told.tell(one, now, rules)


def _ask(one: Proposal, people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Joon said yes to the text as it was before; marketing is asked and has not answered."""
    joon = people["joon"]
    made = _review(one, ApprovalKind.PEER, joon.id, "Your trace is on slide 7.", now - timedelta(days=2), rules)
    day = day_of(now, joon.zone)
    approvals.answer(made, joon, day, Said.YES, "Take it, with the new numbers.", now - timedelta(days=1))
    one.title = f"{TALK}, live"
    _review(one, ApprovalKind.MARKETING, None, "May the customer be named?", now, rules)


def _review(one: Proposal, kind: ApprovalKind, to: int | None, note: str, at: datetime, rules: Rules) -> int:
    made = approvals.ask(one, kind, to, note, by=one.owner_id, now=at)
    if one.state is S.DRAFTED:
        owner = db.session.get_one(Person, one.owner_id)
        day = day_of(at, owner.zone)
        proposals.go_on(one, Step(S.IN_REVIEW, day), "", day, by=one.owner_id, now=at)
        told.tell(one, at, rules)
    return made.id
