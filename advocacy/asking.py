"""The three questions after a class: who may answer, and that its giver is told of the answers, once."""

from datetime import datetime

from advocacy.domain.training import ClassState, Presence
from advocacy.letters import answers, sending
from advocacy.models.trainings import class_answers, trainers
from advocacy.models.trainings.attendance import Attendee
from advocacy.models.trainings.class_answers import FEWEST
from advocacy.models.trainings.classes import Class


def may_answer(one: Class, mine: Attendee) -> bool:
    """Who was there, or was to come and did not say that they were not: to answer is to say that one was there."""
    gives = any(who.person_id == mine.person_id and who.taken is not False for who in trainers.of(one.id))
    was_there = one.state is ClassState.HELD and mine.presence is not Presence.ABSENT
    return was_there and not one.noted and not gives


def tell_giver(one: Class, now: datetime) -> None:
    """From the fifth answer on there is something to read; nobody is told twice."""
    if one.feedback_told_at is None and class_answers.of(one.id).count >= FEWEST:
        one.feedback_told_at = now
        if one.by_id is not None and sending.is_set_up():
            answers.tell(one, one.by_id, now)
