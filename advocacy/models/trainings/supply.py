"""What people learned, taught and published on topics, as far as they released it; and how much they teach already."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.demand import Question
from advocacy.domain.presenters import Presenter, Receipt
from advocacy.domain.training import ClassState
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import SEES, Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.evidence import IS_PUBLIC, Evidence
from advocacy.models.generations import LIVE
from advocacy.models.profile import Profile
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import ClassTrainer
from advocacy.models.words import Visibility

BACK = timedelta(days=730)  #: receipts that are older are not looked at
AHEAD = timedelta(days=60)  #: classes to come that are somebody's load
BEGINNING = 80  #: characters of a text that stand for a title
MOST = 2000  #: newest released pieces of everybody that one topic is looked for in
ACTS = {
    **dict.fromkeys((Kind.ARTICLE, Kind.ANSWER, Kind.TALK, Kind.POST, Kind.REPLY), "published"),
    Kind.TRAINING_GIVEN: "taught",
    Kind.LEARNING: "learned",
    Kind.TRAINING_ATTENDED: "learned",
}
"""What each kind shows of a topic, whatever it is evidence for."""


def pieces(person_ids: Collection[int], today: date) -> Sequence[Row]:
    """What these people released to their lead: for `by_topic` and `questions`."""
    seen = Evidence
    mine = _pieces(today).where(seen.person_id.in_(person_ids), seen_by(Audience.LEAD))
    return db.session.execute(mine.distinct()).all() if person_ids else ()


def of_everybody(topic: str, today: date) -> dict[int, list[Receipt]]:
    """What anybody released to everybody on one topic, among the newest pieces there are."""
    seen = Evidence
    newest = (
        sa.select(seen.person_id, seen.work_id, seen.activity_id, seen.day, seen.facet)
        .where(seen.generation_id == LIVE.scalar_subquery(), sa.text(IS_PUBLIC), seen.day >= today - BACK)
        .order_by(seen.day.desc(), seen.id.desc())
        .limit(MOST)
        .subquery()
    )
    named = sa.cast(ActivityRow.tags, sa.Text).contains(f'"{topic}"', autoescape=True)
    rows = db.session.execute(_with_items(newest.c).where(named).distinct()).all()
    return by_topic(rows).get(topic, {})


def _pieces(today: date) -> sa.Select[Any]:
    seen = Evidence
    return _with_items(seen).where(seen.generation_id == LIVE.scalar_subquery(), seen.day >= today - BACK)


def _with_items(seen: Any) -> sa.Select[Any]:
    """Evidence with what its items are; of what was deleted nothing."""
    one = ActivityRow
    return (
        sa.select(seen.person_id, seen.work_id, seen.day, seen.facet)
        .add_columns(one.kind, _heading().label("title"), one.url, sa.cast(one.tags, sa.Text).label("tags"))
        .join(one, one.id == seen.activity_id)
        .where(one.deleted_at.is_(None))
    )


def _heading() -> sa.ColumnElement[str]:
    """The title, or how a text without one begins."""
    one = ActivityRow
    return sa.case((one.title != "", one.title), else_=sa.func.substr(one.text, 1, BEGINNING))


def by_topic(rows: Sequence[Row]) -> dict[str, dict[int, list[Receipt]]]:
    """Each work once for each topic and act; what is learned or taught names its own topic."""
    found: dict[str, dict[int, dict[tuple[int, str], Receipt]]] = {}
    for row in rows:
        for topic, act in _acts(row):
            receipt = Receipt(row.day, row.title, row.url, act)
            found.setdefault(topic, {}).setdefault(row.person_id, {}).setdefault((row.work_id, act), receipt)
    return {topic: {one: list(some.values()) for one, some in people.items()} for topic, people in found.items()}


def _acts(row: Row) -> list[tuple[str, str]]:
    act, _, topic = row.facet.partition("/")
    if act in ("learned", "taught") and topic:
        return [(topic, act)]
    act = ACTS.get(row.kind, "")
    return [(topic, act) for topic in _topics_of(row)] if act else []


def load(person_ids: Collection[int], today: date) -> dict[int, int]:
    """How many classes each gives in the time to come."""
    one = ClassTrainer
    query = (
        sa.select(one.person_id, sa.func.count())
        .join(Class, Class.id == one.class_id)
        .where(one.person_id.in_(person_ids), one.no_at.is_(None), Class.state == ClassState.PLANNED)
        .where(Class.day.between(today, today + AHEAD))
        .group_by(one.person_id)
    )
    rows: Sequence[Row] = db.session.execute(query).all()
    return {row[0]: row[1] for row in rows}


def willing(person_ids: Collection[int], team: Collection[int]) -> dict[int, bool]:
    """Whether they say that they like to teach: of one's own team what their lead may see, of others what all may."""
    one, found = Profile, dict[int, bool]()
    for row in db.session.execute(sa.select(one.person_id, one.told, one.seen_by).where(one.person_id.in_(person_ids))):
        audience = Audience.LEAD if row.person_id in team else Audience.EVERYBODY
        if row.seen_by.get("availability", Visibility.PRIVATE) in SEES[audience]:
            found[row.person_id] = bool(row.told.get("teaches"))
    return found


def presenters(
    receipts: Mapping[int, Sequence[Receipt]], names: Mapping[int, str], team: Collection[int], today: date
) -> list[Presenter]:
    """These people with what is known of them, their load and what they say, in the order of their names."""
    found = presenters_of(receipts, names)
    people = [one.person_id for one in found]
    busy, says = load(people, today), willing(people, team)
    return [replace(one, load=busy.get(one.person_id, 0), willing=says.get(one.person_id)) for one in found]


def presenters_of(receipts: Mapping[int, Sequence[Receipt]], names: Mapping[int, str]) -> list[Presenter]:
    """These people by their receipts alone."""
    found = [Presenter(one, names[one], tuple(receipts[one])) for one in names if one in receipts]
    return sorted(found, key=lambda one: (one.name.lower(), one.person_id))


def questions(rows: Iterable[Row], since: date) -> list[Question]:
    """The questions among these pieces, each once, the newest first."""
    asked = {row.work_id: row for row in rows if row.kind is Kind.QUESTION and row.day >= since}
    found = [Question(row.day, row.title, row.url, _topics_of(row)) for row in asked.values()]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.title))


def _topics_of(row: Row) -> tuple[str, ...]:
    return tuple(json.loads(row.tags or "{}").get("topics", ()))
