"""A person's whole role page with where they stand on each sentence: the one reading behind Home and `progress`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage
from advocacy.domain.days import Span, without
from advocacy.domain.measure import Tally
from advocacy.domain.period import Period, day_of, quarter_of
from advocacy.domain.progress import Progress, Standing, of_released, progress
from advocacy.domain.survey import NOTHING_ASKED, Asked
from advocacy.models import roster, surveys, tallies
from advocacy.models.audience import Audience
from advocacy.models.base import Missing, Row, db
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.people import Person
from advocacy.models.reach import coverage_of
from advocacy.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the role page and the progress on it."""

    expectation_id: int
    key: str
    section: str
    section_title: str
    text: str
    rule: str | None
    reading: str
    progress: Progress
    reworded: bool
    tallies: Sequence[Tally] = field(compare=False)
    """The evidence behind it, in no order, of the widest stretch that a target looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A role page as its person stands on it in a period."""

    person: Person
    role_slug: str
    role_title: str
    period: Period
    today: date
    lines: tuple[Line, ...]
    coverage: Mapping[Platform, Coverage]
    earlier_roles: tuple[str, ...]


def default_period(person: Person, now: datetime) -> Period:
    """The quarter it is where the person lives."""
    return quarter_of(day_of(now, person.zone))


def board(
    person: Person,
    period: Period,
    now: datetime,
    rules: Rules,
    only: int | None = None,
    audience: Audience = Audience.OWNER,
) -> Board:
    """Read the page of the role held at the period's end; raise Missing when the person holds none.

    `only` leaves it at one expectation: the others' evidence is not fetched, and their lines are not there. For any
    other audience than its owner it rests on what was confirmed and released, and tells nothing of the sources.
    """
    today = day_of(now, person.zone)
    held = roster.roles_of([person.id]).get(person.id, [])
    if not held:
        raise Missing(f"{person.name} has no role yet; an admin gives one")
    role = roster.role_on(held, min(period.end, max(today, period.start))) or held[-1]
    page = db.session.get_one(RolePageRow, role.page_id)
    sentences = sentences_of([page.id], only)
    active = active_days(held, role, roster.away(person.id))
    standing = Standing(
        today=today,
        active=active,
        coverage=coverage_of(person.id, person.zone) if audience is Audience.OWNER else {},
        personas=rules.vocabulary.own_personas,
        asked=_asked(person, sentences, period, active, today) if audience is Audience.OWNER else NOTHING_ASKED,
    )
    span = period.window_widest(), period.end
    found = tallies.of([person.id], span, audience, only).get(person.id, {})
    lines = [line(s, found.get(s.id, ()), period, standing, rules) for s in sentences]
    if audience is not Audience.OWNER:
        lines = [replace(line, progress=of_released(line.progress)) for line in lines]
    return Board(
        person=person,
        role_slug=page.slug,
        role_title=page.title,
        period=period,
        today=today,
        lines=tuple(lines),
        coverage=standing.coverage,
        earlier_roles=_earlier(held, role, period),
    )


def _asked(person: Person, sentences: Iterable[Row], period: Period, active: Sequence[Span], today: date) -> Asked:
    """The survey campaigns of the period; no sentence about surveys, no question to the tables."""
    if not any(sentence.rule == "surveys" for sentence in sentences):
        return NOTHING_ASKED
    return surveys.asked(person, (period.start, period.end), active, today)


def line(sentence: Row, tallies: Sequence[Tally], period: Period, me: Standing, rules: Rules) -> Line:
    """One sentence as a person stands on it."""
    rule = rules.rulebook.rules.get(sentence.rule) if sentence.rule else None
    return Line(
        expectation_id=sentence.id,
        key=sentence.key,
        section=sentence.section,
        section_title=sentence.section_title,
        text=sentence.text,
        rule=rule.id if rule else None,
        reading=sentence.reading,
        progress=progress(rule, sentence.reading, tallies, period, me),
        reworded=not sentence.minor,
        tallies=tallies,
    )


def sentences_of(page_ids: Iterable[int], only: int | None = None) -> Sequence[Row]:
    """The sentences of role pages as they read today, in their order; `page_id` says whose."""
    said = Wording
    query = (
        sa.select(Expectation.id, Expectation.key, Expectation.rule, Expectation.reading)
        .add_columns(said.section, said.section_title, said.text, said.minor, RolePageRow.id.label("page_id"))
        .join(said, said.expectation_id == Expectation.id)
        .join(RolePageRow, RolePageRow.current_id == said.version_id)
        .where(RolePageRow.id.in_(list(page_ids)), Expectation.id == only if only else sa.true())
        .order_by(said.position)
    )
    return db.session.execute(query).all()


def active_days(held: Sequence[roster.Held], role: roster.Held, away: Sequence[Span]) -> tuple[Span, ...]:
    """The days judged by this page: every stretch it was held, less leave and on hold."""
    return without([(r.since, r.until or date.max) for r in held if r.page_id == role.page_id], away)


def _earlier(held: Iterable[roster.Held], role: roster.Held, period: Period) -> tuple[str, ...]:
    pages = [
        r.page_id
        for r in held
        if r.page_id != role.page_id and r.since <= period.end and (r.until or date.max) >= period.start
    ]
    return tuple(db.session.scalars(sa.select(RolePageRow.slug).where(RolePageRow.id.in_(pages)))) if pages else ()
