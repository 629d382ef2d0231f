"""What stands in a person's calendar: talks at events, calls that close, classes, surveys, and what archives told."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.happening import Certainty, Happening
from advocacy.domain.period import day_of
from advocacy.domain.proposal import OPEN, ProposalState
from advocacy.domain.speaking import SpeakingState
from advocacy.domain.training import ClassState, Presence
from advocacy.models import speaking_lists, surveys
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import speaks
from advocacy.models.talks.watching import EventWatch
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import ClassTrainer, gives

BACK = timedelta(days=400)  #: so long ago is kept in a calendar
MOST = 500  #: of each kind
PLANNED = ("talk:%", "class:%", "attended:%", "proposal:%")  #: on the timeline because they stand in the plans
CERTAINTY = {
    ProposalState.ACCEPTED: Certainty.CONFIRMED,
    ProposalState.DELIVERED: Certainty.CONFIRMED,
    ProposalState.DECLINED: Certainty.CANCELLED,
    ProposalState.WITHDRAWN: Certainty.CANCELLED,
}


def of(person_id: int, now: datetime) -> list[Happening]:
    """Everything, in no order; the person's own things alone."""
    person = db.session.get_one(Person, person_id)
    today = day_of(now, person.zone)
    return [
        *_talks(person_id, today - BACK),
        *_watched(person_id, today - BACK),
        *_asked(person_id, today),
        *_classes(person_id, today - BACK),
        *_surveys(person),
        *_told_by_archives(person_id, now - BACK),
    ]


def _talks(person_id: int, since: date) -> Iterator[Happening]:
    one = Proposal
    query = (
        sa.select(one.id, one.title, one.state, one.day, one.abstract, one.created_at, one.owner_id)
        .add_columns(Event.name, Event.place, Event.starts, Event.ends, Event.url, Event.cfp_closes)
        .join(Event, Event.id == one.event_id)
        .where(sa.or_(one.owner_id == person_id, speaks(person_id, one.id)), one.day >= since)
        .order_by(one.day.desc(), one.id.desc())
        .limit(MOST)
    )
    for row in db.session.execute(query):
        day = row.starts or (row.day if row.state is ProposalState.DELIVERED else None)
        if day:
            yield _talk(row, day)
        if row.cfp_closes and row.state in OPEN and row.owner_id == person_id:
            yield Happening(
                uid=f"cfp-{row.id}",
                title=f"Call for proposals closes: {row.name}",
                starts=row.cfp_closes,
                stamp=row.created_at,
                about=f"“{row.title}” is not submitted yet.",
                url=row.url,
                page=("proposal", row.id),
            )


def _watched(person_id: int, since: date) -> Iterator[Happening]:
    """Calls of events that the person watches; one that a draft of theirs waits for stands there by the draft."""
    draft = sa.exists().where(
        Proposal.event_id == Event.id, Proposal.owner_id == person_id, Proposal.state.in_(OPEN), Proposal.day >= since
    )
    query = (
        sa.select(Event.id, Event.name, Event.place, Event.url, Event.cfp_url, Event.cfp_closes, Event.off_at)
        .add_columns(EventWatch.at)
        .join(EventWatch, EventWatch.event_id == Event.id)
        .where(EventWatch.person_id == person_id, Event.cfp_closes >= since, ~draft)
        .order_by(Event.cfp_closes.desc(), Event.id.desc())
        .limit(MOST)
    )
    for row in db.session.execute(query):
        yield Happening(
            uid=f"call-{row.id}",
            title=f"Call for proposals closes: {row.name}",
            starts=row.cfp_closes,
            stamp=row.at,
            about="You watch this event.",
            url=row.cfp_url or row.url,
            certainty=Certainty.CANCELLED if row.off_at else Certainty.CONFIRMED,
            page=("event", row.id),
        )


def _talk(row: Row, day: date) -> Happening:
    return Happening(
        uid=f"proposal-{row.id}",
        title=f"{row.title} – {row.name} ({row.state.value.replace('_', ' ')})",
        starts=day,
        last=max(row.ends, day) if row.ends else day,
        stamp=row.created_at,
        place=row.place,
        about=row.abstract,
        url=row.url,
        certainty=CERTAINTY.get(row.state, Certainty.TENTATIVE),
        page=("proposal", row.id),
    )


def _classes(person_id: int, since: date) -> Iterator[Happening]:
    """Classes that the person gives, comes to, or wrote down."""
    one, there = Class, Attendance
    own = sa.and_(there.person_id == person_id, there.by_id == person_id, there.taken_back_at.is_(None))
    comes = sa.exists().where(there.class_id == one.id, own, there.presence == Presence.GOING)
    declined = sa.exists().where(there.class_id == one.id, own, there.presence == Presence.ABSENT)
    theirs = sa.or_(gives(person_id, one.id), one.by_id == person_id, sa.and_(comes, ~declined))
    query = sa.select(one).where(theirs, one.day >= since).order_by(one.day.desc(), one.id.desc()).limit(MOST)
    yield from map(of_class, db.session.scalars(query))


