"""Activities written: new ones inserted, changed ones updated, the same ones left untouched, row by hash."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.edits import is_followed
from advocacy.domain.metrics import news
from advocacy.domain.second_looks import FOLLOWED, first_look
from advocacy.models import bulk, threads, turns, works
from advocacy.models.activities import ActivityRow, PassedOver, Provenance
from advocacy.models.base import Row, db
from advocacy.models.belonging import link, redate
from advocacy.models.derivation import Judged, derive
from advocacy.models.fact import NOTHING_SETTLED, THREAD, Fact, Holder, Item, Settled, renewed, thread_facts
from advocacy.models.generations import written
from advocacy.models.numbers import news_of, renew, snapshot
from advocacy.models.threads import Judge
from advocacy.models.words import Road


@dataclass(frozen=True, slots=True)
class Kept:
    """How many activities were new, changed and the same."""

    new: int = 0
    changed: int = 0
    same: int = 0


def keep(facts: Sequence[Fact], now: datetime, judge: Judge | None = None) -> Kept:
    """Write the facts, whose they are, their numbers and their evidence; what is the same is not touched.

    Nor is what was deleted where it came from: its row is a tombstone, and stands as it is. `judge` judges siblings
    again whose thread these facts make another one; without it they wait for the next derivation of all.
    """
    if not facts:
        return Kept()
    turns.take({owner.person_id for fact in facts for owner in fact.owners})
    given, (new, brought) = len(facts), _insert(facts, now)
    known = _known([fact.ref_hash for fact in facts if fact.ref_hash not in brought])
    facts = [fact for fact in facts if fact.ref_hash not in known or known[fact.ref_hash].deleted_at is None]
    facts = [_remembering(fact, known.get(fact.ref_hash), judge) for fact in facts]
    ids = {key: row.id for key, row in known.items()} | brought
    changed = [fact for fact in facts if fact.ref_hash in known and _is_edited(fact, known[fact.ref_hash], now)]
    _update(changed, ids, now)
    turned = [f for f in facts if f.ref_hash in known and f not in changed and _is_turned(f, known[f.ref_hash])]
    _turn(turned, ids)
    moved = _count(facts, ids, known, now)
    holders = link(facts, ids, known_ids := {row.id for row in known.values()}, now)
    said = {ids[fact.ref_hash] for fact in changed} | {one.activity_id for one in holders}
    folded = works.fold({number: fact.activity for fact in facts if (number := ids[fact.ref_hash]) in said}, known_ids)
    touched = said | {ids[fact.ref_hash] for fact in turned}
    stirred = {number: fact for fact in facts if (number := ids[fact.ref_hash]) in touched}
    heard = threads.heard({**stirred, **moved}, judge)
    fresh = [one for one in holders if one.activity_id not in known_ids]
    derive(_judged(stirred, heard), written(), _placed(fresh, folded) if folded else fresh)
    return Kept(new, len(changed), given - new - len(changed))


def _judged(stirred: Mapping[int, Fact], heard: Sequence[Judged]) -> list[Judged]:
    """What is to be derived anew: each by what its siblings make of it, where they make something of it."""
    others = {one.activity_id for one in heard}
    return [*(Judged(number, fact.judgement) for number, fact in stirred.items() if number not in others), *heard]


def _placed(fresh: Sequence[Holder], folded: Mapping[int, int]) -> list[Holder]:
    return [one._replace(work_id=folded.get(one.activity_id, one.activity_id)) for one in fresh]


def _count(
    facts: Sequence[Fact], ids: Mapping[bytes, int], known: Mapping[bytes, Row], now: datetime
) -> dict[int, Fact]:
    """Write down the numbers that are news; which of the activities that were there already have some."""
    before = {ids[key]: dict(row.metrics) for key, row in known.items()}
    told = {number: news_of(fact, before.get(number, {})) for fact in facts if (number := ids[fact.ref_hash])}
    moved = {number: numbers for number, numbers in told.items() if numbers}
    again = {number: numbers for number, numbers in moved.items() if number in before}
    renew(again, before)
    snapshot(moved, now)
    return {ids[fact.ref_hash]: fact for fact in facts if ids[fact.ref_hash] in again} if again else {}


def _is_edited(fact: Fact, row: Row, now: datetime) -> bool:
    """Whether it says something else now; what had to drop its text gets it back, and is derived anew."""
    if row.dropped_at is not None:
        return True
    return row.content_hash != fact.content_hash and is_followed(row.changes, row.changed_at, now)


def _remembering(fact: Fact, row: Row | None, judge: Judge | None) -> Fact:
    """The fact with what was told of its thread before and is not told now."""
    thread = (
        fact.activity.thread if row is None else renewed([getattr(row, name) for name in THREAD], fact.activity.thread)
    )
    if thread == fact.activity.thread:
        return fact
    activity = replace(fact.activity, thread=thread)
    return replace(fact, activity=activity, judgement=judge(activity) if judge else fact.judgement)


def _is_turned(fact: Fact, row: Row) -> bool:
    """Whether others did something in the thread: somebody replied, an answer was accepted."""
    return tuple(getattr(row, name) for name in THREAD) != thread_facts(fact.activity.thread)


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


def take_up(facts: Sequence[Fact]) -> None:
    """Forget that these items were passed over: they are kept now."""
    accounts = {owner.account_id for fact in facts for owner in fact.owners}
    here = PassedOver.account_id.in_(accounts), PassedOver.ref_hash.in_([fact.ref_hash for fact in facts])
    if facts:
        db.session.execute(sa.delete(PassedOver).where(*here), execution_options={"synchronize_session": False})


_PASSED, _WHY = ("account_id", "ref_hash"), ("content_hash", "at", "reason")


def settled(items: Mapping[bytes, Item]) -> Settled:
    """Which items stand in the tables as they are, numbers included, for every account they came by."""
    if not items:
        return NOTHING_SETTLED
    accounts = {owner.account_id for item in items.values() for owner in item.owners if owner.account_id is not None}
    there = _there(items, accounts)
    kept = frozenset(key for key, came_by in there.items() if items[key].came_by(came_by))
    over = _over(items.keys() - there.keys(), accounts)
    same = {key: {account for account, said in rows if said == items[key].content_hash} for key, rows in over.items()}
    passed = frozenset(key for key, came_by in same.items() if items[key].came_by(came_by))
    return Settled(kept, passed, frozenset(over.keys() - passed))


def _there(items: Mapping[bytes, Item], accounts: Collection[int]) -> dict[bytes, set[int]]:
    """The items that are kept and say the same, with those of the accounts that they came by before.

    What an archive brought did not come by its source yet, though it is the same account's: that is to be noted.
    """
    one, way = ActivityRow, Provenance
    mine = sa.and_(way.activity_id == one.id, way.account_id.in_(accounts), way.road == Road.SOURCE)
    query = (
        sa.select(one.ref_hash, one.content_hash, one.metrics, way.account_id, *(getattr(one, name) for name in THREAD))
        .outerjoin(way, mine)
        .where(one.ref_hash.in_(items), one.deleted_at.is_(None), one.dropped_at.is_(None))
    )
    found: dict[bytes, set[int]] = {}
    for key, content_hash, metrics, account_id, *thread in db.session.execute(query):
        item = items[key]
        if item.content_hash != content_hash or news(item.activity.platform, metrics, item.activity.metrics):
            continue
        if tuple(thread) == thread_facts(renewed(thread, item.activity.thread)):
            found.setdefault(key, set()).add(account_id)
    return found


def _over(keys: Collection[bytes], accounts: Collection[int]) -> dict[bytes, list[tuple[int, bytes]]]:
    """Of the items that were passed over: by which account they came, and the hash of what they said then."""
    found: dict[bytes, list[tuple[int, bytes]]] = {}
    if keys:
        one = PassedOver
        query = sa.select(one.ref_hash, one.account_id, one.content_hash).where(one.account_id.in_(accounts))
        for key, account_id, said in db.session.execute(query.where(one.ref_hash.in_(keys))):
            found.setdefault(key, []).append((account_id, said))
    return found


def _known(hashes: Collection[bytes]) -> dict[bytes, Row]:
    if not hashes:
        return {}
    one = ActivityRow
    query = sa.select(one.ref_hash, one.id, one.content_hash, one.metrics, one.changes, one.changed_at, one.deleted_at)
    query = query.add_columns(one.dropped_at, *(getattr(one, name) for name in THREAD)).where(one.ref_hash.in_(hashes))
    return {row.ref_hash: row for row in db.session.execute(query)}


_SAID = (
    *("kind", "platform", "channel", "at", "at_guessed", "url", "title", "text", "lang", "authors"),
    *("thread_key", *THREAD),
    *("tags", "content_hash", "changed_at"),
)
_ONCE = ("ref", "ref_hash", "first_seen_at", "changes", "metrics", "look_at", "looked_at")


def _said(fact: Fact, now: datetime) -> tuple[Any, ...]:
    """What a row says of an activity, in the order of `_SAID`."""
    one = fact.activity
    plain = (one.kind, one.platform, one.channel, one.at, one.at_guessed, one.url, one.title, one.text, one.lang)
    thread = (one.thread.key, *thread_facts(one.thread))
    return (*plain, one.authors, *thread, _tags(fact), fact.content_hash, now)


def _once(fact: Fact, now: datetime) -> tuple[Any, ...]:
    """What a row says from its first day on, in the order of `_ONCE`; what was typed by hand is not looked at again."""
    one = fact.activity
    look = None if fact.road is Road.HAND else first_look(one.platform, one.at, now)
    return (one.ref, fact.ref_hash, now, 0, dict(one.metrics), look, _shown(fact, now))


def _shown(fact: Fact, now: datetime) -> datetime | None:
    """Now, when the platform itself shows the item; an archive tells only what it once said."""
    return now if fact.road is Road.SOURCE and fact.activity.platform in FOLLOWED else None


def _tags(fact: Fact) -> dict[str, Sequence[str]]:
    tags = fact.judgement.tags
    return {"topics": tags.topics, "personas": tags.personas, "components": tags.components}


def _insert(facts: Sequence[Fact], now: datetime) -> tuple[int, dict[bytes, int]]:
    """Insert what is not there: how many were new, and the ids of what this transaction brought.

    Tried before anything is looked up, for nearly all that comes here is new. When somebody else brings the same at
    the same moment (PostgreSQL), what is whose cannot be told by the ids, and all are left to be looked up.
    """
    last = db.session.scalar(sa.select(sa.func.max(ActivityRow.id))) or 0
    rows = [(*_said(fact, now), *_once(fact, now)) for fact in facts]
    new = bulk.insert(ActivityRow, (*_SAID, *_ONCE), rows, ("ref_hash",))
    hashes = {fact.ref_hash for fact in facts}
    behind = db.session.execute(sa.select(ActivityRow.ref_hash, ActivityRow.id).where(ActivityRow.id > last))
    brought: dict[bytes, int] = {key: number for key, number in behind if key in hashes}
    return new, brought if len(brought) == new else {}


def _update(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    if not facts:
        return
    fresh: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in _SAID} | {"dropped_at": None}
    fresh["looked_at"] = sa.func.coalesce(
        sa.bindparam("shown", type_=ActivityRow.looked_at.type), ActivityRow.looked_at
    )
    edits = sa.case((ActivityRow.content_hash == fresh["content_hash"], 0), else_=1)
    update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
    rows = [
        {"row": ids[fact.ref_hash], "shown": _shown(fact, now)}
        | {f"new_{name}": value for name, value in zip(_SAID, _said(fact, now), strict=True)}
        for fact in facts
    ]
    db.session.connection().execute(update.values(**fresh, changes=ActivityRow.changes + edits), rows)
    redate({ids[fact.ref_hash]: fact.activity.at for fact in facts})


def _turn(facts: Sequence[Fact], ids: Mapping[bytes, int]) -> None:
    """Put what became of the thread beside activities that say the same as before."""
    if facts:
        update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
        rows = [
            {"row": ids[fact.ref_hash]}
            | {f"new_{name}": value for name, value in zip(THREAD, thread_facts(fact.activity.thread), strict=True)}
            for fact in facts
        ]
        db.session.connection().execute(update.values({name: sa.bindparam(f"new_{name}") for name in THREAD}), rows)
