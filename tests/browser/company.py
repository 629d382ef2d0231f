"""The demo company of one test run: built once, its blogs on loopback, served with its worker by a child process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy import config, logbook, profile_file, recording
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.progress import State
from advocacy.domain.training import Presence
from advocacy.letters.rsvp import rsvp_address
from advocacy.letters.words import stop_address
from advocacy.logbook import Draft
from advocacy.models import (
    db,
    drafts,
    facts,
    feed_tokens,
    import_jobs,
    invitations,
    jobs,
    letter_wishes,
    logins,
    looks,
    numbers,
    offers,
    outbox,
    profile,
    roster,
    shortlists,
    timeline,
)
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience
from advocacy.models.board import Line, board, default_period
from advocacy.models.fact import Owner
from advocacy.models.feed_tokens import Opens
from advocacy.models.import_jobs import Handed
from advocacy.models.inbox import acts, waiting
from advocacy.models.learned import LearnedRule
from advocacy.models.outbox import Letter
from advocacy.models.people import Person
from advocacy.models.release import items, rules
from advocacy.models.release.caught import Wanted
from advocacy.models.surveys import SurveyCampaign
from advocacy.models.talks.events import Event
from advocacy.models.trainings import attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.words import Capability, Part, Visibility, Word, WorkState
from ingest.demo import ground
from ingest.demo.build import Site, build
from ingest.demo.company import ENGINEER
from ingest.demo.outside import outside
from ingest.demo.stages import STAGES
from ingest.demo.team import DRILL
from ingest.loopback.server import Answer, Ask, Platforms
from ingest.prepare import Reader, prepare
from tests.plans import Plans, plans_of

ROOT = Path(__file__).parents[2]
SEED = 7
PATIENCE = 60  #: seconds until the server must answer
SLOW = 1.0  #: seconds that a slow blog takes
SPEAKER = (
    """# Asha Kulkarni

