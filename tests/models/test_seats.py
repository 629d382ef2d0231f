"""Seats under a crowd: five for twenty who come at once, and who waits stands in a line."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask

from advocacy import attending
from advocacy.domain.training import ClassState, Presence
from advocacy.models import db, outbox, roster
from advocacy.models.outbox import Letter
from advocacy.models.trainings import classes, seats
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.rules import Rules
from advocacy.settings import Mail
from tests.cast import Cast
from tests.conftest import NOW

SEATS, CROWD = 5, 20


def planned(cast: Cast, capacity: int) -> int:
    one = Class(by_id=cast.lena.id, title="etcd", state=ClassState.PLANNED, capacity=capacity, created_at=NOW)
    one.day = NOW.date().replace(month=12)
    number = classes.add(one).id
    db.session.commit()
    return number


def crowd(count: int) -> list[int]:
    people = [roster.add(f"one{n}@tern.example", f"One {n}", NOW).id for n in range(count)]
    db.session.commit()
    return people


def test_twenty_at_once_for_five_seats_are_five_and_a_line_of_fifteen(app: Flask, cast: Cast, rules: Rules) -> None:
    class_id, people = planned(cast, SEATS), crowd(CROWD)

    def come(person_id: int) -> int:
        with app.app_context():
            attending.say(db.session.get_one(Class, class_id), person_id, Presence.GOING, NOW, rules)
            told = seats.of(class_id).place(person_id)
            db.session.commit()
            return told

    with ThreadPoolExecutor(CROWD) as threads:
        told = dict(zip(people, threads.map(come, people), strict=True))
    found = seats.of(class_id)
    assert (len(found.seated), len(found.waiting)) == (SEATS, CROWD - SEATS)
    order = db.session.scalars(sa.select(Attendance.person_id).order_by(Attendance.id)).all()
    assert (*found.seated, *found.waiting) == tuple(order)
    assert told == {person_id: found.place(person_id) for person_id in people}, "what each was told holds"


def test_who_leaves_lets_the_first_of_the_line_in_and_they_are_told_once(app: Flask, cast: Cast, rules: Rules) -> None:
    mail = Mail(url="file:///nowhere", sender="advocacy@tern.example")
    app.extensions["advocacy.settings"] = replace(app.extensions["advocacy.settings"], mail=mail)
    class_id, (first, second, third) = planned(cast, 1), crowd(3)
    one = db.session.get_one(Class, class_id)
    for person_id in (first, second, third):
        attending.say(one, person_id, Presence.GOING, NOW, rules)
    attending.say(one, first, Presence.ABSENT, NOW, rules)
    db.session.commit()
    assert (seats.of(class_id).seated, seats.of(class_id).waiting) == ((second,), (third,))
    letters = db.session.execute(sa.select(Letter.person_id, Letter.kind, Letter.subject)).all()
    assert [(one.person_id, one.kind, one.subject.partition(":")[0]) for one in letters] == [
        (second, outbox.CLASS, "You have a seat")
    ]


def test_seats_of_several_classes_are_told_apart(cast: Cast, rules: Rules) -> None:
    small, large, (first, second) = planned(cast, 1), planned(cast, 9), crowd(2)
    for class_id in (small, large):
        for person_id in (first, second):
            attending.say(db.session.get_one(Class, class_id), person_id, Presence.GOING, NOW, rules)
    db.session.commit()
    found = seats.of_all([small, large])
    assert [(one.seated, one.waiting) for one in found.values()] == [((first,), (second,)), ((first, second), ())]


def test_nobody_moves_up_in_a_class_that_was_held(app: Flask, cast: Cast, rules: Rules) -> None:
    mail = Mail(url="file:///nowhere", sender="advocacy@tern.example")
    app.extensions["advocacy.settings"] = replace(app.extensions["advocacy.settings"], mail=mail)
    class_id, (first, second) = planned(cast, 1), crowd(2)
    one = db.session.get_one(Class, class_id)
    for person_id in (first, second):
        attending.say(one, person_id, Presence.GOING, NOW, rules)
    one.state, one.day = ClassState.HELD, NOW.date()
    attending.say(one, first, Presence.ABSENT, NOW, rules)
    db.session.commit()
    assert db.session.scalars(sa.select(Letter.id)).all() == []
