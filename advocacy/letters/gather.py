"""The weekly letter of one person, gathered from the tables."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from advocacy import display
from advocacy.domain.digest import Due, Gap, Line, Place, Week
from advocacy.domain.period import day_of
from advocacy.domain.progress import State
from advocacy.domain.proposal import ProposalState
from advocacy.models import needs, outbox, week
from advocacy.models.base import Missing
from advocacy.models.board import Board, board, default_period
from advocacy.models.needs import Needs
from advocacy.models.people import Person
from advocacy.rules import Rules
from advocacy.ways import things

FIRST = timedelta(days=7)  #: what the first letter looks back on
LONGEST = timedelta(days=31)  #: however long ago the last one was


def gather(person: Person, now: datetime, rules: Rules) -> Week:
    """What is known of the person now, against their last letter."""
    since = max(outbox.since(person.id, outbox.DIGEST) or now - FIRST, now - LONGEST)
    period, today = default_period(person, now), day_of(now, person.zone)
    new = week.arrived(person.id, since, now)
    wants = needs.of(person, period, now, since)
    mine = _board(person, now, rules)
    return Week(
        since=day_of(since, person.zone),
        today=today,
        period=period.label,
        new=sum(new.values()),
        before=sum(week.arrived(person.id, since - (now - since), since).values()),
        kinds=[display.plural(count, *display.KINDS[kind]) for kind, count in new.items()],
        lead=(len(wants.news), wants.news[0].expectation_id if wants.news else None),
        waiting=wants.waiting,
        waiting_new=week.waiting_new(person.id, period.start, period.end, today, since),
        offered=wants.offered,
        asked=wants.asked,
        to_confirm=len(wants.attended),
        invited=len(wants.invited) + len(wants.teaching),
        drafts=wants.drafts,
        approvals=wants.approvals,
        edited=(len(wants.edited), wants.edited[0].expectation_id if wants.edited else None),
        due=list(_due(person, wants, today)),
        gaps=list(_gaps(mine)) if mine else (),
        measured=sum(1 for line in mine.lines if line.rule) if mine else 0,
        things=list(_things(mine)) if mine else (),
    )


def _board(person: Person, now: datetime, rules: Rules) -> Board | None:
    try:
        return board(person, default_period(person, now), now, rules)
    except Missing:
        return None


def _due(person: Person, wants: Needs, today: date) -> Iterator[Due]:
    for call in wants.surveys:
        more = f"It takes about {display.plural(call.minutes, 'minute')}." if call.minutes else ""
        yield Due(call.title, call.deadline, "is due", more, Place.SURVEYS)
    for one in wants.proposals:
        if one.state is ProposalState.ACCEPTED:
            more = f"Was it given at {one.event}?"
            yield Due(one.title, one.starts, "was accepted for a day", more, Place.PROPOSAL, one.id)
        else:
            more = f"It is for {one.event}, and not submitted yet."
            yield Due(one.title, one.cfp_closes, "has a call for proposals that closes", more, Place.PROPOSAL, one.id)
    for one in wants.calls:
        more = "You watch the event, and proposed nothing to it yet."
        yield Due(one.name, one.cfp_closes, "has a call for proposals that closes", more, Place.EVENT, one.id)
    for one in week.classes_ahead(person.id, today):
        more = f"At {one.place}." if one.place else ""
        yield Due(one.title, one.day, "is a class that you give", more, Place.CLASS, one.id)


def _gaps(mine: Board) -> Iterator[Gap]:
    """What is not covered, but for what cannot be told."""
    for line in mine.lines:
        state = line.progress.state
        if line.rule and state in (State.GETTING_THERE, State.NO_EVIDENCE_YET) and line.progress.measures:
            one = display.headline(line.progress)
            figure = display.figure(one, mine.period)
            yield Gap(line.expectation_id, display.short(line.text), figure, max(one.need - one.count, 0))


def _things(mine: Board) -> Iterator[Line]:
    """Without what has a day: that is among what is due."""
    for thing in things(mine.lines, (), mine.today):
        place = Place.HOME if thing.expectation_id is None else Place.SENTENCE
        yield Line(thing.text, place, thing.expectation_id)
