"""The tables and the queries on them; models never render and never commit."""

from advocacy.models import (
    accounts,
    activities,
    audit,
    evidence,
    hosts,
    imports,
    ladders,
    learned,
    logins,
    look_again,
    offers,
    people,
    platforms,
    runs,
    snoozes,
    stood,
    ticks,
    workers,
)
from advocacy.models.base import Base, Missing, db
from advocacy.models.inbox import acts

__all__ = [
    "Base",
    "Missing",
    "accounts",
    "activities",
    "acts",
    "audit",
    "db",
    "evidence",
    "hosts",
    "imports",
    "ladders",
    "learned",
    "logins",
    "look_again",
    "offers",
    "people",
    "platforms",
    "runs",
    "snoozes",
    "stood",
    "ticks",
    "workers",
]
