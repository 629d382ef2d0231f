"""A large company to read from: a few people with very many activities, most with some, evidence for each of them.

Facts are made here and written as ingest writes them; what can be derived from rows that are there already (whose
they are, evidence, verdicts, visits) is derived by the database itself, so that a million activities take minutes.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from rich.console import Console
from rich.progress import track

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.domain.health import Health, Outcome
from advocacy.domain.normal import ref_hash
from advocacy.domain.rulebook import Strength
from advocacy.models import bulk, generations
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow, MetricSnapshot, PassedOver, Provenance
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.findable import fold
from advocacy.models.findable.tables import FindableCount, FindableStale
from advocacy.models.ladders import Expectation, RolePageRow
from advocacy.models.people import Grant, Membership, Person, RoleHeld, Team
from advocacy.models.profile import Profile
from advocacy.models.roster import EVER
from advocacy.models.runs import Pull, Run
from advocacy.models.words import Capability, Part, Road, Visibility, Word
from benchmarks.databases import NOW
from benchmarks.judging import PARAGRAPH

BATCH = 20_000
YEARS = timedelta(days=2 * 365)
"""Over how long the activities are spread."""

TEAM = 50  #: people of one team, the first of them leading it
SEEN_BY = (*[Visibility.PRIVATE] * 8, *[Visibility.LEAD] * 6, *[Visibility.MARKETING] * 3, *[Visibility.PUBLIC] * 3)
"""Who may see an item, by turns: more than half of all is released, half of that to marketing."""
RESIDENCES = ("Bangalore, India, Asia", "Berlin, Germany, Europe", "Oslo, Norway, Europe", "Austin, USA, America")
LANGUAGES = ("English", "German", "Kannada")
TOPICS = ("kubernetes", "etcd", "storage", "chaos-engineering", "ebpf", "snapshots", "performance")

_Item = TypeVar("_Item")


def found(people: int, visits: int = 31 * 24) -> None:
    """Take people in, each with a role, a blog, and so many hourly visits to it behind it."""
    page = db.session.scalars(sa.select(RolePageRow.id)).one()
    names = [(f"engineer{n}@example.org", f"Engineer {n}", "UTC", None, NOW, None) for n in range(people)]
    bulk.insert(Person, ("email", "name", "zone", "password_hash", "created_at", "disabled_at"), names)
    ids = staff()
    bulk.insert(RoleHeld, ("person_id", "page_id", "since", "until"), [(one, page, EVER, None) for one in ids])
    _gather(ids)
    _introduce(ids)
    _subscribe(ids)
    db.session.commit()
    with _at_once(Pull):
        for hour in shown(range(visits, 0, -1), "visits"):
            _visit(NOW - timedelta(hours=hour))
        db.session.commit()


def _gather(ids: Sequence[int]) -> None:
    """Teams of fifty, each led by its first."""
    numbers = range(0, len(ids), TEAM)
    bulk.insert(Team, ("name",), [(f"Team {number}",) for number in numbers])
    teams = db.session.scalars(sa.select(Team.id).order_by(Team.id)).all()
    rows = [(person, teams[place // TEAM], place % TEAM == 0, EVER, None) for place, person in enumerate(ids)]
    bulk.insert(Membership, ("person_id", "team_id", "leads", "since", "until"), rows)
    bulk.insert(Grant, ("person_id", "capability"), [(ids[place], Capability.LEAD) for place in numbers])


def _introduce(ids: Sequence[int]) -> None:
    """Everybody lets marketing find them and tells where they live, half of them that they like to speak; some look."""
    seen_by = dict.fromkeys(("place", "languages", "availability"), Visibility.MARKETING.value)
    told = [
        {"residence": RESIDENCES[n % 4], "languages": [LANGUAGES[n % 3]], "speaks": n % 2 == 0, "travels": "country"}
        for n in range(len(ids))
    ]
    rows: list[tuple[Any, ...]] = [
        (one, said, seen_by, True, "", {}, {}, NOW) for one, said in zip(ids, told, strict=True)
    ]
    bulk.insert(Profile, ("person_id", "told", "seen_by", "listed", "file", "approved", "before", "changed_at"), rows)
    bulk.insert(Grant, ("person_id", "capability"), [(one, Capability.MARKETING) for one in ids[1::TEAM]])


def finders() -> list[int]:
    """The people who look for speakers."""
    marketing = Grant.capability == Capability.MARKETING
    return list(db.session.scalars(sa.select(Grant.person_id).where(marketing).order_by(Grant.person_id)))


def leads() -> list[int]:
    """The people who lead a team."""
    return list(db.session.scalars(sa.select(Membership.person_id).where(Membership.leads).order_by(Membership.id)))


def grow(activities: int) -> None:
    """Let the people found above have published so many activities more, with all that hangs on them."""
    chance, ids = random.Random(activities), staff()
    weights = [min(chance.paretovariate(1.1), 75) for _ in ids]
    with _at_once(ActivityPerson, Provenance, Evidence, Verdict):
        first = db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(ActivityRow.id), 0))) or 0
        for begin in shown(range(0, activities, BATCH), "activities"):
            count = min(BATCH, activities - begin)
            _publish(range(first + begin, first + begin + count), chance.choices(ids, weights, k=count), chance)
            db.session.commit()
        for derive in shown((_bring, _pass_over, _measure, _judge, _confirm), "what hangs on them"):
            derive(first)
            db.session.commit()
    _fold()
    _settle()


def _fold() -> None:
    """What the worker does in the minutes after; everybody is marked, for where keys go unchecked triggers sleep."""
    db.session.execute(sa.insert(FindableStale).from_select(["person_id"], sa.select(Person.id)))
    while fold.renew():
        db.session.commit()
    if db.session.scalar(sa.select(FindableCount.person_id).limit(1)) is None:
        raise RuntimeError("nobody can be found in this company")


def staff() -> list[int]:
    """The people taken in by `found`, not the one of the installation."""
    return list(db.session.scalars(sa.select(Person.id).where(Person.email.like("engineer%")).order_by(Person.id)))


def shown(items: Sequence[_Item], words: str) -> Iterable[_Item]:
    """The items, with a line that tells how many are done where somebody looks."""
    looks = sys.stderr.isatty()
    return track(items, f"  {words}", console=Console(stderr=True), transient=True, disable=not looks)


def _subscribe(ids: Sequence[int]) -> None:
    polled = ("platform", "address", "host", "title", "cursor", "vocabulary")
    health = ("next_due", "state", "state_since", "failures")
    read = ("last_ok_at", "last_try_at", "last_error", "complete_from", "complete_to", "complete_why")
    known = (NOW, Health.HEALTHY, NOW, 0, NOW, NOW, "", NOW - YEARS, NOW, "")
    bulk.insert(
        Subscription,
        (*polled, *health, *read),
        [(Platform.FEED, f"https://{one}.example/", f"{one}.example", f"Blog {one}", {}, "", *known) for one in ids],
    )
    there = {
        address: number for number, address in db.session.execute(sa.select(Subscription.id, Subscription.address))
    }
    account = ("person_id", "platform", "handle", "author", "subscription_id")
    bulk.insert(
        Account,
        (*account, "added_by_id", "created_at", "accepted_at", "ignore_words"),
        [
            (one, Platform.FEED, f"https://{one}.example/", "", there[f"https://{one}.example/"], one, NOW, NOW, [])
            for one in ids
        ],
    )


def _visit(at: datetime) -> None:
    """Every blog was read once, and now and then in vain."""
    run = db.session.scalars(sa.insert(Run).values(started_at=at, asked_by="worker").returning(Run.id)).one()
    one, outcome = Subscription, Pull.__table__.c.outcome.type
    how = sa.case(
        ((one.id + run) % 50 == 0, sa.literal(Outcome.FAILED, outcome)), else_=sa.literal(Outcome.UNCHANGED, outcome)
    )
    figures = ("requests", "bytes", "seen", "new", "changed", "same", "deleted", "skipped", "poison")
    columns = ("run_id", "subscription_id", "platform", "started_at", "outcome", "seconds", "message", "cost_usd")
    values = sa.select(
        *(sa.literal(run), one.id, one.platform, sa.literal(at, Pull.__table__.c.started_at.type), how),
        *(sa.literal(0.2), sa.literal(""), sa.literal(0.0), sa.literal(1), *(sa.literal(0) for _ in figures[1:])),
    )
    db.session.execute(sa.insert(Pull).from_select([*columns, *figures], values, include_defaults=False))


_SAID = ("ref", "ref_hash", "content_hash", "kind", "platform", "channel", "at", "at_guessed", "url", "title", "text")
_BESIDE = ("lang", "authors", "thread_key", "role", "metrics", "tags", "first_seen_at", "changed_at", "changes")
_HELD = ("activity_id", "person_id", "part", "visibility", "at", "day", "by_hand")


def _publish(numbers: range, people: Sequence[int], chance: random.Random) -> None:
    moments = [NOW - timedelta(seconds=chance.randrange(int(YEARS.total_seconds()))) for _ in numbers]
    rows = [_activity(number, person, at) for number, person, at in zip(numbers, people, moments, strict=True)]
    last = db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(ActivityRow.id), 0)))
    bulk.insert(ActivityRow, (*_SAID, *_BESIDE), rows)
    ids = db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.id > last).order_by(ActivityRow.id))
    belong = [
        (one, person, Part.AUTHOR, SEEN_BY[one % len(SEEN_BY)], at, at.date(), False)
        for one, person, at in zip(ids, people, moments, strict=True)
    ]
    bulk.insert(ActivityPerson, _HELD, belong)


def _activity(number: int, person: int, at: datetime) -> tuple[object, ...]:
    ref, host = f"feed:{number}", f"{person}.example"
    kind = Kind.TALK if number % 23 == 0 else (Kind.ARTICLE, Kind.ARTICLE, Kind.POST, Kind.ANSWER)[number % 4]
    said = (kind, Platform.FEED, host, at, False, f"https://{host}/{number}", f"Notes on storage, part {number}")
    text, views = f"{number} {PARAGRAPH}{PARAGRAPH}", {"views": number % 1000}
    tags = {"topics": list({TOPICS[number % len(TOPICS)], TOPICS[number // 7 % len(TOPICS)]})}
    return (ref, ref_hash(ref), b"said", *said, text, "en", [], "", ThreadRole.UNKNOWN, views, tags, at, at, 0)


def _bring(first: int) -> None:
    mine = ActivityPerson
    values = (
        sa.select(mine.activity_id, Account.id, _as(Provenance, "road", Road.SOURCE), mine.at)
        .join(Account, Account.person_id == mine.person_id)
        .where(mine.activity_id > first)
    )
    _from(Provenance, ("activity_id", "account_id", "road", "seen_at"), values)


def _pass_over(first: int) -> None:
    """As many items again were seen and not kept."""
    one, way = ActivityRow, Provenance
    values = (
        sa.select(way.account_id, one.ref_hash, one.content_hash, one.at, sa.literal("off topic"))
        .join(way, way.activity_id == one.id)
        .where(one.id > first)
    )
    _from(PassedOver, ("account_id", "ref_hash", "content_hash", "at", "reason"), values)


def _measure(first: int) -> None:
    values = sa.select(
        *(
            ActivityRow.id,
            sa.literal("views"),
            _as(MetricSnapshot, "day", NOW.date()),
            sa.false(),
            ActivityRow.id % 1000,
        )
    ).where(ActivityRow.id > first)
    _from(MetricSnapshot, ("activity_id", "metric", "day", "by_hand", "value"), values)


def _judge(first: int) -> None:
    """Three pieces of evidence for each activity: for one of a few popular sentences, one of some, one of the rest."""
    rules = (
        sa.select(Expectation.id, (sa.func.row_number().over(order_by=Expectation.id) - 1).label("place"))
        .where(Expectation.rule.is_not(None))
        .subquery()
    )
    count = db.session.scalar(sa.select(sa.func.count()).select_from(rules)) or 0
    bounds = (0, count // 8, count // 3, count)
    for low, high in zip(bounds, bounds[1:], strict=False):
        _support(first, rules, low, high - low)


_KNOWN = ("generation_id", "person_id", "activity_id", "expectation_id", "work_id", "day", "visibility")
_WHY = ("medium", "rule", "facet", "strength", "verdict", "why")


def _support(first: int, rules: sa.Subquery, low: int, among: int) -> None:
    mine, live = ActivityPerson, generations.written()[0]
    number = mine.activity_id
    strong, likely = _as(Evidence, "strength", Strength.STRONG), _as(Evidence, "strength", Strength.LIKELY)
    confirmed = sa.case((number // 7 % 10 == 0, _as(Evidence, "verdict", Word.CONFIRMED)), else_=sa.null())
    values = (
        sa.select(sa.literal(live), mine.person_id, number, rules.c.id, number, mine.day, mine.visibility)
        .add_columns(sa.literal("feed"), sa.literal("rule"), sa.literal(""))
        .add_columns(sa.case((number // 3 % 4 > 0, strong), else_=likely), confirmed if low == 0 else sa.null())
        .add_columns(sa.literal("It is for SREs, and says so in its first sentence"))
        .join(rules, rules.c.place == low + number % among)
        .where(number > first)
    )
    _from(Evidence, (*_KNOWN, *_WHY), values)


def _confirm(first: int) -> None:
    """The verdicts that the evidence repeats; a few of the activities were edited since."""
    one, version = Evidence, sa.select(sa.func.max(RolePageRow.current_id)).scalar_subquery()
    then = sa.case((one.activity_id % 400 == 0, sa.literal(b"before")), else_=sa.literal(b"said"))
    values = sa.select(
        *(one.person_id, one.activity_id, one.expectation_id, one.verdict, sa.literal("")),
        *(one.person_id, _as(Verdict, "at", NOW), then, version),
    ).where(one.activity_id > first, one.verdict.is_not(None))
    names = ("person_id", "activity_id", "expectation_id", "word", "reason", "by_id", "at", "content_hash")
    _from(Verdict, (*names, "version_id"), values)


def _as(table: type[Any], column: str, value: object) -> sa.BindParameter[Any]:
    return sa.literal(value, table.__table__.c[column].type)


def _from(table: type[Any], columns: Sequence[str], values: sa.SelectBase) -> None:
    db.session.execute(sa.insert(table).from_select(list(columns), values, include_defaults=False))


@contextmanager
def _at_once(*tables: type[Any]) -> Iterator[None]:
    """Indexes are made at the end, where to sort once is a fifth of the work; keys that we made are not looked up."""
    indexes = [index for table in tables for index in table.__table__.indexes]
    _trust(True)
    for index in indexes:
        index.drop(db.session.connection())
    db.session.commit()
    yield
    for index in shown(indexes, "indexes"):
        index.create(db.session.connection())
        db.session.commit()
    _trust(False)


def _trust(us: bool) -> None:
    """Whether foreign keys go unchecked (on PostgreSQL only a superuser may say so); of the one connection there is."""
    db.session.commit()
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    if db.engine.dialect.name == "sqlite":
        cursor.execute(f"PRAGMA foreign_keys={'OFF' if us else 'ON'}")
        cursor.execute(f"PRAGMA cache_size={-200_000 if us else -2_000}")
    elif _is_superuser(cursor):
        cursor.execute(f"SET session_replication_role = {'replica' if us else 'origin'}")
    raw.commit()
    raw.close()


def _is_superuser(cursor: Any) -> bool:
    cursor.execute("SHOW is_superuser")
    return bool(cursor.fetchone() == ("on",))


def _settle() -> None:
    """What a database does by itself sooner or later; SQLite is given no statistics, for the product gives it none."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
