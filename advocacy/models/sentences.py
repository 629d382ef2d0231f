"""One sentence of a role page: how it reads now, and how the other levels say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Missing, db
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.people import RoleHeld


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in force with the role it belongs to and the rule it was recognised as."""

    expectation_id: int
    page_id: int
    role_title: str
    section_title: str
    text: str
    rule: str | None
    reading: str
    score: float
    reason: str
    corrected: bool
    minor: bool


def _query() -> sa.Select[Any]:
    one, said, page = Expectation, Wording, RolePageRow
    return (
        sa.select(one.id, page.id, page.title, said.section_title, said.text, one.rule, one.reading)
        .add_columns(one.score, one.reason, one.corrected_at.is_not(None), said.minor)
        .join(page, page.id == one.page_id)
        .join(said, sa.and_(said.expectation_id == one.id, said.version_id == page.current_id))
    )


def of_person(expectation_id: int, person_id: int) -> Sentence:
    """A sentence of a role that the person holds or held; raise Missing for any other."""
    held = sa.select(RoleHeld.page_id).where(RoleHeld.person_id == person_id)
    row = db.session.execute(_query().where(Expectation.id == expectation_id, Expectation.page_id.in_(held))).first()
    if row is None:
        raise Missing("this sentence is not on your role page")
    return Sentence(*row)


def by_key(key: str, person_id: int) -> int:
    """The number of a sentence of the person's roles, by its key as `advocacy progress` tells it; raise Missing."""
    held = sa.select(RoleHeld.page_id).where(RoleHeld.person_id == person_id)
    query = sa.select(Expectation.id).where(Expectation.key == key, Expectation.page_id.in_(held))
    found = db.session.scalar(query.order_by(Expectation.id.desc()).limit(1))
    if found is None:
        raise Missing(f"there is no sentence {key!r} on their role page: `advocacy progress --json` tells the ids")
    return found


def held_on(person_id: int, day: date) -> list[Sentence]:
    """All sentences of the role that the person held on a day, in the order of its page."""
    held = sa.select(RoleHeld.page_id).where(
        RoleHeld.person_id == person_id,
        RoleHeld.since <= day,
        sa.or_(RoleHeld.until.is_(None), RoleHeld.until >= day),
    )
    return _all(_query().where(RolePageRow.id.in_(held)).order_by(RolePageRow.id, Wording.position))


def of_roles(person_id: int) -> list[Sentence]:
    """All sentences of the roles that the person holds or held."""
    held = sa.select(RoleHeld.page_id).where(RoleHeld.person_id == person_id)
    return _all(_query().where(RolePageRow.id.in_(held)).order_by(RolePageRow.id, Wording.position))


def contrast(sentence: Sentence) -> list[Sentence]:
    """The same expectation as the other role pages word it."""
    if not sentence.rule:
        return []
    others = _query().where(Expectation.rule == sentence.rule, Expectation.page_id != sentence.page_id)
    return _all(others.order_by(RolePageRow.id, Wording.position))


def of_page(page_id: int) -> list[Sentence]:
    """All sentences of a role page in its order."""
    return _all(_query().where(RolePageRow.id == page_id).order_by(Wording.position))


def pages(person_id: int) -> Sequence[RolePageRow]:
    """The role pages there are, the person's own first."""
    held = sa.select(RoleHeld.page_id).where(RoleHeld.person_id == person_id, RoleHeld.until.is_(None))
    others = RolePageRow.id.not_in(held)
    return db.session.scalars(sa.select(RolePageRow).order_by(others, RolePageRow.title)).all()


def _all(query: sa.Select[Any]) -> list[Sentence]:
    return [Sentence(*row) for row in db.session.execute(query)]