def _asked(person_id: int, today: date) -> Iterator[Happening]:
    """Events that the person said yes to, as long as no proposal tells of them, and the calls for them."""
    for row in speaking_lists.waiting(person_id, today):
        if row.state is SpeakingState.ACCEPTED:
            told = {"stamp": row.said_at, "url": row.url, "page": ("speaking", row.id)}
            if row.starts:
                yield Happening(
                    uid=f"speaking-{row.id}",
                    title=f"You said yes: {row.event}",
                    starts=row.starts,
                    last=max(row.ends, row.starts) if row.ends else row.starts,
                    place=row.place,
                    certainty=Certainty.TENTATIVE,
                    **told,
                )
            if row.cfp_closes:
                title = f"Call for proposals closes: {row.event}"
                yield Happening(uid=f"speaking-cfp-{row.id}", title=title, starts=row.cfp_closes, **told)


def of_team(person_ids: Sequence[int], today: date) -> list[Happening]:
    """Classes that these people plan, give or come to; of who comes nothing is told."""
    one, there, gives_it = Class, Attendance, ClassTrainer
    comes = sa.exists().where(
        there.class_id == one.id,
        there.person_id.in_(person_ids),
        there.presence == Presence.GOING,
        there.taken_back_at.is_(None),
    )
    teaches = sa.exists().where(
        gives_it.class_id == one.id, gives_it.person_id.in_(person_ids), gives_it.no_at.is_(None)
    )
    theirs = sa.or_(one.by_id.in_(person_ids), comes, teaches)
    query = sa.select(one).where(theirs, ~one.noted, one.day >= today - BACK, one.state != ClassState.HELD)
    return [of_class(row) for row in db.session.scalars(query.order_by(one.day.desc(), one.id.desc()).limit(MOST))]


def of_class(one: Class) -> Happening:
    """A class that has a day; raise ValueError for one that has none."""
    starts = one.begins_at or one.day
    if starts is None:
        raise ValueError("its day is open")
    length = f"{one.minutes} minutes." if one.minutes else ""
    return Happening(
        uid=f"class-{one.id}",
        title=f"Class: {one.title}",
        starts=starts,
        minutes=one.minutes or 0,
        stamp=one.created_at,
        place=one.place,
        about="\n".join(filter(None, (length, one.about))),
        url=one.materials,
        certainty=Certainty.CANCELLED if one.state is ClassState.CANCELLED else Certainty.CONFIRMED,
        sequence=one.sequence,
        page=("class", one.id),
    )


def _surveys(person: Person) -> Iterator[Happening]:
    """Deadlines of surveys that wait for the person's answer."""
    stamps = sa.select(surveys.SurveyCampaign.id, surveys.SurveyCampaign.created_at)
    calls = [one for one in surveys.asked_of(person) if one.done is None][-MOST:]
    made: dict[int, datetime] = {}
    if calls:
        rows = db.session.execute(stamps.where(surveys.SurveyCampaign.id.in_([one.id for one in calls])))
        made = {row[0]: row[1] for row in rows}
    for one in calls:
        yield Happening(
            uid=f"survey-{one.id}",
            title=f"Survey due: {one.title}",
            starts=one.deadline,
            stamp=made[one.id],
            url=one.url,
            page=("survey", one.id),
        )


def _told_by_archives(person_id: int, since: datetime) -> Iterator[Happening]:
    """Talks and trainings that were not planned here; a moment that was guessed is a day alone."""
    one, mine = ActivityRow, ActivityPerson
    kinds = (Kind.TALK, Kind.TRAINING_GIVEN, Kind.TRAINING_ATTENDED)
    ours: list[Any] = [one.ref.like(pattern) & ~one.ref.like("talk:%/%") for pattern in PLANNED]
    query = (
        sa.select(one.id, mine.at, one.at_guessed, mine.day, one.title, one.channel, one.url, one.first_seen_at)
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, one.deleted_at.is_(None), one.dropped_at.is_(None))
        .where(one.kind.in_(kinds), mine.at >= since, ~sa.or_(*ours))
        .order_by(mine.at.desc(), one.id.desc())
        .limit(MOST)
    )
    for row in db.session.execute(query):
        yield Happening(
            uid=f"activity-{row.id}",
            title=" – ".join(filter(None, (row.title, row.channel))),
            starts=row.day if row.at_guessed else row.at,
            stamp=row.first_seen_at,
            url=row.url,
            page=("activity", row.id),
        )
