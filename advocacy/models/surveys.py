"""Survey campaigns: who is asked, until when, and who marked them done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Kind
from advocacy.domain.days import Span
from advocacy.domain.period import day_of
from advocacy.domain.survey import Addressed, Asked, Campaign, Standing, asked_in
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Membership, Person

MOST = 100  #: surveys outside of campaigns that are listed


class SurveyCampaign(Base):
    """One survey that people are asked to answer by a day."""

    __tablename__ = "survey_campaign"
    __table_args__ = (sa.Index(None, "deadline", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    opens: Mapped[date]
    deadline: Mapped[date]
    addressed: Mapped[Addressed]
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]


class SurveyPerson(Base):
    """That a campaign names a person."""

    __tablename__ = "survey_person"

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_campaign.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class SurveyDone(Base):
    """That a person says they did it."""

    __tablename__ = "survey_done"

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_campaign.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    day: Mapped[date]
    proof: Mapped[str] = mapped_column(default="")  #: an address, if they like
    at: Mapped[datetime]
    read_in_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who read it in from the survey tool's list of responses; None: the person's own word."""


@dataclass(frozen=True, slots=True)
class Call:
    """A campaign as it stands for one person."""

    id: int
    title: str
    url: str
    minutes: int | None
    opens: date
    deadline: date
    done: date | None
    proof: str
    read_in: bool = False  #: marked by a list of responses, not by the person

    @property
    def campaign(self) -> Campaign:
        """Its days alone."""
        return Campaign(self.opens, self.deadline, self.done)

    def standing(self, today: date) -> Standing:
        """Where it stands for the person."""
        return self.campaign.standing(today)

    def days_left(self, today: date) -> int:
        """How many days there are until the deadline; 0 on the day itself, less when it has passed."""
        return (self.deadline - today).days


def add(one: SurveyCampaign, people: Sequence[int] = ()) -> SurveyCampaign:
    """Open a campaign; `people` are those it names, when it is addressed to people."""
    db.session.add(one)
    db.session.flush()
    for person_id in people:
        db.session.add(SurveyPerson(campaign_id=one.id, person_id=person_id))
    db.session.flush()
    return one


def asked_of(person: Person) -> list[Call]:
    """Every campaign addressed to a person, the next deadline first."""
    one, mine = SurveyCampaign, SurveyDone
    query = (
        sa.select(one.id, one.title, one.url, one.minutes, one.opens, one.deadline)
        .add_columns(mine.day, sa.func.coalesce(mine.proof, ""), mine.read_in_by.is_not(None))
        .outerjoin(mine, sa.and_(mine.campaign_id == one.id, mine.person_id == person.id))
        .where(_addressed(person), one.deadline >= day_of(person.created_at, person.zone))
        .order_by(one.deadline, one.id)
    )
    return [Call(*row) for row in db.session.execute(query)]


def _addressed(person: Person) -> sa.ColumnElement[bool]:
    """Who belongs to a team on any day of a campaign is asked with it."""
    one, there = SurveyCampaign, Membership
    named = sa.exists().where(SurveyPerson.campaign_id == one.id, SurveyPerson.person_id == person.id)
    belongs = sa.exists().where(
        there.team_id == one.team_id,
        there.person_id == person.id,
        there.since <= one.deadline,
        sa.or_(there.until.is_(None), there.until >= one.opens),
    )
    return sa.or_(one.addressed == Addressed.EVERYBODY, sa.and_(one.addressed == Addressed.TEAM, belongs), named)


def asked(person: Person, window: Span, active: Sequence[Span], today: date) -> Asked:
    """What was asked of a person between two days, as their board counts it."""
    return asked_in([one.campaign for one in asked_of(person)], window, active, today)


def due(person_id: int, now: datetime) -> list[Call]:
    """Campaigns that wait for the person's answer, the next deadline first; `days_left` says how long."""
    person = db.session.get_one(Person, person_id)
    today = day_of(now, person.zone)
    return [one for one in asked_of(person) if one.done is None and one.opens <= today <= one.deadline]


def one_of(campaign_id: int, person: Person) -> Call:
    """A campaign addressed to the person; raise Missing for any other."""
    found = next((one for one in asked_of(person) if one.id == campaign_id), None)
    if found is None:
        raise Missing("there is no such survey for you")
    return found


def mark(campaign_id: int, person_id: int, day: date, proof: str, now: datetime) -> None:
    """Keep that it was done; said again, it says what it says now."""
    one = db.session.get(SurveyDone, (campaign_id, person_id)) or SurveyDone(
        campaign_id=campaign_id, person_id=person_id
    )
    one.day, one.proof, one.at, one.read_in_by = day, proof, now, None
    db.session.add(one)
    db.session.flush()


def read_in(campaign_id: int, person_id: int, day: date, by: int, now: datetime) -> bool:
    """Keep what a list of responses says, unless the person said it themselves; whether it is new."""
    if db.session.get(SurveyDone, (campaign_id, person_id)) is not None:
        return False
    db.session.add(SurveyDone(campaign_id=campaign_id, person_id=person_id, day=day, at=now, read_in_by=by))
    db.session.flush()
    return True


def of_list(campaign_id: int, by: int, at: datetime) -> Sequence[int]:
    """Who was marked by the list that somebody read in at a moment."""
    one = SurveyDone
    return db.session.scalars(
        sa.select(one.person_id).where(one.campaign_id == campaign_id, one.read_in_by == by, one.at == at)
    ).all()


def unmark(campaign_id: int, person_id: int) -> None:
    """It was not done."""
    one = db.session.get(SurveyDone, (campaign_id, person_id))
    if one is not None:
        db.session.delete(one)
        db.session.flush()


def is_done_by_somebody(campaign_id: int) -> bool:
    """Whether anybody marked it done."""
    query = sa.select(SurveyDone.person_id).where(SurveyDone.campaign_id == campaign_id).limit(1)
    return db.session.scalar(query) is not None


def others_of(person_id: int) -> Sequence[Row]:
    """Surveys that the person did and no campaign asked for, the newest first: id, title, url, day."""
    one, mine = ActivityRow, ActivityPerson
    query = (
        sa.select(one.id, one.title, one.url, mine.day)
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, one.kind == Kind.SURVEY, one.ref.startswith("hand:"))
        .order_by(mine.at.desc(), one.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()
