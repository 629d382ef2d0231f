"""The tables and the queries on them; models never render and never commit."""

from advocacy.models import (
    accounts,
    activities,
    audit,
    evidence,
    hosts,
    imports,
    ladders,
    logins,
    look_again,
    offers,
    people,
    platforms,
    runs,
    surveys,
    ticks,
    workers,
)
from advocacy.models.base import Base, Missing, db
from advocacy.models.talks import audience, library, speakers
from advocacy.models.trainings import attendance, class_feedback, requests, trainers

__all__ = [
    "Base",
    "Missing",
    "accounts",
    "activities",
    "attendance",
    "audience",
    "audit",
    "class_feedback",
    "db",
    "evidence",
    "hosts",
    "imports",
    "ladders",
    "library",
    "logins",
    "look_again",
    "offers",
    "people",
    "platforms",
    "requests",
    "runs",
    "speakers",
    "surveys",
    "ticks",
    "trainers",
    "workers",
]
