"""What is known of a team's people and the trainings required of them: who was there, who gave it, who has a seat."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from advocacy.domain.matrix import Cell, Known, cell, green
from advocacy.domain.training import ClassState, Presence, Said, standing
from advocacy.models import leadership
from advocacy.models.base import Row, db
from advocacy.models.people import Team
from advocacy.models.trainings import required, seats
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import ClassTrainer


@dataclass(frozen=True, slots=True)
class Matrix:
    """A team's required trainings (columns) and people (rows, by name); cells by person and requirement."""

    team_id: int
    team: str
    trainings: Sequence[Row]
    people: dict[int, str]
    cells: dict[tuple[int, int], Cell]

    @property
    def done(self) -> int:
        """How many cells are green."""
        return green(self.cells.values())


def of(team_id: int, today: date) -> Matrix:
    """The whole matrix of a team as of a day."""
    wanted, people = required.of_team(team_id), leadership.members(team_id, today)
    known = _known({one.training_id for one in wanted}, people)
    cells = {
        (person_id, one.id): cell(known.get((person_id, one.training_id), Known()), one.due, one.months, today)
        for person_id in people
        for one in wanted
    }
    return Matrix(team_id, db.session.get_one(Team, team_id).name, wanted, people, cells)


def _known(training_ids: Collection[int], people: Collection[int]) -> dict[tuple[int, int], Known]:
    found = _attended(training_ids, people)
    for person_id, training_id, day in _gave(training_ids, people):
        one = found.get((person_id, training_id), Known())
        found[person_id, training_id] = replace(one, own=max(one.own or day, day))
    for (person_id, training_id), day in _seats(training_ids, people).items():
        one = found.get((person_id, training_id), Known())
        found[person_id, training_id] = replace(one, seat=day)
    return found


def _attended(training_ids: Collection[int], people: Collection[int]) -> dict[tuple[int, int], Known]:
    one, words = Attendance, dict[tuple[int, int, date], list[Said]]()
    query = (
        sa.select(one.person_id, Class.training_id, Class.id, Class.day, one.presence, one.by_id)
        .join(Class, Class.id == one.class_id)
        .where(Class.training_id.in_(training_ids), one.person_id.in_(people), one.taken_back_at.is_(None))
        .where(Class.state == ClassState.HELD, Class.day.is_not(None))
        .order_by(Class.day, Class.id, one.id)
    )
    for row in db.session.execute(query):
        said = Said(row.presence, row.by_id == row.person_id)
        words.setdefault((row.person_id, row.training_id, row.day), []).append(said)
    found: dict[tuple[int, int], Known] = {}
    for (person_id, training_id, day), some in words.items():
        held = standing(some)
        if held and held.presence is Presence.ATTENDED:
            before = found.get((person_id, training_id), Known())
            found[person_id, training_id] = replace(before, **{"own" if held.own else "noted": day})
    return found


def _gave(training_ids: Collection[int], people: Collection[int]) -> Sequence[Row]:
    """Who teaches it has had it."""
    one = ClassTrainer
    query = (
        sa.select(one.person_id, Class.training_id, sa.func.max(Class.day))
        .join(Class, Class.id == one.class_id)
        .where(Class.training_id.in_(training_ids), one.person_id.in_(people), one.own)
        .where(Class.state == ClassState.HELD, Class.day.is_not(None))
        .group_by(one.person_id, Class.training_id)
    )
    return db.session.execute(query).all()


def _seats(training_ids: Collection[int], people: Collection[int]) -> dict[tuple[int, int], date]:
    """The next day on which each has a seat."""
    query = sa.select(Class.id, Class.training_id, Class.day).where(
        Class.training_id.in_(training_ids), Class.state == ClassState.PLANNED, Class.day.is_not(None)
    )
    rows = db.session.execute(query.order_by(Class.day.desc(), Class.id)).all()
    sitting = seats.of_all([row.id for row in rows])
    return {
        (person_id, row.training_id): row.day
        for row in rows
        for person_id in sitting[row.id].seated
        if person_id in people
    }


def required_of(person_id: int, today: date) -> list[tuple[str, Row, Cell]]:
    """What is required of one person, the next due first: the team's name, the requirement, where they stand."""
    teams = leadership.teams_of(person_id, today)
    wanted = required.of_teams(teams) if teams else ()
    known = _known({one.training_id for one in wanted}, [person_id]) if wanted else {}
    return [
        (
            teams[one.team_id],
            one,
            cell(known.get((person_id, one.training_id), Known()), one.due, one.months, today),
        )
        for one in wanted
    ]
