"""What people learned, taught and published on topics, as far as they released it; and how much they teach already."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.demand import Question
from advocacy.domain.presenters import Presenter, Receipt
from advocacy.domain.training import ClassState
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.findable.tables import FindableItem, FindableStale, FindableTopic, FindableWork
from advocacy.models.profile import Profile
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import ClassTrainer
from advocacy.models.words import Visibility

BACK = timedelta(days=730)  #: receipts that are older are not looked at
AHEAD = timedelta(days=60)  #: classes to come that are somebody's load
BEGINNING = 80  #: characters of a text that stand for a title
MOST = 2000  #: newest released pieces of everybody on one topic that are looked at
ACTS = {
    **dict.fromkeys((Kind.ARTICLE, Kind.ANSWER, Kind.TALK, Kind.POST, Kind.REPLY), "published"),
    Kind.TRAINING_GIVEN: "taught",
    Kind.LEARNING: "learned",
    Kind.TRAINING_ATTENDED: "learned",
}
"""What each kind shows of a topic, whatever it is evidence for."""


def pieces(person_ids: Collection[int], today: date) -> Sequence[Row]:
    """What these people released to their lead: for `by_topic` and `questions`."""
    return db.session.execute(_pieces(today).where(FindableTopic.person_id.in_(person_ids))).all() if person_ids else ()


def of_everybody(topic: str, today: date) -> dict[int, list[Receipt]]:
    """What anybody released to everybody on one topic, the newest MOST of it."""
    one = FindableTopic
    open_ones = _pieces(today).where(one.topic == topic, one.visibility.in_(SEES[Audience.EVERYBODY]))
    rows = db.session.execute(open_ones.order_by(one.day.desc(), one.work_id.desc()).limit(MOST)).all()
    return by_topic(rows).get(topic, {})


def _pieces(today: date) -> sa.Select[Any]:
    """Of whom something changed this minute nothing is told until it is made anew."""
    one = FindableTopic
    stale = sa.select(FindableStale.person_id)
    columns: tuple[Any, ...] = (one.topic, one.person_id, one.kind, one.day, one.work_id)
    return sa.select(*columns).where(one.day >= today - BACK, one.person_id.not_in(stale))


def by_topic(rows: Sequence[Row]) -> dict[str, dict[int, list[Receipt]]]:
    """Each work once for each topic and act, without its title."""
    found: dict[str, dict[int, list[Receipt]]] = {}
    for row in rows:
        if act := ACTS.get(row.kind):
            receipt = Receipt(row.day, "", "", act, row.work_id)
            found.setdefault(row.topic, {}).setdefault(row.person_id, []).append(receipt)
    return found


def titled(people: Sequence[Presenter]) -> list[Presenter]:
    """The same people with titles and addresses on the receipts that are shown."""
    told = _told((one.person_id, each.work_id) for one in people for each in one.best)

    def named(one: Presenter, each: Receipt) -> Receipt:
        row = told.get((one.person_id, each.work_id))
        return replace(each, title=row.title, url=row.url) if row else each

    return [replace(one, receipts=tuple(named(one, each) for each in one.receipts)) for one in people]


def _told(works: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Row]:
    work, item = FindableWork, FindableItem
    keys = sorted(set(works))
    heading = sa.case((item.title != "", item.title), else_=sa.func.substr(item.text, 1, BEGINNING))
    query = (
        sa.select(work.person_id, work.work_id, heading.label("title"), item.url)
        .join(item, item.id == work.item_id)
        .where(sa.tuple_(work.person_id, work.work_id).in_(keys))
    )
    return {(row.person_id, row.work_id): row for row in db.session.execute(query)} if keys else {}


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
    asked: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if row.kind is Kind.QUESTION and row.day >= since:
            asked.setdefault((row.person_id, row.work_id), []).append(row)
    told = _told(asked)
    found = {
        key[1]: Question(some[0].day, told[key].title, told[key].url, tuple(sorted({row.topic for row in some})))
        for key, some in asked.items()
        if key in told
    }
    return sorted(found.values(), key=lambda one: (-one.day.toordinal(), one.title))
