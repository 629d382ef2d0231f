"""The tables and the queries on them; models never render and never commit."""

from advocacy.models import (
    accounts,
    activities,
    audit,
    evidence,
    hosts,
    imports,
    ladders,
    log_entries,
    logins,
    look_again,
    offers,
    people,
    platforms,
    runs,
    ticks,
    workers,
)
from advocacy.models.base import Base, Missing, db

__all__ = [
    "Base",
    "Missing",
    "accounts",
    "activities",
    "audit",
    "db",
    "evidence",
    "hosts",
    "imports",
    "ladders",
    "log_entries",
    "logins",
    "look_again",
    "offers",
    "people",
    "platforms",
    "runs",
    "ticks",
    "workers",
]