- Company: Tern Data
- Topics: OpenEBS, Kubernetes storage, Chaos engineering.
- Residence: Pune, India
- Github: [asha](https://github.example/asha)
- Mastodon: @asha
- Shirt size: M

## Bio

Asha builds storage for Kubernetes.

وتكتب أيضًا بالعربية.

## Previous Talks

- Rejekts EU 2026 [Volumes that survive](https://slides.example/volumes)
- A meetup with a """
    + "W" * 90
    + """
"""
)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Company:
    """Where the company is served, and its tables."""

    url: str
    world: Platforms
    app: Flask
    _hired: int = field(default=0, init=False)
    _handed: int = field(default=0, init=False)
    _plans: dict[str, Plans] = field(default_factory=dict, init=False)
    _released: set[str] = field(default_factory=set, init=False)

    @property
    def blogs(self) -> str:
        """The address that its blogs stand below."""
        return f"{self.world.address}blogs/"

    @contextmanager
    def slow_blogs(self) -> Iterator[None]:
        """Let the blogs take their time, so that work can be seen while it is done."""
        prompt = self.world.handlers["blogs"]

        def late(ask: Ask) -> Answer:
            time.sleep(SLOW)
            return prompt(ask)

        self.world.handlers["blogs"] = late
        try:
            yield
        finally:
            self.world.handlers["blogs"] = prompt

    def login(self, first: str) -> str:
        """The token of a new login."""
        with self.app.app_context():
            token = logins.begin(self._id(first), now(), address="127.0.0.1", agent="Chromium")
            db.session.commit()
        return token

    def invitation(self, first: str) -> str:
        """The token of a set-up link."""
        with self.app.app_context():
            token = invitations.invite(self._id(first), now())
            db.session.commit()
        return token

    def hire(self, name: str) -> str:
        """Take in an engineer who has connected nothing; their first name, for the tests to sign in by."""
        self._hired += 1
        first = f"new{self._hired}"
        with self.app.app_context():
            person = roster.add(f"{first}@tern.example", f"{name} {self._hired}", now())
            roster.give_role(person.id, ENGINEER, roster.EVER)
            db.session.commit()
        return first

    def crew(self, team: str, people: int = 2) -> tuple[str, ...]:
        """Take in a lead and a team of their own; the first names, the lead's first."""
        names = tuple(self.hire(f"{team} {number}") for number in range(people + 1))
        with self.app.app_context():
            for number, first in enumerate(names):
                person = roster.by_email(f"{first}@tern.example")
                roster.join_team(person.id, team, roster.EVER, leads=number == 0)
                if number == 0:
                    roster.grant(person, Capability.LEAD, now())
            db.session.commit()
        return names

    def number(self, first: str) -> int:
        """The number of a person."""
        with self.app.app_context():
            return self._id(first)

    def drill(self) -> int:
        """The class of next week, with two seats and three who want one."""
        with self.app.app_context():
            return db.session.scalars(sa.select(Class.id).where(Class.title == DRILL)).one()

    def drill_month(self) -> str:
        """The month of that class."""
        with self.app.app_context():
            return f"{db.session.scalars(sa.select(Class.day).where(Class.title == DRILL)).one():%Y-%m}"

    def draft(self) -> int:
        """A draft of Joon's that Lena reads first."""
        with self.app.app_context():
            return db.session.scalars(
                sa.select(drafts.Draft.id).where(drafts.Draft.author_id == self._id("joon"))
            ).one()

    def survey(self) -> int:
        """The campaign that Mark opened."""
        with self.app.app_context():
            mine = SurveyCampaign.by_id == self._id("mark")
            return db.session.scalars(sa.select(SurveyCampaign.id).where(mine).order_by(SurveyCampaign.id)).first() or 0

    def rsvp(self, first: str) -> str:
        """Where somebody answers the invitation to the drill."""
        number = self.drill()
        with self.app.app_context():
            return f"/rsvp/{rsvp_address(number, self._id(first)).rpartition('/')[2]}"

    def letters(self, first: str, kind: str) -> list[Letter]:
        """What was written to somebody, the oldest first."""
        with self.app.app_context():
            query = sa.select(Letter).where(Letter.person_id == self._id(first), Letter.kind == kind)
            return list(db.session.scalars(query.order_by(Letter.id)))

    def line(self, first: str, *, measured: bool, empty: bool = False, waiting: bool = False) -> Line:
        """The first expectation of a person that stands like this in the current period."""
        with self.app.app_context():
            person = roster.by_email(f"{first}@tern.example")
            found = board(person, default_period(person, now()), now(), self.app.extensions["advocacy.rules"]).lines
        return next(line for line in found if _stands(line, measured, empty, waiting))

    def activity(self, first: str) -> int:
        """The newest item of a person."""
        with self.app.app_context():
            return timeline.recent(self._id(first), 1)[0].activity_id

    def work(self, first: str) -> int:
        """An answer in a thread of one's own, and a post with a long title that stands in three places; the post."""
        with self.app.app_context():
            person, rules = roster.by_email(f"{first}@tern.example"), self.app.extensions["advocacy.rules"]
            page = prepare(_work(now()), [Reader(Owner(None, person.id, person.zone))], rules)
            facts.keep(page.kept, now(), page.judge)
            db.session.commit()
            query = sa.select(ActivityRow.id).where(ActivityRow.ref.like("feed:https://long.example/%"))
            number = db.session.scalars(query).one()
            numbers.by_hand(person.id, number, "people in the room", 42, now().date(), now())
            db.session.commit()
            return number

    def address_of(self, query: str) -> str:
        """An address, by a question to the tables."""
        with self.app.app_context():
            return f"{db.session.scalar(sa.text(query))}"

    def planned(self, first: str) -> Plans:
        """A talk, a proposal, a class, a request and a survey of a person, and a class that they were said to be at."""
        if first not in self._plans:
            with self.app.app_context():
                person = roster.by_email(f"{first}@tern.example")
                self._plans[first] = made = plans_of(person, now())
                lena = db.session.get_one(Person, self._id("lena"))
                attendance.say(made.held, lena.id, Presence.ATTENDED, by=person.id, now=now())
                attendance.say(plans_of(lena, now()).held, person.id, Presence.ATTENDED, by=lena.id, now=now())
                db.session.commit()
        return self._plans[first]

    def event(self, name: str) -> int:
        """An event of the company's calendar."""
        with self.app.app_context():
            return db.session.scalars(sa.select(Event.id).where(Event.name == name, Event.owner_id.is_(None))).one()

    def shortlist(self, first: str, asked: str, others: Collection[str]) -> None:
        """Let somebody have chosen these people for a question, and nobody else for any."""
        with self.app.app_context():
            me = self._id(first)
            for words, people in shortlists.of(me).items():
                for person_id in people:
                    shortlists.drop(me, person_id, words)
            for other in others:
                shortlists.put(me, self._id(other), asked, now())
            db.session.commit()

    def busy_inbox(self, first: str) -> str:
        """The inbox of somebody whose confirmed post was edited, who keeps a rule, and is offered something."""
        number = self.work(first)
        with self.app.app_context():
            person, rules = roster.by_email(f"{first}@tern.example"), self.app.extensions["advocacy.rules"]
            waits = waiting.suggested(person.id, [number])[number]
            if waits:
                acts.say(person.id, acts.Deed.CONFIRMED, [(number, key, Word.CONFIRMED) for key in waits], now())
                acts.learn(LearnedRule(person_id=person.id, platform=Platform.DEV, acts=True, at=now()), now())
                other = self._id("lena")
                talk = recording.record(_talk(now()), {other: Part.AUTHOR}, now(), rules)
                offers.offer(talk, person.id, Part.CO_SPEAKER, "We gave it together", by=other, now=now())
            row = db.session.get_one(ActivityRow, number)
            row.text, row.content_hash = row.text.replace("For an SRE", "For every SRE"), b"another"
            db.session.commit()
            return f"/inbox?item={number}"

    def answer(self, first: str) -> int:
        """The answer that comes with the work."""
        self.work(first)
        with self.app.app_context():
            return db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref == "stackexchange:so/a/9")).one()

    def releases(self, first: str) -> str:
        """Let a person release articles by a rule and tell of themselves, and their lead have looked; their number."""
        with self.app.app_context():
            person = roster.by_email(f"{first}@tern.example")
            articles = Wanted(kinds=(Kind.ARTICLE,), platforms=(Platform.FEED,))
            opened = first not in self._released
            self._released.add(first)
            if opened:
                rules.make(person.id, articles, Visibility.MARKETING, now(), backwards=True)
                items.say(person.id, timeline.recent(person.id, 1)[0].activity_id, Visibility.PUBLIC, now())
                profile_file.take_in(person, SPEAKER, now())
                shown = profile.of(person)
                seen_by = {**dict.fromkeys(shown.seen_by, Visibility.PUBLIC), "bio": Visibility.LEAD}
                profile.save(person, replace(shown.told, speaks=True), now(), seen_by=seen_by, listed=True)
            number, lena = person.id, self._id("lena")
            db.session.commit()
            if opened:
                looks.note(lena, number, Audience.LEAD, "what was released of 2026-Q4", now())
            return f"{number}"

    def account(self, first: str) -> int:
        """Some account of a person."""
        with self.app.app_context():
            query = sa.select(Account.id).where(Account.person_id == self._id(first)).order_by(Account.id).limit(1)
            return db.session.scalars(query).one()

    def previewed(self, first: str, *, address: str, state: WorkState, result: dict[str, Any] | None = None) -> int:
        """A preview as the worker would have left it; an open one is leased, so that the worker leaves it alone."""
        with self.app.app_context():
            me = self._id(first)
            code = "advocacy-0123456789" if result and result.get("unproved") else ""
            sight = jobs.Sight(platform=Platform.REDDIT if code else Platform.FEED, address=address, code=code)
            payload = {**sight.payload, **({"result": result} if result else {})}
            job = jobs.ask(jobs.PREVIEW, f"{me} {address} ", payload, me, now() - timedelta(minutes=1))
            job.state, job.lease_until = state, now() + timedelta(hours=1)
            job.line, job.done, job.total = "reading the feed", 3, 10
            db.session.commit()
            return job.id

    def handed_in(self, first: str, *, state: WorkState, result: dict[str, Any] | None = None) -> int:
        """An archive that was handed in, as the worker would have left it."""
        with self.app.app_context():
            self._handed += 1
            handed = Handed(
                kind="x-archive", file=f"{self._handed:032x}", name=f"twitter-2026-11-{self._handed:02}.zip"
            )
            job, _ = import_jobs.look(handed, self._id(first), now() - timedelta(minutes=1))
            job.state, job.lease_until, job.line = state, now() + timedelta(hours=1), "300 rows read …"
            job.payload = {**job.payload, **({"result": result} if result else {})}
            db.session.commit()
            return job.id

    def logged(self, first: str, **said: str) -> int:
        """An entry of somebody's log, with a tally beside it: help given, a decision, or a post."""
        with self.app.app_context():
            person, rules = roster.by_email(f"{first}@tern.example"), self.app.extensions["advocacy.rules"]
            helped = {"place": "#kubernetes-users", "about": "Mayastor", "count": "3"}
            tally = logbook.tally(helped, None, person, now(), rules)
            kind = LogKind.DECISION if "verdict" in said else LogKind.POST
            entry = logbook.save(Draft(kind=kind, said=said), person, now(), rules) if said else tally
            if "url" in said:
                jobs.ask_unfurl(entry.id, said["url"], person.id, now())
                job = jobs.last(jobs.UNFURL, str(entry.id))
                assert job is not None
                job.state, job.line = WorkState.DONE, "The link is saved, but there is no host: add it by hand."
            db.session.commit()
            return entry.id

    def lettered(self, first: str) -> int:
        """Letters of somebody who wants them: one that went, one that did not, a silent week; and two addresses."""
        with self.app.app_context():
            person, at = roster.by_email(f"{first}@tern.example"), now()
            text = f"Your week: 2 new\n\nNew\n---\n- “كيف بدأت” and {'W' * 120}\n  {self.url}/timeline\n"
            words = {"subject": "Your week: 2 new, “كيف بدأت”", "text": text, "html": "<p>2 new</p>"}
            keys = [f"2026-W4{n}" for n in (5, 6, 7)]
            went, refused, waits = (outbox.put(person.id, outbox.DIGEST, key, words, at) or 0 for key in keys)
            outbox.put(person.id, outbox.DIGEST, "2026-W44", None, at)
            db.session.commit()
            for number in (went, refused, waits):
                outbox.claim(number, at)
            outbox.went(went, at)
            outbox.failed(refused, "the mail server said 550 no such person")
            outbox.again(waits, 1, f"mail.example cannot be reached: {'x' * 90}", at)
            letter_wishes.say(person.id, 4, 16, at)
            for opens, name in ((Opens.ACTIVITY, "قارئ على هاتفي"), (Opens.PLANS, "W" * 80)):
                feed_tokens.make(person.id, opens, name, at)
            db.session.commit()
            return went

    def stop_letters(self, first: str) -> str:
        """Where somebody stops the letters without signing in."""
        with self.app.app_context():
            return f"/letters/stop/{stop_address(self._id(first), outbox.DIGEST).rpartition('/')[2]}"

    def _id(self, first: str) -> int:
        return roster.by_email(f"{first}@tern.example").id


