"""Whether the rules judge a person's things: as they do for everybody, only as suggestions, or not at all."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.rulebook import Strength
from advocacy.models import audit, turns
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.words import Judging, Word


def not_automatic(people: Collection[int]) -> dict[int, Judging]:
    """Those of the people who chose otherwise, and what."""
    query = sa.select(Person.id, Person.judging).where(Person.id.in_(people), Person.judging != Judging.AUTOMATIC)
    return {row[0]: row[1] for row in db.session.execute(query)}


def leaves(judging: Judging, strength: Strength, word: Word | None) -> Strength | None:
    """What a person's choice leaves of a match: how sure it is, None when it is none for them.

    What they confirmed stands. Who is to be asked gets nothing that counts by itself.
    """
    if judging is Judging.AUTOMATIC or word is Word.CONFIRMED:
        return strength
    if judging is Judging.OFF:
        return None
    return Strength.LIKELY if strength is Strength.STRONG else strength


def choose(person: Person, judging: Judging, now: datetime) -> bool:
    """Write the choice down; False when it was so. That all is judged anew is for the caller to see to (`rejudge`)."""
    turns.take([person.id])
    if person.judging is judging:
        return False
    person.judging = judging
    audit.record("judging.chosen", now, actor=person.id, about=person.id, judging=judging.value)
    db.session.flush()
    return True
