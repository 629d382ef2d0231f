"""What `advocacy doctor` looks at in a database that answers: data, workers, clock, sources."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy import running
from advocacy.domain.health import Health
from advocacy.domain.other_roads import other_road
from advocacy.domain.platform_names import PLATFORM_NAMES
from advocacy.models import generations, platforms, polled, roster
from advocacy.models.base import db
from advocacy.models.clock import database_time
from advocacy.models.operation import LATE, Operation, operation
from advocacy.models.runs import Run

CLOCKS_AGREE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` says what to do when it is not well."""

    what: str
    well: bool
    found: str
    mend: str = ""


def checkup() -> list[Finding]:
    """Everything, in the order in which it is told."""
    now = running.now()
    known = operation(now)
    return [*(check() for check in DATA), *(check(known, now) for check in MACHINERY)]


def _pages() -> Finding:
    number = len(roster.pages())
    return Finding("role pages", number > 0, f"{number} imported", "run `advocacy ladder import FILE`")


def _people() -> Finding:
    number = len(roster.everybody())
    return Finding("people", number > 0, str(number), "run `advocacy people add` or `advocacy create-admin`")


def _evidence() -> Finding:
    stale = generations.is_stale(running.in_force().fingerprint)
    found = "derived by older rules" if stale else "derived by the rules in force"
    return Finding("evidence", not stale, found, "a running worker, or `advocacy ingest run`, derives it anew")


def _last_run() -> Finding:
    last = db.session.scalar(sa.select(sa.func.max(Run.started_at)))
    found = f"{last:%Y-%m-%d %H:%M} UTC" if last else "never"
    return Finding("last run", last is not None, found, "run `advocacy ingest run`, or start `advocacy worker`")


def _worker(known: Operation, now: datetime) -> Finding:
    """Without one, all is well as long as somebody reads what is due by hand or by cron."""
    well = bool(known.crew.alive) or not known.is_overdue(now)
    names = "".join(f"; {one.name} {one.version}" for one in known.crew.alive)
    return Finding(
        "worker", well, known.crew.told() + names, "start `advocacy worker`, or `advocacy serve` with its own"
    )


def _clock(known: Operation, now: datetime) -> Finding:
    off = running.now() - database_time()
    found = f"{abs(off.total_seconds()):.0f} s from the database's"
    return Finding("clock", abs(off) <= CLOCKS_AGREE, found, "let both machines set their clocks by NTP")


def _due(known: Operation, now: datetime) -> Finding:
    oldest = f", the oldest since {known.oldest_due:%Y-%m-%d %H:%M} UTC" if known.oldest_due else ""
    well = known.oldest_due is None or now - known.oldest_due <= LATE
    return Finding("due", well, f"{known.due} addresses{oldest}", "more workers, or more ADVOCACY_WORKER__THREADS")


def _jobs(known: Operation, now: datetime) -> Finding:
    well = known.oldest_waiting is None or now - known.oldest_waiting <= LATE
    found = f"{known.waiting} waiting, {known.running} running, {known.failed} failed in 7 days"
    return Finding("jobs", well, found, "start `advocacy worker`; what failed is in its log")


def _network(known: Operation, now: datetime) -> Finding:
    since = known.offline_since
    found = f"nothing answers since {since:%Y-%m-%d %H:%M} UTC" if since else "some of what was asked answers"
    return Finding("network", since is None, found, "look at this machine's network, DNS and firewall")


def _platforms(known: Operation, now: datetime) -> Finding:
    """One that nobody has an account on need not be set up."""
    asked = [one for one in platforms.unready() if one.addresses]
    told = "; ".join(f"{PLATFORM_NAMES[one.platform]} is not read: {one.message}" for one in asked)
    roads = " ".join(filter(None, (other_road(one.platform) for one in asked)))
    mend = f"mend what is named, then start the worker anew or run `advocacy ingest run`. {roads}".strip()
    return Finding("platforms", not asked, told or "all can be read that somebody has an account on", mend)


def _sources(known: Operation, now: datetime) -> Finding:
    """Some blog is always broken; that is for its owner to mend. Most of them broken is for us."""
    counts = polled.counts()
    total, bad = sum(counts.values()), sum(counts.get(state, 0) for state in (Health.FAILING, Health.DORMANT))
    found = f"{total} addresses" + "".join(f", {number} {state}" for state, number in counts.items())
    mend = "`advocacy ingest status` tells what each says; look at the network and its proxies"
    return Finding("sources", bad * 2 <= total, found, mend)


def _set_aside(known: Operation, now: datetime) -> Finding:
    return Finding("set aside", True, f"{known.poison} items that could not be read or stored")


DATA: tuple[Callable[[], Finding], ...] = (_pages, _people, _evidence, _last_run)
MACHINERY: tuple[Callable[[Operation, datetime], Finding], ...] = (
    *(_worker, _clock, _due, _jobs, _network, _platforms, _sources, _set_aside),
)
