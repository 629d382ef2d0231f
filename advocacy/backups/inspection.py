"""Is a restored database what was backed up, and fit to work with? Looked at before anybody works in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from advocacy.backups.manifest import Manifest
from advocacy.backups.rows import count
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.runs import JobRun
from advocacy.models.schema import revision


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    well: bool
    found: str


def inspect(manifest: Manifest) -> Iterator[Finding]:
    """Look at the running app's database, just restored and not touched since."""
    yield _whole()
    yield _references()
    yield _rows(manifest.counts)
    there = revision()
    yield Finding("schema", there == manifest.revision, f"{there}")


def held() -> Finding:
    """The leases that the copy holds; whoever held them works on another database."""
    leases = db.session.scalar(sa.select(sa.func.count()).where(Subscription.lease_token.is_not(None))) or 0
    jobs = db.session.scalar(
        sa.select(sa.func.count()).where(JobRun.lease_token.is_not(None), JobRun.ended_at.is_(None))
    )
    db.session.rollback()
    return Finding("leases", True, f"{leases + (jobs or 0)} held then, given back by a restore")


def _whole() -> Finding:
    """SQLite looks at every page; PostgreSQL built every table and index anew, which is the same."""
    if db.engine.dialect.name != "sqlite":
        return Finding("integrity", True, "ok")
    with db.engine.connect() as connection:
        told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return Finding("integrity", told == ["ok"], "; ".join(told[:3]))


def _references() -> Finding:
    """PostgreSQL refused to restore a row that points nowhere."""
    if db.engine.dialect.name != "sqlite":
        return Finding("references", True, "ok")
    with db.engine.connect() as connection:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    tables = sorted({str(row[0]) for row in broken})
    return Finding(
        "references", not broken, f"{len(broken)} rows of {', '.join(tables)} point nowhere" if broken else "ok"
    )


def _rows(wanted: Mapping[str, int]) -> Finding:
    with db.engine.connect() as connection:
        there = count(connection)
    wrong = sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))
    if not wrong:
        return Finding("rows", True, f"{sum(there.values())} in {len(there)} tables")
    name = wrong[0]
    return Finding("rows", False, f"{name} has {there.get(name, 'none')} and had {wanted.get(name, 'none')}")
