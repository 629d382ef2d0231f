"""A simulated year: ten people on X, Reddit, two sites of Stack Exchange and their blogs, and all that can go wrong.

The same seed makes the same year. What must be known of it in the end is told by `simulation_truth`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.loopback import simulation_blog, simulation_reddit, simulation_stackexchange, simulation_x
from ingest.loopback.platforms import PLAN_REFUSES
from ingest.loopback.simulation_faults import WHOLE, Calendar, Spell, outages
from ingest.loopback.simulation_script import Script
from ingest.loopback.simulation_words import SECRET
from ingest.loopback.world import Member, Outage, World

SINCE = datetime(2025, 10, 1, tzinfo=UTC)
JOINED = datetime(2019, 1, 1, tzinfo=UTC)
SITES = ("stackoverflow.com", "serverfault.com")
NAMES = ("asha", "bela", "chidi", "dana", "emil", "fay", "goro", "hana", "ivan", "juno")
VISITS = (timedelta(hours=5, minutes=30), timedelta(hours=17, minutes=30))
MANY = 24  #: posts of each person in the days in which everybody posts too much


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody of the company: handles by platform, what they ask for, and when they take their consent back."""

    name: str
    handles: list[tuple[Platform, str]] = field(default_factory=list)
    start_at: datetime | None = None  #: a midnight: nothing from before that day
    ignores: tuple[str, ...] = ()
    leaves_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Year:
    """The world, who is read in it, and what goes wrong when."""

    world: World
    since: datetime
    until: datetime
    people: tuple[Person, ...]
    spells: tuple[Spell, ...]
    down: tuple[datetime, datetime]  #: our own worker stands still
    plan: Outage  #: X refuses what it allowed before
    new_words_at: datetime
    lean: tuple[datetime, datetime]  #: from when on the month's money may be used up, and when the next month begins
    nobody: tuple[Platform, str]  #: a handle that never existed
    hours: tuple[timedelta, ...]  #: of each day, at which the worker looks

    def turn_to(self, now: datetime) -> None:
        """Let profiles be hidden and suspended as at that moment."""
        for spell in self.spells:
            spell.turn_to(now)

    def visits(self) -> Iterator[datetime]:
        """When the worker looks at everything that is due, unless it stands still."""
        day = self.since
        while day < self.until:
            yield from (day + hour for hour in self.hours if not self.down[0] <= day + hour < self.down[1])
            day += timedelta(days=1)
        yield self.until


def simulate(seed: int = 1, days: int = WHOLE, hours: tuple[timedelta, ...] = VISITS) -> Year:
    """Play a year, or a part of one with everything in it, looked at at these hours of each day."""
    world, calendar = World(), Calendar(SINCE, days)
    until = SINCE + timedelta(days=days)
    script = Script(world, seed, SINCE, until)
    people = tuple(Person(name=name) for name in NAMES)
    for number, person in enumerate(people):
        _join(world, person, number)
    spells = _spells(world, calendar)
    plan = Outage(platform=Platform.X, **_named(calendar.span(95, 21)), status=PLAN_REFUSES)
    down = calendar.span(140, 7)
    busy = [down, (plan.since, plan.until), *((spell.since, spell.until) for spell in spells[1:])]
    world.outages = [plan, *outages(calendar, script.dice, busy)]
    suspended = spells[1]
    script.silences[Platform.X, suspended.member.handle] = (suspended.since, suspended.until)
    lean = _lean(calendar)
    for person in people:
        _live(script, person)
        simulation_x.gush(script, f"{person.name}_k", lean[0], MANY)
    script.play()
    _wishes(world, people, calendar)
    nobody = (Platform.X, "fay_never_was")
    return Year(
        world=world,
        since=SINCE,
        until=until,
        people=people,
        spells=spells,
        down=down,
        plan=plan,
        new_words_at=calendar.day(200),
        lean=lean,
        nobody=nobody,
        hours=hours,
    )


def _lean(calendar: Calendar) -> tuple[datetime, datetime]:
    begin = calendar.day(290)
    return begin, (begin.replace(day=1) + timedelta(days=32)).replace(day=1)


def _named(span: tuple[datetime, datetime]) -> dict[str, datetime]:
    return {"since": span[0], "until": span[1]}


def _join(world: World, person: Person, number: int) -> None:
    """A handle on every platform; Stack Exchange twice."""
    sites = [f"{site}/{22_000 + number}" for site in SITES]
    handles = [(Platform.X, f"{person.name}_k"), (Platform.REDDIT, f"{person.name}_on_disk")]
    handles += [(Platform.STACKEXCHANGE, handle) for handle in sites]
    handles.append((Platform.FEED, person.name))
    for platform, handle in handles:
        world.joins(platform, handle, JOINED, name=person.name.title())
    person.handles = handles


def _spells(world: World, calendar: Calendar) -> tuple[Spell, ...]:
    return (
        Spell(_member(world, Platform.REDDIT, "bela_on_disk"), "hidden_from", *calendar.span(20, 60)),
        Spell(_member(world, Platform.X, "chidi_k"), "suspended_from", *calendar.span(170, 21)),
    )


def _member(world: World, platform: Platform, handle: str) -> Member:
    return world.members[platform, handle]


def _live(script: Script, person: Person) -> None:
    """Everybody does everything; Goro answers more, Hana discusses more."""
    much = {"goro": (2.0, 6.0)}.get(person.name, (6.0, 18.0))
    simulation_x.tweet(script, f"{person.name}_k")
    simulation_reddit.discuss(script, f"{person.name}_on_disk", (1.0, 4.0) if person.name == "hana" else (2.0, 7.0))
    for platform, handle in person.handles:
        if platform is Platform.STACKEXCHANGE:
            simulation_stackexchange.answer(script, handle, much)
    simulation_blog.write(script, person.name, f"{person.name}_k", f"{person.name}_on_disk")


def _wishes(world: World, people: tuple[Person, ...], calendar: Calendar) -> None:
    """Dana leaves in June, Emil keeps a name to himself, Juno wants nothing told from before a day."""
    by_name = {person.name: person for person in people}
    by_name["dana"].leaves_at = calendar.day(257) + timedelta(hours=12)
    by_name["emil"].ignores = (SECRET,)
    by_name["juno"].start_at = calendar.day(230)
    theirs = [message for message in world.messages.values() if message.author.startswith("emil")]
    theirs = [message for message in theirs if message.versions[0][1]]  # a shared link has no words of its own to show
    for message in theirs[::7]:
        message.versions = [(at, f"{text} ({SECRET})") for at, text in message.versions]
