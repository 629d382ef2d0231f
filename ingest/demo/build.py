"""Builds the company: people through the models, their work through the real connectors, day by day up to now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files

from flask import Flask

from advocacy.cli.database import to_newest
from advocacy.domain.activity import Platform
from advocacy.domain.period import day_of, quarter_of
from advocacy.models import connect, ladder_import, roster
from advocacy.models.base import db
from advocacy.models.people import Absence, Person
from advocacy.remap import remap_now
from advocacy.rules import Rules
from ingest import looks
from ingest.demo import asks, conferences, speakers, talks, team, voice, weeks
from ingest.demo.company import COMPANY, ENGINEER, HALFWAY, LEAD, SENIOR, Handle, Member
from ingest.demo.stages import YEAR, Stage
from ingest.demo.words import have_a_word
from ingest.hands import Hands
from ingest.loopback.server import Platforms
from ingest.registry import build as sources
from ingest.selection import Selection
from ingest.source import Source
from ingest.sweep import sweep

OWN = files("ingest.demo") / "roles"
PAGES = {
    LEAD: files("advocacy") / "ladder" / "starter.md",
    SENIOR: OWN / "senior-engineer.md",
    ENGINEER: OWN / "engineer.md",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the company is built: the app, the world outside, today, and who is told how far it is."""

    app: Flask
    world: Platforms
    anchor: datetime
    tell: Callable[[int, int | None], None] = lambda done, total: None
    readers: dict[Platform, Source] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """The rules of the app."""
        rules: Rules = self.app.extensions["advocacy.rules"]
        return rules


def build(site: Site, stage: Stage) -> None:
    """Make the stage's company in the app's database."""
    with site.app.app_context():
        to_newest()
        populate(site, stage)


def populate(site: Site, stage: Stage) -> None:
    """Fill an empty database of the current schema; needs the app's context."""
    began = site.anchor - timedelta(days=stage.days)
    _import_pages(site, began)
    people = {member.first: _hire(member, site.anchor) for member in COMPANY}
    if stage.days:
        _connect(people, site.world.address, began)
    db.session.commit()
    moments = stage.moments(site.anchor)
    for done, moment in enumerate(moments):
        site.tell(done, len(moments))
        site.world.turn_to(moment)
        _read(site)
    if stage.days:
        have_a_word(people["asha"], site.anchor - timedelta(days=1), site.rules)
    if stage.days >= YEAR:
        weeks.live(people, site.anchor, site.rules)
        talks.live(people, site.anchor, site.rules)
        team.live(people, site.anchor, site.rules)
        voice.live(people, site.anchor, site.rules)
        conferences.live(people, site.anchor, site.rules)
        speakers.live(people, site.anchor)
        asks.live(people, site.anchor)
    if stage.untidy:
        _make_a_mess(site, people)
    remap_now(site.rules, lambda: site.anchor, lambda done, left: None)
    site.tell(len(moments), len(moments))


def _read(site: Site) -> None:
    """What a worker does in its rounds, on the day that the world outside plays: read everything, and look again."""
    if not site.readers:
        site.readers.update(sources(site.app.extensions["advocacy.settings"], site.world.now).ready)
    hands = Hands(app=site.app, sources=site.readers, rules=site.rules, clock=site.world.now)
    run_id = sweep(hands, Selection(due_only=False), asked_by="schedule")
    looks.look(hands, lambda: run_id)


def _import_pages(site: Site, now: datetime) -> None:
    for slug, page in PAGES.items():
        text = page.read_bytes()
        ladder_import.apply(ladder_import.preview(text, f"{slug}.md", site.rules), text, None, now)


def _hire(member: Member, anchor: datetime) -> Person:
    today = day_of(anchor, member.zone)
    first_day = max((days for _, days in member.roles), default=300)
    person = roster.add(member.email, member.name, anchor - timedelta(days=first_day), zone=member.zone, can=member.can)
    for slug, days in member.roles:
        roster.give_role(person.id, slug, _halfway(today) if days == HALFWAY else today - timedelta(days=days))
    if member.team:
        roster.join_team(person.id, member.team, today - timedelta(days=first_day), leads=member.leads)
    if member.away:
        since, until = (today - timedelta(days=days) for days in member.away)
        db.session.add(Absence(person_id=person.id, since=since, until=until))
    return person


def _halfway(today: date) -> date:
    start = quarter_of(today).start
    return start + (today - start) / 2


def _connect(people: dict[str, Person], address: str, now: datetime) -> None:
    for member in COMPANY:
        person = people[member.first]
        for handle in member.handles:
            by = people["adam"].id if member.refuses else person.id
            account = connect.add(person.id, Platform.FEED, _address(address, handle), handle.author, by=by, now=now)
            if member.refuses:
                connect.refuse(account.id, person.id, now)
        for one in member.presences:
            connect.add(person.id, one.platform, one.address, by=person.id, now=now)


def _address(address: str, handle: Handle) -> str:
    return f"{address}blogs/{handle.path}"


def _make_a_mess(site: Site, people: dict[str, Person]) -> None:
    """What a year of neglect looks like: a reworded page, a bomb, a paused blog, an account nobody answered for."""
    now, blogs = site.anchor, f"{site.world.address}blogs/"
    reworded = (
        PAGES[LEAD]
        .read_text("utf-8")
        .replace("about the company and about the product", "about our company and our product")
    )
    source = reworded.encode()
    ladder_import.apply(ladder_import.preview(source, f"{LEAD}.md", site.rules), source, people["adam"].id, now)
    connect.add(people["max"].id, Platform.FEED, f"{blogs}bomb/feed.xml", by=people["max"].id, now=now)
    connect.add(people["asha"].id, Platform.FEED, f"{blogs}nowhere/feed.xml", by=people["asha"].id, now=now)
    connect.add(people["nia"].id, Platform.FEED, f"{blogs}joon/feed.json", by=people["adam"].id, now=now)
    paused = connect.add(people["joon"].id, Platform.FEED, f"{blogs}til/", by=people["joon"].id, now=now)
    connect.pause(paused.id, people["joon"].id, now)
    db.session.commit()
    _read(site)
