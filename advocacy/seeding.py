"""The talk seeds of one person, by the vocabulary in force."""

from datetime import date

from advocacy.domain.days import months_on
from advocacy.domain.seeds import MONTHS, Seed, seeds, talked_about
from advocacy.models import seeds as grounds
from advocacy.running import in_force


def of(person_id: int, today: date) -> tuple[Seed, ...]:
    """Every topic without a talk on which the person answered somebody, those that are enough for a talk first."""
    talked = talked_about(grounds.talks(person_id), in_force().vocabulary)
    return seeds(grounds.pieces(person_id, months_on(today, -MONTHS)), talked)


def on(person_id: int, topic: str, today: date) -> Seed | None:
    """The seed on one topic, when it is enough for a talk."""
    return next((one for one in of(person_id, today) if one.topic == topic and one.is_enough), None)
