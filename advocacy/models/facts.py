"""Activities written: new ones inserted, changed ones updated, the same ones left untouched, row by hash."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.edits import is_followed
from advocacy.models import bulk
from advocacy.models.activities import ActivityRow, PassedOver, Provenance
from advocacy.models.base import Row, db
from advocacy.models.belonging import link, redate
from advocacy.models.derivation import Judged, derive
from advocacy.models.fact import NOTHING_SETTLED, THREAD, Fact, Item, Settled
from advocacy.models.generations import written
from advocacy.models.numbers import renew, snapshot


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
    known = _known([fact.ref_hash for fact in facts])
    new = [fact for fact in facts if fact.ref_hash not in known]
    changed = [fact for fact in facts if fact.ref_hash in known and _is_edited(fact, known[fact.ref_hash], now)]
    moved = [f for f in facts if f.ref_hash in known and dict(known[f.ref_hash].metrics) != dict(f.activity.metrics)]
    is_alone = _insert(new, now) == len(new)  # on PostgreSQL somebody else may bring the same at the same moment
    ids = {key: row.id for key, row in known.items()} | _ids([fact.ref_hash for fact in new])
    fresh = {ids[fact.ref_hash] for fact in new} if is_alone else set()
    _update(changed, ids, now)
    linked = link(facts, ids, fresh, now)
    renew(moved, ids)
    snapshot([*new, *moved], ids, now)
    touched = {fact.ref_hash for fact in (*new, *changed)} | linked
    derive([Judged(ids[f.ref_hash], f.judgement) for f in facts if f.ref_hash in touched], written(), fresh)
    return Kept(len(new), len(changed), len(facts) - len(new) - len(changed))


def _is_edited(fact: Fact, row: Row, now: datetime) -> bool:
    return row.content_hash != fact.content_hash and is_followed(row.changes, row.changed_at, now)


def pass_over(facts: Sequence[Fact], reason: str) -> list[Fact]:
    """Note the items that are not kept, without their text; return those that were kept before and stay."""
    if not facts:
        return []
    known = _known([fact.ref_hash for fact in facts])
    rows = [
        (owner.account_id, fact.ref_hash, fact.content_hash, fact.activity.at, reason)
        for fact in facts
        if fact.ref_hash not in known
        for owner in fact.owners
    ]
    bulk.upsert(PassedOver, (*_PASSED, *_WHY), rows, _PASSED, _WHY)
    return [fact for fact in facts if fact.ref_hash in known]


_PASSED, _WHY = ("account_id", "ref_hash"), ("content_hash", "at", "reason")


def settled(items: Mapping[bytes, Item]) -> Settled:
    """Which items stand in the tables as they are, numbers included, for every account they came by."""
    if not items:
        return NOTHING_SETTLED
    one, over = ActivityRow, PassedOver
    rows = db.session.execute(
        sa.select(one.ref_hash, one.content_hash, one.metrics).where(one.ref_hash.in_(items), one.deleted_at.is_(None))
    )
    same = {r.ref_hash for r in rows if _is_same(items[r.ref_hash], r.content_hash, r.metrics)}
    came = sa.select(one.ref_hash, Provenance.account_id).join(Provenance, Provenance.activity_id == one.id)
    known = _accounts(db.session.execute(came.where(one.ref_hash.in_(same))))
    kept = {key for key in same if items[key].accounts <= known.get(key, set())}
    gone = db.session.execute(
        sa.select(over.ref_hash, over.account_id, over.content_hash).where(over.ref_hash.in_(items.keys() - same))
    )
    told = _accounts((key, account) for key, account, said in gone if items[key].content_hash == said)
    return Settled(frozenset(kept), frozenset(key for key, accounts in told.items() if items[key].accounts <= accounts))


def _accounts(pairs: Iterable[Any]) -> dict[bytes, set[int]]:
    found: dict[bytes, set[int]] = {}
    for key, account_id in pairs:
        found.setdefault(key, set()).add(account_id)
    return found


def _is_same(item: Item, content_hash: bytes, metrics: Mapping[str, int]) -> bool:
    return item.content_hash == content_hash and dict(item.activity.metrics) == dict(metrics)


def _known(hashes: Collection[bytes]) -> dict[bytes, Row]:
    one = ActivityRow
    query = sa.select(one.ref_hash, one.id, one.content_hash, one.metrics, one.changes, one.changed_at)
    return {row.ref_hash: row for row in db.session.execute(query.where(one.ref_hash.in_(hashes)))}


def _ids(hashes: Collection[bytes]) -> dict[bytes, int]:
    query = sa.select(ActivityRow.ref_hash, ActivityRow.id).where(ActivityRow.ref_hash.in_(hashes))
    return {row.ref_hash: row.id for row in db.session.execute(query)} if hashes else {}


_SAID = (
    *("kind", "platform", "channel", "at", "at_guessed", "url", "title", "text", "lang", "authors", "metrics"),
    *THREAD,
    *("tags", "content_hash", "changed_at"),
)
_ONCE = ("ref", "ref_hash", "first_seen_at", "changes")


def _said(fact: Fact, now: datetime) -> tuple[Any, ...]:
    """What a row says of an activity, in the order of `_SAID`."""
    one, thread = fact.activity, fact.activity.thread
    plain = (one.kind, one.platform, one.channel, one.at, one.at_guessed, one.url, one.title, one.text, one.lang)
    role = (thread.role, thread.replies, thread.participants, thread.accepted, thread.rank, thread.own_messages)
    return (*plain, list(one.authors), dict(one.metrics), *role, _tags(fact), fact.content_hash, now)


def _tags(fact: Fact) -> dict[str, Sequence[str]]:
    tags = fact.judgement.tags
    return {"topics": tags.topics, "personas": tags.personas, "components": tags.components}


def _insert(facts: Sequence[Fact], now: datetime) -> int:
    rows = [(*_said(fact, now), fact.activity.ref, fact.ref_hash, now, 0) for fact in facts]
    for account_id in {owner.account_id for fact in facts for owner in fact.owners}:
        over = PassedOver.ref_hash.in_([fact.ref_hash for fact in facts])
        db.session.execute(sa.delete(PassedOver).where(PassedOver.account_id == account_id, over))
    return bulk.insert(ActivityRow, (*_SAID, *_ONCE), rows, ("ref_hash",))


def _update(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    if not facts:
        return
    fresh: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in _SAID}
    update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
    rows = [
        {"row": ids[fact.ref_hash]}
        | {f"new_{name}": value for name, value in zip(_SAID, _said(fact, now), strict=True)}
        for fact in facts
    ]
    db.session.connection().execute(update.values(**fresh, changes=ActivityRow.changes + 1), rows)
    redate({ids[fact.ref_hash]: fact.activity.at for fact in facts})
