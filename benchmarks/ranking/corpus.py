"""A corpus of what people published, and how it comes into an installation: as a pull would bring it.

All that is kept is confirmed and released to marketing, and everybody is listed: measured is the order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity
from advocacy.domain.profile import Told
from advocacy.models import facts, profile, roster, verdicts
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.fact import Owner
from advocacy.models.findable import fold
from advocacy.models.ladders import Expectation
from advocacy.models.release import apply
from advocacy.models.words import Visibility, Word
from benchmarks.databases import NOW
from ingest.prepare import Reader, prepare


@dataclass(frozen=True, slots=True)
class Post:
    """One thing published, and the names of those who did it."""

    authors: tuple[str, ...]
    activity: Activity


def store(app: Flask, posts: Sequence[Post]) -> dict[int, str]:
    """Keep all of it; the people's names by their numbers. Needs the app's context."""
    people = {name: _take_in(number, name) for number, name in enumerate(_names(posts))}
    for one in posts:
        readers = [Reader(Owner(None, people[name], "UTC")) for name in one.authors]
        _keep(app, one.activity, readers)
    for person_id in people.values():
        _say_yes(person_id)
    while fold.renew():
        db.session.commit()
    return {number: name for name, number in people.items()}


def _names(posts: Iterable[Post]) -> list[str]:
    return sorted({name for one in posts for name in one.authors})


def _take_in(number: int, name: str) -> int:
    person = roster.add(f"speaker{number}@example.org", name, NOW)
    roster.give_role(person.id, "starter", roster.EVER)
    profile.save(person, Told(name=name), NOW, listed=True)
    db.session.commit()
    return person.id


def _keep(app: Flask, activity: Activity, readers: Sequence[Reader]) -> None:
    page = prepare([replace(activity, authors=())], readers, app.extensions["advocacy.rules"], facts.settled)
    facts.keep(page.kept, NOW, page.judge)
    db.session.commit()


def _say_yes(person_id: int) -> None:
    """Confirm all that counts for something, and for the first expectation what counts for nothing by itself."""
    first = db.session.scalars(sa.select(Expectation.id).order_by(Expectation.id)).first()
    mine = sa.select(ActivityPerson.activity_id).where(ActivityPerson.person_id == person_id)
    numbers = db.session.scalars(mine.order_by(ActivityPerson.activity_id)).all()
    for number in numbers:
        here = Evidence.activity_id == number, Evidence.person_id == person_id
        counts = db.session.scalars(sa.select(Evidence.expectation_id).where(*here).distinct()).all()
        for one in counts or filter(None, [first]):
            said: dict[str, Any] = {"person_id": person_id, "activity_id": number, "expectation_id": one}
            verdicts.decide(**said, word=Word.CONFIRMED, by=person_id, now=NOW)
    apply.write(person_id, numbers, Visibility.MARKETING, None, NOW)
    apply.copy(person_id, numbers)
    db.session.commit()
