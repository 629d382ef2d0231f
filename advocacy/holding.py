"""A class becomes held, or planned again: its requests, its giver's timeline and those of who was there follow."""

from datetime import datetime

from advocacy.domain.training import ClassState, Presence, RequestState
from advocacy.milestones import trainings as milestones
from advocacy.models.trainings import attendance, requests
from advocacy.models.trainings.classes import Class
from advocacy.rules import Rules


def become(one: Class, state: ClassState, *, by: int, now: datetime, rules: Rules) -> None:
    """Say that it was held, or is planned after all."""
    one.state = state
    for wish in requests.of_class(one.id):
        if state is ClassState.HELD and wish.state is RequestState.PLANNED:
            requests.become(wish, RequestState.HELD, "", by=by, now=now)
        elif state is ClassState.PLANNED and wish.state is RequestState.HELD:
            requests.take_back(wish, now)
    milestones.tell_class(one, now, rules)
    for who in attendance.of(one.id):
        if who.own and who.presence is Presence.ATTENDED:
            milestones.tell_attendance(one, who.person_id, now, rules)