def _talk(at: datetime) -> Activity:
    return Activity(ref="hand:offered", kind=Kind.TALK, platform=Platform.MANUAL, at=at, title="كيف بدأت", text="")


def _work(at: datetime) -> list[Activity]:
    """The same in three places, and an answer."""
    title, url = f"كيف بدأت مع OpenEBS on Kubernetes {'W' * 120}", "https://long.example/كيف"
    text = "For an SRE: OpenEBS on Kubernetes.\n```\nkubectl get pvc --all-namespaces" + " --and-more" * 40 + "\n```\n"
    post = Activity(
        ref=f"feed:{url}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=at - timedelta(hours=5),
        text=text * 20,
        title=title,
        url=url,
        channel="long.example",
        metrics={"views": 7, "reply_count": 1},
    )
    tweet = replace(
        post, ref="x:9", kind=Kind.POST, platform=Platform.X, title="", url="https://x.com/i/9", shares=(url,)
    )
    thread = Thread(key="q", role=ThreadRole.ANSWERED, accepted=True, rank=2)
    answer = replace(post, ref="stackexchange:so/a/9", kind=Kind.ANSWER, platform=Platform.STACKEXCHANGE, thread=thread)
    return [post, replace(tweet, text=text), replace(tweet, ref="dev:9", platform=Platform.DEV, text=text), answer]


