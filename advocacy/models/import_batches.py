"""Files that were taken in: begun, added to page by page, ended, listed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models import audit, bulk
from advocacy.models.accounts import Account, CoveredSpan
from advocacy.models.base import Missing, db
from advocacy.models.imports import ImportBatch, ImportItem

_ITEM = ("batch_id", "activity_id", "brought")


@dataclass(frozen=True, slots=True)
class Batch:
    """One file as a list shows it; `items` is what of it is there now, `brought` what nothing else brought before."""

    id: int
    kind: str
    name: str
    platform: Platform | None
    handle: str
    at: datetime
    ended_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[str, int]
    items: int
    brought: int

    @property
    def state(self) -> str:
        """`done`, `undone`, or `cut off`: then the file is to be given again."""
        return "undone" if self.undone_at else "done" if self.ended_at else "cut off"


def begin(account: Account, kind: str, name: str, *, by: int | None, now: datetime) -> ImportBatch:
    """The batch of a file: a new one, or the one that was cut off when the same was taken in before."""
    same = {"person_id": account.person_id, "account_id": account.id, "kind": kind, "name": name}
    query = sa.select(ImportBatch).filter_by(**same).where(ImportBatch.ended_at.is_(None))
    batch = db.session.scalar(query.where(ImportBatch.undone_at.is_(None)).order_by(ImportBatch.id.desc()).limit(1))
    if batch is None:
        batch = ImportBatch(**same, by_id=by, at=now, counts={})
        db.session.add(batch)
        db.session.flush()
        audit.record("import.begun", now, actor=by, about=account.person_id, kind=kind, name=name)
    return batch


def add(batch_id: int, met: Collection[int], brought: Collection[int]) -> None:
    """Note what a page held; what the batch brought before it was cut off stays brought."""
    rows = [(batch_id, number, number in brought) for number in sorted(met)]
    bulk.insert(ImportItem, _ITEM, rows, _ITEM[:2])


def end(batch_id: int, counts: Mapping[str, int], span: tuple[datetime, datetime] | None, now: datetime) -> None:
    """Say that the whole file was read, and for which time it tells everything."""
    batch = db.session.get_one(ImportBatch, batch_id)
    batch.ended_at, batch.counts = now, dict(counts)
    db.session.execute(sa.delete(CoveredSpan).where(CoveredSpan.batch_id == batch_id))
    if span and batch.account_id:
        db.session.add(CoveredSpan(account_id=batch.account_id, batch_id=batch_id, since=span[0], until=span[1]))


def brought(batch_id: int) -> int:
    """How many items nothing else had brought before this batch did."""
    query = sa.select(sa.func.count()).where(ImportItem.batch_id == batch_id, ImportItem.brought)
    return db.session.scalar(query) or 0


def of_person(person_id: int, batch_id: int | None = None) -> list[Batch]:
    """A person's batches, the newest first."""
    one, item = ImportBatch, ImportItem
    count = sa.func.count(item.activity_id)
    query: sa.Select[Any] = (
        sa.select(one.id, one.kind, one.name, Account.platform, sa.func.coalesce(Account.handle, ""), one.at)
        .add_columns(one.ended_at, one.undone_at, one.counts, count, count.filter(item.brought))
        .outerjoin(Account, Account.id == one.account_id)
        .outerjoin(item, item.batch_id == one.id)
        .where(one.person_id == person_id)
        .group_by(one.id, Account.id)
        .order_by(one.id.desc())
    )
    if batch_id is not None:
        query = query.where(one.id == batch_id)
    return [Batch(*row) for row in db.session.execute(query)]


def own(batch_id: int, person_id: int) -> Batch:
    """The person's own batch; raise Missing for anybody else's."""
    found = of_person(person_id, batch_id)
    if not found:
        raise Missing("there is no such import of yours")
    return found[0]


def whose(batch_id: int) -> int:
    """Whose batch it is; raise Missing when there is none."""
    person_id = db.session.scalar(sa.select(ImportBatch.person_id).where(ImportBatch.id == batch_id))
    if person_id is None:
        raise Missing(f"there is no import {batch_id}: `advocacy imports list EMAIL` shows those there are")
    return person_id
