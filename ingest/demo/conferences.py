"""The company's calendar of events, read in as marketing would, and who watches or proposes what."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from advocacy import event_reading
from advocacy.domain.period import day_of
from advocacy.domain.proposal import ProposalState, Step
from advocacy.milestones import talks as told
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.talks import event_imports, proposals, watching
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility
from advocacy.rules import Rules


@dataclass(frozen=True, slots=True)
class Conference:
    """One event; days are counted from today, `closes` None where no call is known."""

    name: str
    begins: int
    lasts: int
    closes: int | None
    place: tuple[str, str] = ("", "")
    languages: str = "EN"


CONFERENCES = (
    Conference("KubeCon Harbour Edition", 120, 4, 6, ("Rotterdam", "Netherlands")),
    Conference("Data on Kubernetes Day", 95, 1, 2),
    Conference("Chaos Engineering Summit", 80, 2, 13, ("Bengaluru", "India")),
    Conference("PyData Pune", 60, 2, 19, ("Pune", "India")),
    Conference("Storage Field Notes", 150, 3, 34, ("Berlin", "Germany"), "EN,DE"),
    Conference("Rust in Production", 170, 2, 48, ("Munich", "Germany"), "DE"),
    Conference("PostgreSQL Days", 45, 2, -4, ("Prague", "Czech Republic")),
    Conference("Observability Evenings", 12, 1, None),
    Conference("DevOps Nights", 25, 1, -20, ("Lagos", "Nigeria")),
    Conference("Open Source Saturday", 70, 1, 55, ("Dublin", "Ireland")),
    Conference("Linux Plumbing", 210, 3, 88, ("Montreal", "Canada"), "EN,FR"),
    Conference("Cloud Native Lagoon", -30, 2, -110, ("Venice", "Italy"), "EN,IT"),
)
HAPPENED = (ProposalState.SUBMITTED, ProposalState.ACCEPTED)
PROPOSALS = (
    ("asha", "What breaks first when etcd loses quorum", "Chaos Engineering Summit", (ProposalState.IN_REVIEW,), True),
    ("asha", "A volume that forgot its pod", "KubeCon Harbour Edition", (ProposalState.IDEA,), False),
    ("joon", "Flame graphs for people in a hurry", "PostgreSQL Days", HAPPENED, True),
    ("siobhan", "Support tickets as a test suite", "DevOps Nights", (ProposalState.SUBMITTED,), True),
    ("siobhan", "Upgrades without fear", "Storage Field Notes", (ProposalState.DRAFTED,), False),
)
"""Who, what, where, the steps so far, and whether marketing may follow it."""
WATCHES = (
    *(("asha", "Data on Kubernetes Day"), ("asha", "Storage Field Notes"), ("lena", "KubeCon Harbour Edition")),
    *(("mark", "KubeCon Harbour Edition"), ("mark", "PyData Pune"), ("joon", "Data on Kubernetes Day")),
)


def live(people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Let the calendar be read in, and people look at it; commit."""
    mark = people["mark"]
    today = day_of(now, mark.zone)
    rows = event_reading.read(json.dumps([_row(one, today) for one in CONFERENCES]), "", mark.zone)
    event_imports.take(event_reading.plan(rows, "", rules), "conferences.json", mark.id, now)
    ids = {one.name: one.id for one in db.session.scalars(sa.select(Event).where(Event.owner_id.is_(None)))}
    for first, name in WATCHES:
        watching.watch(people[first].id, ids[name], now)
    for first, title, name, states, is_released in PROPOSALS:
        one = Proposal(owner_id=people[first].id, event_id=ids[name], title=title, created_at=now)
        one.visibility = Visibility.MARKETING if is_released else Visibility.PRIVATE
        _propose(one, states, today, now, rules)
    db.session.commit()


def _propose(one: Proposal, states: tuple[ProposalState, ...], today: date, now: datetime, rules: Rules) -> None:
    """Each step some days after the one before, the last one the day before yesterday."""
    days = [today - timedelta(days=2 + 9 * number) for number in reversed(range(len(states)))]
    proposals.add(one, Step(states[0], days[0]), today, now)
    for state, day in zip(states[1:], days[1:], strict=True):
        proposals.go_on(one, Step(state, day), "", today, by=one.owner_id, now=now)
    told.tell(one, now, rules)


def _row(one: Conference, today: date) -> dict[str, object]:
    """As confs.tech would tell it."""
    starts, slug = today + timedelta(days=one.begins), "-".join(one.name.lower().split())
    row: dict[str, object] = {
        "name": one.name,
        "url": f"https://{slug}.example",
        "startDate": starts.isoformat(),
        "endDate": (starts + timedelta(days=one.lasts - 1)).isoformat(),
        "city": one.place[0],
        "country": one.place[1],
        "online": not one.place[0],
        "locales": one.languages,
    }
    if one.closes is not None:
        row |= {
            "cfpUrl": f"https://{slug}.example/call",
            "cfpEndDate": (today + timedelta(days=one.closes)).isoformat(),
        }
    return row
