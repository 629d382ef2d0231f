"""What marketing hears of: works released by several people, a webinar and a talk with numbers, and two wishes."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.period import day_of
from advocacy.domain.proposal import ProposalState, Step
from advocacy.milestones import talks as told
from advocacy.models import profile
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audience import Audience, shown_to
from advocacy.models.base import db
from advocacy.models.inbox import acts, waiting
from advocacy.models.people import Person
from advocacy.models.public_voice import wishes
from advocacy.models.release import rules as releases
from advocacy.models.release.caught import Wanted
from advocacy.models.talks import audience_numbers, events, library, proposals
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules

YEAR = timedelta(days=365)
SETTLED = timedelta(days=3)  #: what is newer waits in the inbox
KINDS = (Kind.ARTICLE, Kind.TALK, Kind.ANSWER, Kind.POST, Kind.REPLY)
GIVEN = (
    ("max", "Capacity planning for platform engineers, with real numbers", "CNCF webinar", 47),
    ("sofia", "Game days: chaos engineering for an SRE team of three", "KCD Guadalajara", 96),
)


def live(people: dict[str, Person], now: datetime, rules: Rules) -> None:
    """Let people have told marketing what they like; commit."""
    for first, title, event, days_ago in GIVEN:
        _give(people[first], title, event, day_of(now, people[first].zone) - timedelta(days=days_ago), now, rules)
    for first in ("asha", "sofia", "max", "layla"):
        one, today = people[first], day_of(now, people[first].zone)
        _confirm(one, today, now, KINDS if first != "asha" else (Kind.TALK, Kind.TRAINING_GIVEN))
        releases.make(one.id, Wanted(kinds=KINDS), Visibility.MARKETING, now, backwards=True)
    for first in ("asha", "sofia", "max"):
        profile.save(people[first], profile.of(people[first]).told, now, listed=True)
    wishes.say_of_all(people["layla"].id, quiet=True)
    if (number := _newest(people["asha"])) is not None:
        wishes.say(people["asha"].id, number, quiet=True)
    db.session.commit()


def _give(speaker: Person, title: str, place: str, day: date, now: datetime, rules: Rules) -> None:
    """A talk as the pipeline tells it, with who was there and who says so."""
    about = "What we measured on Kubernetes, what we had guessed, and the script to do the same on your cluster."
    talk, event = library.add(speaker.id, title, about, now), events.named(place, speaker.id, None, now)
    one = Proposal(owner_id=speaker.id, talk_id=talk.id, event_id=event.id, title=title, abstract=about)
    one.created_at = now
    proposals.add(one, Step(ProposalState.SUBMITTED, day - timedelta(days=40)), day, now)
    for state, days in ((ProposalState.ACCEPTED, 20), (ProposalState.DELIVERED, 0)):
        proposals.go_on(one, Step(state, day - timedelta(days=days)), "", day, by=speaker.id, now=now)
    audience_numbers.state(one.id, Counted.REGISTERED, Teller.ORGANISER, 212, day)
    audience_numbers.state(one.id, Counted.ROOM, Teller.SELF, 130, day)
    told.tell(one, now, rules)


def _confirm(person: Person, today: date, now: datetime, kinds: Collection[Kind]) -> None:
    """Say of what has settled, as far as it is of these kinds, that it is what the rules suggest."""
    found = waiting.pieces(person.id, today - YEAR, today - SETTLED, today)
    named = sa.select(ActivityRow.id).where(ActivityRow.id.in_([one.activity_id for one in found]))
    chosen = set(db.session.scalars(named.where(ActivityRow.kind.in_(kinds))))
    said = [
        (one.activity_id, key, Word.CONFIRMED) for one in found if one.activity_id in chosen for key in one.suggested
    ]
    if said:
        acts.say(person.id, acts.Deed.CONFIRMED, said, now)


def _newest(person: Person) -> int | None:
    """The newest article that marketing sees of somebody."""
    one, mine = ActivityRow, ActivityPerson
    query = sa.select(one.id).join(mine, mine.activity_id == one.id).where(mine.person_id == person.id)
    seen = query.where(one.kind == Kind.ARTICLE, shown_to(Audience.MARKETING))
    return db.session.scalar(seen.order_by(mine.at.desc()).limit(1))
