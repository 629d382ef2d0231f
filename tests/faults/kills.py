"""An installation whose processes are killed, the blogs it reads, and what the witness saw of each kill."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import TypeVar

import sqlalchemy as sa

from advocacy import config, ladder, running
from advocacy.app import create_app
from advocacy.cli.database import to_newest
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs, ladder_import, roster, verdicts
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.ladders import Expectation
from advocacy.models.words import Word
from tests.fault_server import FaultServer, whole
from tests.faults.state import standing
from tests.faults.walker import pages

ROOT = Path(__file__).parents[2]
LEASE = 2  #: seconds: short, so that what a killed process held is free again while the next one starts
PATIENCE = 3.0  #: seconds until a process that did not get as far as its write is killed all the same
JOINED = datetime(2024, 1, 1, tzinfo=UTC)
ON_TOPIC = (
    "I compared OpenEBS with Ceph on Kubernetes, reading {reading}. My conclusion: choose by who operates it.",
    "A persistent volume on Kubernetes, step by step, reading {reading}.\n```\nkubectl describe pvc\n```\nThat is all.",
    "What I learned about the operator pattern this week, reading {reading}: reconcile, do not remember.",
)
OFF_TOPIC = "The tomatoes are ripe and the cat slept all day; reading {reading}."
Found = TypeVar("Found")


@dataclass(frozen=True)
class Size:
    """How much there is to read."""

    feeds: int
    items: int
    walkers: int
    posts: int


@dataclass
class Web:
    """Blogs and walked platforms that publish, edit and grow from one state to the next."""

    server: FaultServer
    size: Size

    def publishes(self, state: int) -> None:
        """Let every address show what it shows in this state."""
        for number in range(self.size.feeds):
            self.server.answers(f"/feed/{number}", _feed(number, self.size.items + 5 * state, state))
        for number in range(self.size.walkers):
            for end, body in pages(self.size.posts + 45 * state).items():
                self.server.plays[f"/walk/{number}{end}"] = whole(body)

    def feed(self, number: int) -> str:
        return self.server.url(f"/feed/{number}")

    def walk(self, number: int) -> str:
        return self.server.url(f"/walk/{number}")


def _feed(number: int, count: int, state: int) -> bytes:
    items = "".join(_item(number, n, state) for n in range(count))
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Blog {number}</title><link>https://blog{number}.example/</link>{items}<item></item></channel></rss>"
    ).encode()


def _item(number: int, n: int, state: int) -> str:
    """Every second item is edited in each state, a third has views, a quarter is off topic, authors take turns."""
    text = (OFF_TOPIC if n % 4 == 3 else ON_TOPIC[n % 3]).format(reading=(n + state) // 2)
    at = format_datetime(datetime(2025, 2, 1, 8, tzinfo=UTC) + timedelta(hours=7 * n, minutes=number))
    views = f'<media:community><media:statistics views="{10 * n + state}"/></media:community>' if n % 3 == 0 else ""
    return (
        f"<item><guid>https://blog{number}.example/{n}</guid><link>https://blog{number}.example/{n}</link>"
        f"<title>Number {n}</title><dc:creator>{('Asha Rao', 'Lena Fischer')[n % 2]}</dc:creator>"
        f"<pubDate>{at}</pubDate><description>{text}</description>{views}</item>"
    )


@dataclass
class Tally:
    """What the kills hit."""

    kills: int = 0
    inside: int = 0
    where: Counter[str] = field(default_factory=Counter)

    def add(self, open_writes: Mapping[str, str]) -> None:
        """One kill more; the transactions that had written and not ended, and what each wrote last."""
        self.kills += 1
        self.inside += bool(open_writes)
        self.where.update(open_writes.values())

    def __str__(self) -> str:
        places = ", ".join(f"{table} {number}" for table, number in self.where.most_common())
        return f"{self.kills} kills, {self.inside} inside a transaction ({places})"


class Installation:
    """One database with its settings, worked on by real processes and looked at from outside."""

    def __init__(self, folder: Path, database_url: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.database_url = folder, database_url
        self.log = folder / "log"
        self.environ = {
            "ADVOCACY_DATABASE_URL": database_url,
            "ADVOCACY_SECRET_KEY": secrets.token_hex(32),
            "ADVOCACY_DATA_DIR": str(folder / "var"),
            "ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8",
            "ADVOCACY_WORKER__LEASE_SECONDS": str(LEASE),
        }
        self.engine = sa.create_engine(database_url)
        self._witnesses = 0

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The app in this process, for what people do."""
        app = create_app(config.load(self.environ, self.folder))
        with app.app_context():
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()

    def furnish(self, web: Web) -> None:
        """Two people with the starter page: feeds are Asha's, every third also Lena's by author, walks are Lena's."""
        with self.opened():
            to_newest()
            page = ladder.text("starter.md").encode()
            ladder_import.apply(ladder_import.preview(page, "starter.md", running.in_force()), page, None, JOINED)
            people = [roster.add(f"{nick}@x.example", name, JOINED) for nick, name in NAMES]
            for person in people:
                roster.give_role(person.id, "starter", roster.EVER)
            asha, lena = (person.id for person in people)
            for number in range(web.size.feeds):
                shared = number % 3 == 0
                self._connects(asha, Platform.FEED, web.feed(number), "Asha Rao" if shared else "")
                if shared:
                    self._connects(lena, Platform.FEED, web.feed(number), "Lena Fischer")
            for number in range(web.size.walkers):
                self._connects(lena, Platform.YOUTUBE, web.walk(number), "")
            db.session.commit()

    def _connects(self, person_id: int, platform: Platform, address: str, author: str) -> None:
        connect.add(person_id, platform, address, author, by=person_id, now=JOINED)

    def people_act(self, state: int) -> None:
        """Somebody confirms an item and corrects a sentence, which asks for all evidence anew, and presses sync."""
        moment = JOINED + timedelta(days=state)
        with self.opened():
            sentence = sa.select(Expectation.id).where(Expectation.key == "advocacy")
            expectation = db.session.scalars(sa.select(Expectation.id).order_by(Expectation.key).limit(1)).one()
            item = db.session.execute(
                sa.select(ActivityRow.id, ActivityPerson.person_id)
                .join(ActivityPerson, ActivityPerson.activity_id == ActivityRow.id)
                .where(ActivityRow.url == "https://blog0.example/0")
            ).first()
            if item:
                word = Word.CONFIRMED if state % 2 else Word.REJECTED
                verdicts.decide(
                    person_id=item.person_id,
                    activity_id=item.id,
                    expectation_id=expectation,
                    word=word,
                    by=item.person_id,
                    now=moment,
                )
            one = db.session.scalars(sentence.limit(1)).first() or expectation
            rule, reading = (("advocacy", "plain"), (None, ""))[state % 2]
            ladder_import.correct(one, rule, reading, None, moment)
            jobs.ask(jobs.PULL, str(db.session.scalar(sa.select(sa.func.min(Subscription.id)))), {}, None, moment)
            db.session.execute(sa.update(Subscription).values(next_due=moment))
            db.session.commit()

    def start(self, *words: str, kill_at: int = 0, **more: str) -> "tuple[subprocess.Popen[bytes], Path]":
        """The program with its witness, who kills it after its `kill_at`th write; (process, what the witness saw)."""
        self._witnesses += 1
        seen = self.folder / f"witness-{self._witnesses}"
        seen.touch()
        own = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")}
        witness = {"CRASH_WITNESS": str(seen), "CRASH_AT": str(kill_at)}
        environ = {**own, "PYTHONPATH": str(ROOT), **self.environ, **more, **witness}
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.faults.child", *words]
            process = subprocess.Popen(command, cwd=self.folder, env=environ, stdout=log, stderr=log)
        return process, seen

    def run(self, *words: str) -> int:
        """The program to its end; its exit code."""
        process, _ = self.start(*words)
        return process.wait(300)

    def killed(self, words: tuple[str, ...], random: Random, tally: Tally) -> bool:
        """Kill the program at a random moment or after a random write; False when it had done its work before."""
        aimed = random.random() < 0.5
        process, seen = self.start(*words, kill_at=random.randint(1, 150) if aimed else 0)
        until(lambda: seen.stat().st_size > 0 or process.poll() is not None)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE if aimed else random.uniform(0, 0.8))
        process.kill()
        hit = process.wait() == -signal.SIGKILL
        if hit:
            tally.add(open_writes(seen.read_text()))
        seen.unlink()
        return hit

    def time_passes(self) -> None:
        """Every address is due, as it is once in an hour; leases stay what they are."""
        self._is_due(datetime.now(UTC))

    def postpone(self) -> None:
        """No address is due for a day."""
        self._is_due(datetime.now(UTC) + timedelta(days=1))

    def _is_due(self, moment: datetime) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.update(Subscription).values(next_due=moment))

    def finish(self) -> None:
        """Read all there is and do all that was asked, undisturbed, until nothing is held or open."""
        until(lambda: self.run("ingest", "run") == 0 and not standing(self.engine)["leases"], 300)
        if standing(self.engine)["open jobs"]:
            worker, _ = self.start("worker")
            try:
                until(lambda: not standing(self.engine)["open jobs"], 120)
            finally:
                worker.terminate()
                worker.wait(20)

    def close(self) -> None:
        self.engine.dispose()


NAMES = (("asha", "Asha Rao"), ("lena", "Lena Fischer"))
WAYS = (("ingest", "run"), ("worker",))


def open_writes(seen: str) -> dict[str, str]:
    """Connections whose transaction had written something and was neither committed nor rolled back → the table."""
    found: dict[str, str] = {}
    for line in seen.splitlines():
        connection, _, what = line.partition(" ")
        if what.startswith("wrote "):
            found[connection] = what.removeprefix("wrote ")
        else:
            found.pop(connection, None)
    return found


def batter(
    one: Installation, kills: int, random: Random, tally: Tally, told: Callable[[str], object] = lambda line: None
) -> None:
    """Kill so many processes at random moments of their work."""
    goal = tally.kills + kills
    while tally.kills < goal:
        one.time_passes()
        way = WAYS[random.randrange(len(WAYS))]
        if one.killed(way, random, tally):
            told(str(tally))


def until(true: Callable[[], Found], seconds: float = 60) -> Found:
    """Wait for something to be true."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found
