"""Activities written: new ones inserted, changed ones updated, the same ones left untouched, row by hash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow, PassedOver, Provenance
from advocacy.models.base import Row, db
from advocacy.models.belonging import link, redate
from advocacy.models.derivation import Judged, derive
from advocacy.models.fact import NOTHING_SETTLED, THREAD, Fact, Item, Settled
from advocacy.models.generations import written
from advocacy.models.numbers import snapshot
from advocacy.models.upsert import insert_new, upsert


@dataclass(frozen=True, slots=True)
class Kept:
    """How many activities were new, changed and the same."""

    new: int = 0
    changed: int = 0
    same: int = 0


def keep(facts: Sequence[Fact], now: datetime) -> Kept:
    """Write the facts, whose they are, their numbers and their evidence; what is the same is not touched.

    Nor is what was deleted where it came from: its row is a tombstone, and stands as it is.
    """
    if not facts:
        return Kept()
    known = _known(facts)
    given = len(facts)
    facts = [fact for fact in facts if fact.ref_hash not in known or known[fact.ref_hash].deleted_at is None]
    new = [fact for fact in facts if fact.ref_hash not in known]
    changed = [f for f in facts if f.ref_hash in known and known[f.ref_hash].content_hash != f.content_hash]
    moved = [f for f in facts if f.ref_hash not in known or dict(known[f.ref_hash].metrics) != dict(f.activity.metrics)]
    _insert(new, now)
    _update(changed, now)
    known = _known(facts) if new else known
    ids = {hash_: row.id for hash_, row in known.items()}
    if changed:
        redate({ids[fact.ref_hash]: fact.activity.at for fact in changed})
    linked = link(facts, ids, now)
    snapshot([fact for fact in moved if fact.activity.metrics], ids, now)
    touched = {f.ref_hash for f in (*new, *changed)} | linked
    derive([Judged(ids[f.ref_hash], f.judgement) for f in facts if f.ref_hash in touched], written())
    return Kept(len(new), len(changed), given - len(new) - len(changed))


def pass_over(facts: Sequence[Fact], reason: str) -> list[Fact]:
    """Note the items that are not kept, without their text; return those that were kept before and stay."""
    if not facts:
        return []
    known = _known(facts)
    rows = [
        {
            "account_id": owner.account_id,
            "ref_hash": fact.ref_hash,
            "content_hash": fact.content_hash,
            "at": fact.activity.at,
            "reason": reason,
        }
        for fact in facts
        if fact.ref_hash not in known
        for owner in fact.owners
    ]
    upsert(PassedOver, rows, ["account_id", "ref_hash"], ["content_hash", "at", "reason"])
    return [fact for fact in facts if fact.ref_hash in known]


_PLAIN = ("kind", "platform", "channel", "at", "at_guessed", "url", "title", "text", "lang")


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


def _known(facts: Sequence[Fact]) -> dict[bytes, Row]:
    one = ActivityRow
    query = sa.select(one.ref_hash, one.id, one.content_hash, one.metrics, one.deleted_at)
    found = db.session.execute(query.where(one.ref_hash.in_([fact.ref_hash for fact in facts])))
    return {row.ref_hash: row for row in found}


def _columns(fact: Fact, now: datetime) -> dict[str, Any]:
    one, tags = fact.activity, fact.judgement.tags
    return {
        **{name: getattr(one, name) for name in _PLAIN},
        **{name: getattr(one.thread, name) for name in THREAD},
        "authors": list(one.authors),
        "metrics": dict(one.metrics),
        "tags": {"topics": tags.topics, "personas": tags.personas, "components": tags.components},
        "content_hash": fact.content_hash,
        "changed_at": now,
    }


def _insert(facts: Sequence[Fact], now: datetime) -> None:
    rows = [{"ref": f.activity.ref, "ref_hash": f.ref_hash, "first_seen_at": now, **_columns(f, now)} for f in facts]
    insert_new(ActivityRow, rows, ["ref_hash"])
    hashes = [fact.ref_hash for fact in facts]
    if hashes:
        db.session.execute(sa.delete(PassedOver).where(PassedOver.ref_hash.in_(hashes)))


def _update(facts: Iterable[Fact], now: datetime) -> None:
    for fact in facts:
        db.session.execute(
            sa.update(ActivityRow).where(ActivityRow.ref_hash == fact.ref_hash).values(**_columns(fact, now))
        )
