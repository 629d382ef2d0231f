"""A batch taken back: what only it brought goes, what anything else holds stays, and a person's word is never lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models import audit, works
from advocacy.models.accounts import Account, CoveredSpan
from advocacy.models.activities import ActivityPerson, ActivityRow, MetricSnapshot, Provenance, WorkChoice
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.import_batches import own
from advocacy.models.imports import ImportBatch, ImportItem
from advocacy.models.words import Road, Visibility

_IN_BULK = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many items went, how many stay because other roads hold them, and because the person spoke of them."""

    gone: int
    held: int
    spoken: int


def undo(batch_id: int, person_id: int, *, by: int | None, now: datetime) -> Undone:
    """Take a batch back; raise Missing for what is not the person's. Twice is once."""
    own(batch_id, person_id)
    batch = db.session.get_one(ImportBatch, batch_id, with_for_update=True)
    if batch.undone_at:
        return Undone(0, 0, 0)
    items = _count(_items(batch_id))
    spoken = _count(_items(batch_id).where(ImportItem.brought, _is_spoken(person_id)))
    gone = _drop(batch, person_id)
    _hand_over(batch)
    _forget_road(batch)
    kept = sa.and_(ImportItem.brought, _is_spoken(person_id))
    _delete(sa.delete(ImportItem).where(ImportItem.batch_id == batch_id, ~kept))
    _delete(sa.delete(CoveredSpan).where(CoveredSpan.batch_id == batch_id))
    batch.undone_at = batch.ended_at = now
    audit.record("import.undone", now, actor=by, about=person_id, kind=batch.kind, name=batch.name, gone=gone)
    db.session.flush()
    return Undone(gone, items - gone - spoken, spoken)


def _items(batch_id: int) -> sa.Select[Any]:
    return sa.select(ImportItem.activity_id).where(ImportItem.batch_id == batch_id)


def _drop(batch: ImportBatch, person_id: int) -> int:
    """Delete what only this batch holds."""
    alone = (
        _items(batch.id)
        .where(ImportItem.brought, ~_is_spoken(person_id))
        .where(~_other_batch(batch).exists(), ~_other_road(person_id).exists())
    )
    ids = db.session.scalars(alone).all()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        with works.without(sa.select(ActivityRow.id).where(ActivityRow.id.in_(some)), person_id):
            _drop_some(some, batch, person_id)
    return len(ids)


def _drop_some(some: Sequence[int], batch: ImportBatch, person_id: int) -> None:
    for table in (Evidence, Verdict, ActivityPerson, WorkChoice):
        _delete(sa.delete(table).where(table.person_id == person_id, table.activity_id.in_(some)))
    _delete(sa.delete(Provenance).where(Provenance.activity_id.in_(some), Provenance.account_id == batch.account_id))
    others = sa.select(ActivityPerson.activity_id).where(ActivityPerson.activity_id == ActivityRow.id)
    _delete(sa.delete(ActivityRow).where(ActivityRow.id.in_(some), ~others.exists()))


def _is_spoken(person_id: int) -> sa.ColumnElement[bool]:
    """Whether the person said something of the item: confirmed, rejected, released, folded, counted by hand."""
    number = ImportItem.activity_id
    verdict = sa.select(Verdict.id).where(
        *(Verdict.activity_id == number, Verdict.person_id == person_id),
        *(Verdict.superseded_at.is_(None), Verdict.word.is_not(None)),
    )
    choice = sa.select(WorkChoice.id).where(
        WorkChoice.activity_id == number, WorkChoice.person_id == person_id, WorkChoice.superseded_at.is_(None)
    )
    mine = ActivityPerson
    released = sa.select(mine.activity_id).where(
        mine.activity_id == number, mine.person_id == person_id, mine.visibility != Visibility.PRIVATE
    )
    counted = sa.select(MetricSnapshot.metric).where(MetricSnapshot.activity_id == number, MetricSnapshot.by_hand)
    return sa.or_(verdict.exists(), choice.exists(), released.exists(), counted.exists())


def _other_batch(batch: ImportBatch) -> sa.Select[Any]:
    """Batches of the person, not undone, that hold the item too."""
    also, other = sa.orm.aliased(ImportItem), sa.orm.aliased(ImportBatch)
    return (
        sa.select(also.batch_id)
        .join(other, other.id == also.batch_id)
        .where(also.activity_id == ImportItem.activity_id, also.batch_id != batch.id)
        .where(other.person_id == batch.person_id, other.undone_at.is_(None))
    )


def _other_road(person_id: int) -> sa.Select[Any]:
    """Accounts of the person by which the item came otherwise than by an archive."""
    way = Provenance
    return (
        sa.select(way.account_id)
        .join(Account, Account.id == way.account_id)
        .where(way.activity_id == ImportItem.activity_id, way.road != Road.ARCHIVE, Account.person_id == person_id)
    )


def _hand_over(batch: ImportBatch) -> None:
    """What this batch brought and others hold too counts as brought by the oldest of those."""
    brought = _items(batch.id).where(ImportItem.brought)
    heir = sa.orm.aliased(ImportBatch)
    first = (
        sa.select(ImportItem.activity_id, sa.func.min(ImportItem.batch_id).label("batch_id"))
        .join(heir, heir.id == ImportItem.batch_id)
        .where(heir.person_id == batch.person_id, heir.undone_at.is_(None), heir.id != batch.id)
        .where(ImportItem.activity_id.in_(brought))
        .group_by(ImportItem.activity_id)
    )
    for activity_id, heir_id in db.session.execute(first).all():
        theirs = ImportItem.activity_id == activity_id, ImportItem.batch_id == heir_id
        db.session.execute(sa.update(ImportItem).where(*theirs).values(brought=True), execution_options=_IN_BULK)


def _forget_road(batch: ImportBatch) -> None:
    """What stays did not come by an archive of this account any more, unless another batch of it or a word holds it."""
    also, other = sa.orm.aliased(ImportItem), sa.orm.aliased(ImportBatch)
    again = (
        sa.select(also.activity_id)
        .join(other, other.id == also.batch_id)
        .where(other.account_id == batch.account_id, other.undone_at.is_(None), other.id != batch.id)
    )
    mine = _items(batch.id).where(~sa.and_(ImportItem.brought, _is_spoken(batch.person_id)))
    here = Provenance.account_id == batch.account_id, Provenance.road == Road.ARCHIVE
    _delete(sa.delete(Provenance).where(*here, Provenance.activity_id.in_(mine), Provenance.activity_id.not_in(again)))


def _count(query: sa.Select[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def _delete(statement: sa.Delete) -> None:
    db.session.execute(statement, execution_options=_IN_BULK)
