"""A few words of Asha's own on her evidence, so that the demo shows what confirming and rejecting look like."""

from datetime import datetime, timedelta

from advocacy.domain.rulebook import Strength
from advocacy.models import board, exhibits, verdicts
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.words import Word
from advocacy.rules import Rules

SETTLED = timedelta(days=7)
"""Newer evidence waits to be looked at."""


def have_a_word(person: Person, now: datetime, rules: Rules) -> None:
    """Confirm what has settled and is more than weak, reject the first thing that is weak; commit."""
    period = board.default_period(person, now)
    rejected = False
    for line in board.board(person, period, now, rules).lines:
        shown = exhibits.of(person.id, line.expectation_id, period.start, period.end)
        for exhibit in shown:
            if exhibit.strength is not Strength.WEAK and exhibit.at < now - SETTLED:
                _say(person, exhibit.activity_id, line.expectation_id, Word.CONFIRMED, now)
            elif exhibit.strength is Strength.WEAK and not rejected:
                rejected = True
                _say(person, exhibit.activity_id, line.expectation_id, Word.REJECTED, now, "only mentions it")
    db.session.commit()


def _say(person: Person, activity_id: int, expectation_id: int, word: Word, now: datetime, reason: str = "") -> None:
    verdicts.decide(
        person_id=person.id,
        activity_id=activity_id,
        expectation_id=expectation_id,
        word=word,
        by=person.id,
        now=now,
        reason=reason,
    )
