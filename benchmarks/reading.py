"""What pages cost to read in a company of 5,000: their statements alone, and the whole answer of the app.

The statements of a page are noted while it is made and then asked again through SQLAlchemy's Core, so that what is
timed is always what the page really asks. Told is how long processors worked, here and in the database. Each person's
figure is the best of some looks, warm; percentiles are over people.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy.cli.group import group
from advocacy.models import logins
from advocacy.models.base import db
from advocacy.models.ladders import Expectation
from advocacy.models.people import Person
from advocacy.models.sqlite import reading
from benchmarks import company
from benchmarks.clock import worked
from benchmarks.databases import DATABASES, NOW, installed
from benchmarks.figure import Figure

SIZES, PEOPLE, VISITS = (100_000, 1_000_000), 5_000, 31 * 24
LOOKS, ROUNDS = 100, 3
QUERIES_MS, PAGE_MS, GROWTH = 20.0, 100.0, 2.5

PAGES = ("Home", "Expectation", "Sources", "progress")
LEADS_PAGES = {"Team": "/team", "Planner": "/trainings/planner", "Presenters": "/trainings/planner/kubernetes"}
FINDERS_PAGES = {
    "Speakers on a topic": "/speakers?q=kubernetes",
    "Speakers on two": "/speakers?q=kubernetes+etcd",
    "Speakers by words": "/speakers?q=kubernetes+%22notes+on%22",
    "Speakers narrowed": "/speakers?q=kubernetes&language=German&place=Berlin&willing=1&months=12",
}
"""A topic that two in seven works have; words that stand in every text; and filters on what profiles tell."""


@dataclass(frozen=True, slots=True)
class Look:
    """Milliseconds of one look at a page: its statements alone, and all of it."""

    queries: float
    page: float


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, and one sentence of the role page."""

    email: str
    token: str
    sentence: int


def figures(
    sizes: Sequence[int] = SIZES, people: int = PEOPLE, looks: int = LOOKS, visits: int = VISITS
) -> Iterator[Figure]:
    """p50 and p95 of queries and pages at each size, and how the queries grow from the first size to the last."""
    for name, server in DATABASES.items():
        with installed(server) as app:
            app.extensions["advocacy.clock"] = lambda: NOW
            with app.app_context():
                company.found(people, visits)
            yield from _of_sizes(app, name, sizes, looks)


def _of_sizes(app: Flask, name: str, sizes: Sequence[int], looks: int) -> Iterator[Figure]:
    there, first = 0, dict[str, float]()
    for size in sizes:
        with app.app_context():
            company.grow(size - there)
            visitors, leads, finders, engine = _visitors(looks), _leads(looks), _finders(looks), db.engine
        there, clock = size, worked(engine)
        who = {**dict.fromkeys(PAGES, visitors), **dict.fromkeys(LEADS_PAGES, leads)}
        for page, people in {**who, **dict.fromkeys(FINDERS_PAGES, finders)}.items():
            seen = [_look(app, engine, page, one, clock) for one in people]
            yield from _told(f"{page}, {_short(size)}, {name}", seen)
            slow = _share([one.queries for one in seen], 0.95)
            if first.setdefault(page, slow) and size != sizes[0]:
                growth = slow / first[page]
                yield Figure(f"{page}, {name}: growth", slow, "ms", first[page], growth, f"≤ {GROWTH}")


def _told(name: str, seen: Sequence[Look]) -> Iterator[Figure]:
    queries, pages = [one.queries for one in seen], [one.page for one in seen]
    for words, times, limit in (("queries", queries, QUERIES_MS), ("page", pages, PAGE_MS)):
        for share in (0.5, 0.95):
            value, aim = _share(times, share), f"< {limit:g} ms" if share > 0.5 else ""
            yield Figure(f"{name}: {words} p{share * 100:.0f}", value, "ms", limit, value / limit, aim)


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def _short(size: int) -> str:
    return f"{size // 1_000_000} M" if size >= 1_000_000 else f"{size / 1000:g} k"


def _visitors(looks: int) -> list[Visitor]:
    """Some of the people, chosen at random, signed in."""
    chance, rule = random.Random(8), Expectation.rule.is_not(None)
    sentences = db.session.scalars(sa.select(Expectation.id).where(rule).order_by(Expectation.id)).all()
    return _signed_in(chance.sample(company.staff(), looks), lambda: chance.choice(sentences))


def _leads(looks: int) -> list[Visitor]:
    """Some of those who lead a team, signed in."""
    return _signed_in(company.leads()[:looks], lambda: 0)


def _finders(looks: int) -> list[Visitor]:
    """Some of those who look for speakers, signed in."""
    return _signed_in(company.finders()[:looks], lambda: 0)


def _signed_in(chosen: Sequence[int], sentence: Callable[[], int]) -> list[Visitor]:
    people = db.session.execute(sa.select(Person.id, Person.email).where(Person.id.in_(chosen))).all()
    found = [Visitor(email, logins.begin(number, NOW), sentence()) for number, email in people]
    db.session.commit()
    return found


def _look(app: Flask, engine: sa.Engine, page: str, visitor: Visitor, clock: Callable[[], float]) -> Look:
    opened = _opened(app, page, visitor)
    opened()  # the first look of an hour is written down; it is not what is measured
    with _noted(engine) as said:
        opened()
    return Look(_best(lambda: _ask(engine, said), clock), _best(opened, clock))


def _opened(app: Flask, page: str, visitor: Visitor) -> Callable[[], None]:
    """What opens the page as that person."""
    if page == "progress":
        return lambda: _run(app, "progress", visitor.email, "--json")
    paths = (
        LEADS_PAGES
        | FINDERS_PAGES
        | {"Home": "/", "Sources": "/sources", "Expectation": f"/expectations/{visitor.sentence}"}
    )
    path = paths[page]
    client = app.test_client()
    client.set_cookie("advocacy", visitor.token)

    def get() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status}")

    return get


def _run(app: Flask, *words: str) -> None:
    with app.app_context():  # a command takes the context that is open, whosever it is
        result = app.test_cli_runner().invoke(group, words)
    if result.exit_code:
        raise RuntimeError(result.output) from result.exception


Said = list[tuple[Any, Any]]


@contextmanager
def _noted(engine: sa.Engine) -> Iterator[Said]:
    """The statements of the block, with their values."""
    said: Said = []

    def note(connection: object, clause: Any, many: Any, values: Any, options: object) -> None:
        said.append((clause, many or values))

    sa.event.listen(engine, "before_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_execute", note)


def _ask(engine: sa.Engine, said: Said) -> None:
    with reading(), engine.connect() as connection:
        for clause, values in said:
            connection.execute(clause, values).all()


def _best(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Milliseconds of the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append((clock() - start) * 1000)
    return min(times)
