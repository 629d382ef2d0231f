"""Which tables hold something of a person, and which of their rows are that person's: found by their foreign keys.

A table that points at a person with ON DELETE CASCADE is the person's; so is one that hangs on such a table. What is
kept otherwise is named here, with the reason; a test fails for a table that is neither found nor named.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Base, db
from advocacy.models.generations import LIVE

Find = Callable[[int], sa.ColumnElement[bool]]
T = Base.metadata.tables

NOBODYS: dict[str, str] = {
    **dict.fromkeys(("role_page", "ladder_version", "expectation", "wording", "team"), "the company's, not a person's"),
    **dict.fromkeys(("generation", "tick", "worker", "run", "look_state", "look_record"), "the program's own work"),
    **dict.fromkeys(("host", "platform_state", "spend", "pull", "gap"), "how addresses and platforms answer"),
    "activity_link": "hashes of addresses, by which copies of one work are found",
    **dict.fromkeys(
        ("findable_item", "findable_work", "findable_topic", "findable_count", "findable_stale"),
        "what is confirmed and released, once more, to be found by others",
    ),
    "signin_attempt": "a hash of what was typed, gone after 15 minutes",
}
"""Tables of which no row is given out as a person's, and why."""

SAID_BY: dict[str, tuple[str, ...]] = {
    "offer": ("by_id",),
    "job_run": ("asked_by_id",),
    "audit": ("about_id", "actor_id"),
    **dict.fromkeys(("training", "training_class", "training_request", "request_step", "survey_campaign"), ("by_id",)),
    **dict.fromkeys(("required_training", "draft_step", "speaking_request", "event_import"), ("by_id",)),
}
"""Columns by which somebody is named who said or asked something: such a row is theirs, too."""

_SECRET = re.compile(r"password|token|secret|cursor|key_hash")


def tables() -> Iterator[str]:
    """The names of the tables that hold something of somebody, parents first."""
    yield from (table.name for table in Base.metadata.sorted_tables if find(table.name) is not None)


def rows(name: str, person_id: int) -> sa.Select[Any]:
    """What a table holds of a person, by its key; secrets and hashes of ours are left out."""
    table = T[name]
    mine = find(name)
    if mine is None:
        raise KeyError(name)
    return sa.select(*columns(name)).where(mine(person_id)).order_by(*table.primary_key)


def columns(name: str) -> list[sa.Column[Any]]:
    """The columns that are given out: no password, no token, and no hash by which the program finds a row."""
    raw = (name, "raw") if name == "quarantine" else None
    return [
        column
        for column in T[name].columns
        if not _SECRET.search(column.name)
        and (not isinstance(column.type, sa.LargeBinary) or (name, column.name) == raw)
    ]


def find(name: str) -> Find | None:
    """How the rows of a person are found in a table; None when it holds nothing of anybody."""
    if name in NOBODYS:
        return None
    if name in _OTHERWISE:
        return _OTHERWISE[name]
    own = [*owners(T[name]), *SAID_BY.get(name, ())]
    if own:
        return lambda person_id: sa.or_(*(T[name].c[column] == person_id for column in own))
    return _through(T[name])


def owners(table: sa.Table) -> list[str]:
    """The columns that point at whose a row is: with the person it goes."""
    return [key.parent.name for key in table.foreign_keys if key.column.table.name == "person" and _cascades(key)]


def _through(table: sa.Table) -> Find | None:
    """By the row it hangs on, where that is a person's."""
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        parent = key.column.table
        if _cascades(key) and (of := [*owners(parent), *SAID_BY.get(parent.name, ())]):
            up, down = key.column, key.parent
            return lambda person_id: down.in_(sa.select(up).where(sa.or_(*(parent.c[c] == person_id for c in of))))
    return None


def _cascades(key: sa.ForeignKey) -> bool:
    return key.ondelete == "CASCADE"


def _activities(person_id: int) -> sa.Select[Any]:
    return sa.select(ActivityPerson.activity_id).where(ActivityPerson.person_id == person_id)


def _polled(person_id: int) -> sa.Select[Any]:
    return sa.select(Account.subscription_id).where(
        Account.person_id == person_id, Account.subscription_id.is_not(None)
    )


def _polled_alone(person_id: int) -> sa.Select[Any]:
    """Addresses that are read for nobody else: what could not be read there may be somebody else's otherwise."""
    others = sa.select(Account.subscription_id).where(
        Account.person_id != person_id, Account.subscription_id.is_not(None)
    )
    return _polled(person_id).where(Account.subscription_id.not_in(others))


def _evidence(person_id: int) -> sa.ColumnElement[bool]:
    one = T["evidence"].c
    return sa.and_(one.person_id == person_id, one.generation_id == LIVE.scalar_subquery())


def _approvals(person_id: int) -> sa.ColumnElement[bool]:
    """Of one's own proposals, and whatever one was asked or said of others'."""
    one, own = T["approval"].c, sa.select(T["proposal"].c.id).where(T["proposal"].c.owner_id == person_id)
    return sa.or_(one.proposal_id.in_(own), one.asked_id == person_id, one.by_id == person_id)


_OTHERWISE: dict[str, Find] = {
    "approval": _approvals,
    "person": lambda person_id: T["person"].c.id == person_id,
    "activity": lambda person_id: T["activity"].c.id.in_(_activities(person_id)),
    "metric_snapshot": lambda person_id: T["metric_snapshot"].c.activity_id.in_(_activities(person_id)),
    "subscription": lambda person_id: T["subscription"].c.id.in_(_polled(person_id)),
    "quarantine": lambda person_id: T["quarantine"].c.subscription_id.in_(_polled_alone(person_id)),
    "evidence": _evidence,
}


def in_words(name: str) -> str:
    """What a table is for: the first sentence of its class."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is T[name]:
            return (mapper.class_.__doc__ or name).strip().splitlines()[0]
    return name


def read(name: str, person_id: int) -> Iterator[dict[str, Any]]:
    """The rows of a person as they are told; of an act on somebody else only what was done and when."""
    for row in db.session.execute(rows(name, person_id).execution_options(yield_per=500)):
        told = dict(row._mapping)
        if name == "audit" and told["about_id"] not in (None, person_id):
            told |= {"about_id": None, "detail": {}}
        yield told


def sentences() -> Iterator[dict[str, Any]]:
    """The sentences of all role pages as they read today, by which evidence and words of a person are understood."""
    page, said = T["role_page"].c, T["wording"].c
    query = (
        sa.select(said.expectation_id, page.title.label("role_page"), said.section_title, said.text)
        .join_from(T["role_page"], T["wording"], said.version_id == page.current_id)
        .order_by(page.id, said.position)
    )
    for row in db.session.execute(query):
        yield dict(row._mapping)
