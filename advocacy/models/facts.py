"""Activities written: new ones inserted, changed ones updated, the same ones left untouched, row by hash."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from advocacy.domain.activity import Activity, Thread
from advocacy.domain.matching import Judgement
from advocacy.domain.period import day_of
from advocacy.models.activities import ActivityPerson, ActivityRow, MetricSnapshot, PassedOver, Provenance
from advocacy.models.base import Base, Row, db
from advocacy.models.derivation import Judged, derive
from advocacy.models.generations import written
from advocacy.models.people import Person
from advocacy.models.words import Part, Road, Visibility


@dataclass(frozen=True, slots=True)
class Owner:
    """For whom an activity is kept: the account it came by (None: logged by hand), the person, the person's zone."""

    account_id: int | None
    person_id: int
    zone: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A normal activity, judged, and whose it is."""

    activity: Activity
    judgement: Judgement
    owners: tuple[Owner, ...]
    ref_hash: bytes
    content_hash: bytes
    road: Road = Road.SOURCE


@dataclass(frozen=True, slots=True)
class Kept:
    """How many activities were new, changed and the same."""

    new: int = 0
    changed: int = 0
    same: int = 0


def keep(facts: Sequence[Fact], now: datetime) -> Kept:
    """Write the facts, whose they are, their numbers and their evidence; what is the same is not touched."""
    if not facts:
        return Kept()
    known = _known(facts)
    new = [fact for fact in facts if fact.ref_hash not in known]
    changed = [f for f in facts if f.ref_hash in known and known[f.ref_hash].content_hash != f.content_hash]
    moved = [f for f in facts if f.ref_hash not in known or dict(known[f.ref_hash].metrics) != dict(f.activity.metrics)]
    _insert(new, now)
    _update(changed, now)
    known = _known(facts) if new else known
    ids = {hash_: row.id for hash_, row in known.items()}
    if changed:
        _redate({ids[fact.ref_hash]: fact.activity.at for fact in changed})
    linked = _link(facts, ids, now)
    _count([fact for fact in moved if fact.activity.metrics], ids, now)
    touched = {f.ref_hash for f in (*new, *changed)} | linked
    derive([Judged(ids[f.ref_hash], f.judgement) for f in facts if f.ref_hash in touched], written())
    return Kept(len(new), len(changed), len(facts) - len(new) - len(changed))


def pass_over(facts: Sequence[Fact], reason: str) -> list[Fact]:
    """Note the items that are not kept, without their text; return those that were kept before and stay."""
    if not facts:
        return []
    known = _known(facts)
    rows = [
        {"account_id": owner.account_id, "ref_hash": fact.ref_hash, "at": fact.activity.at, "reason": reason}
        for fact in facts
        if fact.ref_hash not in known
        for owner in fact.owners
    ]
    _insert_new(PassedOver, rows)
    return [fact for fact in facts if fact.ref_hash in known]


def value_of(row: ActivityRow) -> Activity:
    """The stored activity as the value that rules judge."""
    return Activity(
        ref=row.ref,
        kind=row.kind,
        platform=row.platform,
        at=row.at,
        text=row.text,
        channel=row.channel,
        url=row.url,
        title=row.title,
        lang=row.lang,
        thread=Thread(**{name: getattr(row, name) for name in _THREAD}),
        metrics=row.metrics,
        authors=tuple(row.authors),
        at_guessed=row.at_guessed,
    )


_THREAD = ("role", "replies", "participants", "accepted", "rank", "own_messages")
_PLAIN = ("kind", "platform", "channel", "at", "at_guessed", "url", "title", "text", "lang")


def _known(facts: Sequence[Fact]) -> dict[bytes, Row]:
    one = ActivityRow
    query = sa.select(one.ref_hash, one.id, one.content_hash, one.metrics)
    found = db.session.execute(query.where(one.ref_hash.in_([fact.ref_hash for fact in facts])))
    return {row.ref_hash: row for row in found}


def _columns(fact: Fact, now: datetime) -> dict[str, Any]:
    one, tags = fact.activity, fact.judgement.tags
    return {
        **{name: getattr(one, name) for name in _PLAIN},
        **{name: getattr(one.thread, name) for name in _THREAD},
        "authors": list(one.authors),
        "metrics": dict(one.metrics),
        "tags": {"topics": tags.topics, "personas": tags.personas, "components": tags.components},
        "content_hash": fact.content_hash,
        "changed_at": now,
    }


def _insert(facts: Sequence[Fact], now: datetime) -> None:
    rows = [{"ref": f.activity.ref, "ref_hash": f.ref_hash, "first_seen_at": now, **_columns(f, now)} for f in facts]
    _insert_new(ActivityRow, rows, ["ref_hash"])
    hashes = [fact.ref_hash for fact in facts]
    if hashes:
        db.session.execute(sa.delete(PassedOver).where(PassedOver.ref_hash.in_(hashes)))


def _update(facts: Iterable[Fact], now: datetime) -> None:
    for fact in facts:
        db.session.execute(
            sa.update(ActivityRow).where(ActivityRow.ref_hash == fact.ref_hash).values(**_columns(fact, now))
        )


def _redate(moments: Mapping[int, datetime]) -> None:
    """Carry a corrected date to everybody whose activity it is, each in their own zone."""
    mine = ActivityPerson
    query = sa.select(mine, Person.zone).join(Person, Person.id == mine.person_id).where(mine.activity_id.in_(moments))
    for row, zone in db.session.execute(query):
        at = moments[row.activity_id]
        if row.at != at:
            row.at, row.day = at, day_of(at, zone)
    db.session.flush()


def _link(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> set[bytes]:
    """Say whose the activities are and how they came; return the hashes that somebody newly got."""
    pairs = {(ids[f.ref_hash], owner.person_id): (f, owner) for f in facts for owner in f.owners}
    query = sa.select(ActivityPerson.activity_id, ActivityPerson.person_id)
    there = {tuple(row) for row in db.session.execute(query.where(ActivityPerson.activity_id.in_(ids.values())))}
    fresh = {pair: of for pair, of in pairs.items() if pair not in there}
    _insert_new(ActivityPerson, [_person(activity_id, *of) for (activity_id, _), of in fresh.items()])
    _trace(facts, ids, now)
    return {fact.ref_hash for fact, _ in fresh.values()}


def _person(activity_id: int, fact: Fact, owner: Owner) -> dict[str, Any]:
    return {
        "activity_id": activity_id,
        "person_id": owner.person_id,
        "part": Part.AUTHOR,
        "visibility": Visibility.PRIVATE,
        "at": fact.activity.at,
        "day": day_of(fact.activity.at, owner.zone),
    }


def _trace(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    query = sa.select(Provenance.activity_id, Provenance.account_id, Provenance.road)
    there = {tuple(row) for row in db.session.execute(query.where(Provenance.activity_id.in_(ids.values())))}
    rows = [
        {"activity_id": ids[f.ref_hash], "account_id": owner.account_id, "road": f.road, "seen_at": now}
        for f in facts
        for owner in f.owners
        if owner.account_id is not None and (ids[f.ref_hash], owner.account_id, f.road) not in there
    ]
    _insert_new(Provenance, rows)


def _count(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    """Today's numbers: one snapshot per item, metric and day; the last reading of a day stands."""
    rows = [
        {"activity_id": ids[f.ref_hash], "metric": metric, "day": now.date(), "by_hand": False, "value": value}
        for f in facts
        for metric, value in f.activity.metrics.items()
    ]
    for row in rows:
        statement = _dialect_insert()(MetricSnapshot).values(**row)
        key = ["activity_id", "metric", "day", "by_hand"]
        db.session.execute(statement.on_conflict_do_update(index_elements=key, set_={"value": row["value"]}))
    for fact in facts:
        db.session.execute(
            sa.update(ActivityRow)
            .where(ActivityRow.id == ids[fact.ref_hash])
            .values(metrics=dict(fact.activity.metrics))
        )


def _insert_new(table: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str] | None = None) -> None:
    """Insert what is not there; whoever came first stays."""
    if rows:
        db.session.execute(_dialect_insert()(table).on_conflict_do_nothing(index_elements=key), list(rows))


def _dialect_insert() -> Callable[[type[Base]], Any]:
    return sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
