"""A simulated year lived through: the real worker's hands on the loopback platforms, with kills in between."""

import itertools
import logging
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy import ladder, rules
from advocacy.domain.activity import Platform
from advocacy.models import connect, roster
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.remap import remap_now
from ingest import looks
from ingest.chores import Rota
from ingest.hands import Hands, hands_of
from ingest.loopback.server import Platforms
from ingest.loopback.simulation import Year
from ingest.loopback.simulation_words import LATER
from ingest.selection import Selection
from ingest.sweep import sweep

KILLED = 0.04  #: of all visits
STATEMENTS = ("INSERT INTO activity ", "UPDATE subscription", "INSERT INTO metric_snapshot", "UPDATE pull")


class Killed(RuntimeError):
    """The process died: from then on not a word of it reaches the database."""


@dataclass
class Life:
    """The installation in which the year is lived."""

    app: Flask
    year: Year
    platforms: Platforms
    folder: Path
    now: datetime = field(init=False)
    visits: list[datetime] = field(default_factory=list)
    kills: int = 0

    def __post_init__(self) -> None:
        self.now = self.year.since
        self.app.extensions["advocacy.clock"] = lambda: self.now
        self._dice = random.Random(11)
        self._rota = Rota()
        self._people: dict[str, int] = {}
        self._has_new_words = False

    def begin(self) -> None:
        """Everybody comes and connects what they have."""
        for person in self.year.people:
            made = roster.add(f"{person.name}@outside.example", person.name.title(), self.now)
            roster.give_role(made.id, "starter", roster.EVER)
            self._people[person.name] = made.id
            for platform, handle in person.handles:
                account = self._connect(made.id, platform, handle)
                account.ignore_words = list(person.ignores)
                account.start_on = person.start_at.date() if person.start_at else None
        self._connect(self._people["fay"], *self.year.nobody)
        db.session.commit()
        self._hands = hands_of(self.app)

    def live(self) -> None:
        """From the first visit to the last."""
        for moment in self.year.visits():
            self._turn_to(moment)
            self._happen()
            if self._dice.random() < KILLED:
                self._visit_and_die()
                self._turn_to(moment + timedelta(minutes=20))
            self._visit()
            self.visits.append(moment)

    def _connect(self, person_id: int, platform: Platform, handle: str) -> Account:
        return connect.add(person_id, platform, self.address(platform, handle), by=person_id, now=self.now)

    def address(self, platform: Platform, handle: str) -> str:
        """As a person connects it."""
        if platform is Platform.FEED:
            return f"{self.platforms.address}feed/{handle}/feed.xml"
        if platform is Platform.STACKEXCHANGE:
            site, _, number = handle.partition("/")
            return f"https://{site}/users/{number}"
        return handle

    def _turn_to(self, moment: datetime) -> None:
        self.now = moment
        self.year.turn_to(moment)
        self.platforms.turn_to(moment)

    def _happen(self) -> None:
        """What people do of themselves in the meantime."""
        for person in self.year.people:
            if person.leaves_at is not None and person.leaves_at <= self.now and person.name in self._people:
                self._leave(self._people.pop(person.name))
        if self.now >= self.year.new_words_at and not self._has_new_words:
            self._has_new_words = True
            self._learn_words()

    def _leave(self, person_id: int) -> None:
        query = sa.select(Account.id).where(Account.person_id == person_id)
        for account_id in db.session.scalars(query).all():
            connect.forget(account_id, person_id, self.now)
        db.session.commit()

    def _learn_words(self) -> None:
        """The organisation gives the project its place in the vocabulary, and everything is derived anew."""
        file = self.folder / "vocabulary.toml"
        line = f'[components]\n{LATER} = {{ name = "{LATER.title()}" }}'
        file.write_text(ladder.text("vocabulary.toml").replace("[components]", line, 1), "utf-8")
        settings = self.app.extensions["advocacy.settings"]
        settings = replace(settings, rules=replace(settings.rules, vocabulary=file))
        self.app.extensions["advocacy.settings"] = settings
        self.app.extensions["advocacy.rules"] = rules.load(settings)
        self._hands = replace(self._hands, rules=self.app.extensions["advocacy.rules"])
        remap_now(self._hands.rules, lambda: self.now, lambda done, left: None)

    def _visit(self) -> None:
        """Everything that a worker does in its rounds: read what is due, look again, forget."""
        hands = self.hands
        run_id = sweep(hands, Selection(), asked_by="worker")
        looks.look(hands, lambda: run_id, patient=True)
        self._rota.tick(self.now)
        db.session.remove()

    def _visit_and_die(self) -> None:
        with dies_at(self._dice.choice(STATEMENTS), self._dice.randint(1, 6)):
            try:
                self._visit()
            except Killed:
                self.kills += 1
        db.session.remove()

    @property
    def hands(self) -> Hands:
        """What a sweep works with, at this moment."""
        return replace(self._hands, clock=lambda: self.now, threads=2)

    def person(self, name: str) -> Person:
        """Somebody, by their first name."""
        return roster.by_email(f"{name}@outside.example")


@contextmanager
def dies_at(start: str, number: int) -> Iterator[None]:
    """Whoever sends so many statements that begin so dies at the last of them, and everything with it."""
    left = itertools.count(number, -1)
    dead = threading.Event()

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if dead.is_set() or (statement.startswith(start) and next(left) == 1):
            dead.set()
            raise Killed(start)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        sa.event.remove(db.engine, "before_cursor_execute", count)