def _stands(line: Line, measured: bool, empty: bool, waiting: bool) -> bool:
    if bool(line.rule) is not measured:
        return False
    if waiting:
        return bool(line.progress.waiting)
    nothing = line.progress.state in (State.NO_EVIDENCE_YET, State.CANT_TELL) and not line.progress.waiting
    return not measured or (nothing if empty else bool(line.progress.newest))


@contextmanager
def served(folder: Path) -> Iterator[Company]:
    """Build the company of a year in the folder and serve it until the end of the block."""
    mark = ground.clear(folder, "year", SEED)
    with Platforms({}) as world:
        world.handlers.update(outside(mark.moment, SEED, world.address))
        environ = ground.environ(folder, "127.0.0.1", _free_port(), world.address)
        environ["ADVOCACY_MAIL__URL"] = f"file://{folder / 'letters'}"
        app = create_app(config.load(environ, folder))
        build(Site(app=app, world=world, anchor=mark.moment), STAGES[mark.stage])
        world.run_free()
        with _child(environ) as url:
            yield Company(url, world, app)
    with app.app_context():
        db.engine.dispose()


@contextmanager
def _child(environ: dict[str, str]) -> Iterator[str]:
    """`advocacy serve` with these settings and none of the tester's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")}
    command = [sys.executable, "-m", "advocacy", "serve"]
    port = int(environ["ADVOCACY_SERVER__PORT"])
    with (Path(environ["ADVOCACY_DATA_DIR"]) / "serve.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=kept | environ, stdout=log, stderr=log)
        try:
            _await(port, running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(PATIENCE)


def _await(port: int, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
        except OSError:  # nobody serves yet
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"the server did not come up; it ended with {running.poll()}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
    return port
