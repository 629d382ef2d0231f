"""A test's stage: an app with people, a fake platform, a clock that a test turns, and what the tables hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import connect, exhibits, roster, timeline, verdicts
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Base, db
from advocacy.models.exhibits import Exhibit
from advocacy.models.ladders import Expectation
from advocacy.models.people import Person
from advocacy.models.runs import Pull
from advocacy.models.words import Word
from advocacy.rules import Rules
from ingest.hands import Hands
from ingest.selection import Selection
from ingest.source import Source
from ingest.sweep import sweep
from tests.ingest.platform import Blogs

BLOG = "https://blog.example/feed"
FACTS = ("activity", "activity_person", "provenance", "metric_snapshot", "evidence", "verdict", "quarantine")
"""What a second run must not touch."""


@dataclass
class Scene:
    """Everything a test of the ingest speaks of."""

    app: Flask
    rules: Rules
    now: datetime
    blogs: Blogs = field(default_factory=Blogs)
    source: Source | None = None

    @property
    def platform(self) -> Platform:
        """What is read here."""
        return (self.source or self.blogs).platform

    @property
    def hands(self) -> Hands:
        return Hands(
            app=self.app,
            sources={self.platform: self.source or self.blogs},
            rules=self.rules,
            clock=lambda: self.now,
            threads=2,
        )

    def later(self, **by: float) -> None:
        """Turn the clock on."""
        self.now += timedelta(**by)

    def person(self, name: str, role: str = "starter", zone: str = "UTC") -> Person:
        person = roster.add(f"{name}@other.example", name.title(), self.now, zone=zone)
        roster.give_role(person.id, role, roster.EVER)
        db.session.commit()
        return person

    def connects(
        self, person: Person | int, address: str = BLOG, author: str = "", start_on: date | None = None
    ) -> Account:
        mine = person if isinstance(person, int) else person.id
        account = connect.add(mine, self.platform, address, author, by=mine, now=self.now, start_on=start_on)
        db.session.commit()
        return account

    def sweeps(self, selection: Selection | None = None) -> dict[str, Pull]:
        """Read everything there is; the pull of each address."""
        run_id = sweep(self.hands, selection or Selection(due_only=False))
        query = sa.select(Subscription.address, Pull).join(Pull, Pull.subscription_id == Subscription.id)
        pulls = {row[0]: row[1] for row in db.session.execute(query.where(Pull.run_id == run_id))}
        db.session.rollback()
        return pulls

    def subscription(self, address: str = BLOG) -> Subscription:
        db.session.rollback()
        return db.session.scalars(sa.select(Subscription).where(Subscription.address == address)).one()

    def elsewhere(self, act: Callable[[], object]) -> None:
        """Somebody else does it meanwhile, and commits."""
        with self.app.app_context():
            act()
            db.session.commit()

    def activity(self) -> int:
        """The one activity there is."""
        return db.session.scalars(sa.select(ActivityRow.id)).one()

    def unmeasured(self) -> int:
        """A sentence of the starter page that no rule was recognised in."""
        return db.session.scalars(sa.select(Expectation.id).where(Expectation.rule.is_(None)).limit(1)).one()

    def decides(self, person: Person | int, activity_id: int, expectation_id: int, word: Word | None) -> None:
        mine = person if isinstance(person, int) else person.id
        verdicts.decide(
            person_id=mine,
            activity_id=activity_id,
            expectation_id=expectation_id,
            word=word,
            by=mine,
            now=self.now,
        )
        db.session.commit()

    def exhibits(self, person: Person, expectation_id: int) -> list[Exhibit]:
        db.session.rollback()
        return exhibits.of(person.id, expectation_id, date(2020, 1, 1), date(2030, 1, 1))

    def items_of(self, person: Person) -> list[str]:
        """The titles of what the person has, by date."""
        db.session.rollback()
        return [item.title for item in timeline.recent(person.id, 1000)][::-1]

    @contextmanager
    def breaking(self, start: str) -> Iterator[None]:
        """Statements that begin so end in a fault of ours while the block lasts."""

        def fault(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if statement.startswith(start):
                raise RuntimeError(f"no {start} today")

        sa.event.listen(db.engine, "before_cursor_execute", fault)
        try:
            yield
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", fault)


def expectation(rule: str) -> int:
    """The sentence that was recognised as this rule."""
    return db.session.scalars(sa.select(Expectation.id).where(Expectation.rule == rule)).one()


def due(subscription: Subscription) -> datetime:
    """When the address is to be visited next."""
    assert subscription.next_due is not None
    return subscription.next_due


def rows(table: type[Base]) -> list[Any]:
    """All rows of a table, fresh, by their key."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(table).order_by(*sa.inspect(table).primary_key)))


def dump(*tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every row of these tables."""
    db.session.rollback()
    found = {
        name: [tuple(row) for row in db.session.execute(sa.select(Base.metadata.tables[name])).all()]
        for name in tables or FACTS
    }
    db.session.rollback()
    return {name: sorted(lines, key=repr) for name, lines in found.items()}


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is sent while the block lasts."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(" ".join(statement.split()))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def writes(sent: list[str], *tables: str) -> list[str]:
    """Those of the statements that write to the tables."""
    starts = tuple(f"{verb} {table} " for verb in ("INSERT INTO", "UPDATE", "DELETE FROM") for table in tables or FACTS)
    return [statement for statement in sent if statement.startswith(starts)]
