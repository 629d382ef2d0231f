"""Somebody says that they come to a class, or that it is somebody else's turn: seats, letters and timelines follow."""

from datetime import datetime

from advocacy import class_form
from advocacy.domain.training import ClassState, Presence
from advocacy.letters import invitations, sending
from advocacy.milestones import trainings as milestones
from advocacy.models.trainings import attendance, seats
from advocacy.models.trainings.classes import Class
from advocacy.rules import Rules


def say(one: Class, person_id: int, presence: Presence | None, now: datetime, rules: Rules) -> None:
    """A person's own word on themselves, None to take the last one back; who moves up is told."""
    one, before = seats.take_turns(one.id), seats.of(one.id).seated
    if presence is None:
        attendance.take_back(one.id, person_id, by=person_id, now=now)
    else:
        attendance.say(one.id, person_id, presence, by=person_id, now=now)
    milestones.tell_attendance(one, person_id, now, rules)
    tell_who_moved_up(one, (*before, person_id), now)


def tell_who_moved_up(one: Class, before: tuple[int, ...], now: datetime) -> None:
    """Write to those who have a seat now and had none; of a class that is over nobody is told."""
    if sending.is_set_up() and one.state is ClassState.PLANNED and not class_form.is_over(one, now):
        new = [person_id for person_id in seats.of(one.id).seated if person_id not in before]
        if one.capacity is not None and new:
            invitations.seat(one, new, now)
