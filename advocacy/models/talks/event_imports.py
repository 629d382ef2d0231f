"""Files of events that were read in: what each brought and changed, so that it can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.event_files.told import Told, Wrong
from advocacy.domain.event_matching import FIELDS, Known, Plan, plan
from advocacy.models.base import Base, Missing, db
from advocacy.models.talks import own_events
from advocacy.models.talks.events import Event, key_of

Key = TypeVar("Key", int, str)
LATEST = 10  #: imports that the page lists


class EventImport(Base):
    """One file that was taken into the company's calendar."""

    __tablename__ = "event_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]  #: of the file
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]]
    did: Mapped[dict[str, Any]]  #: `made`: numbers; `changed`: by number and field, what stood there and what stands


def planned(rows: Iterable[Told | Wrong], topics_of: Callable[[Told], Sequence[str]]) -> Plan:
    """What these rows would do to the company's calendar as it stands."""
    told = list(rows)
    refs, keys = {one.ref for one in told if isinstance(one, Told)}, {key_of(_name(one)) for one in told}
    found: dict[int, Event] = {}
    for column, wanted in ((Event.ref, sorted(refs)), (Event.key, sorted(keys))):
        for some in _some(wanted):
            query = sa.select(Event).where(Event.owner_id.is_(None), column.in_(some))
            found |= {one.id: one for one in db.session.scalars(query)}
    known = [_known(one) for _, one in sorted(found.items())]
    return plan(told, known, key_of, topics_of)


def _name(one: Told | Wrong) -> str:
    return one.name if isinstance(one, Told) else ""


def _known(one: Event) -> Known:
    values = {field: getattr(one, field) for field in (*FIELDS, "topics")}
    values |= {field: tuple(values[field]) for field in ("languages", "topics")}
    return Known(one.id, one.key, values, one.ref, frozenset(one.said))


def take(agreed: Plan, name: str, by_id: int | None, now: datetime) -> EventImport:
    """Write what a plan says; raise nothing: what is in it can be kept."""
    made: list[Event] = []
    changed = {}
    rows = {one.id: one for one in _rows(agreed.touched)}
    for known in agreed.known:
        if known.id is None:
            new = Event(created_at=now, ref=known.ref, **_typed(known.values))
            new.key = key_of(new.name)
            db.session.add(new)
            db.session.flush()
            made.append(new)
        elif known.changes and known.id in rows:
            changed[str(known.id)] = _write(rows[known.id], known.changes)
    own_events.rejoin(made)
    did = {"made": [new.id for new in made], "changed": changed}
    one = EventImport(by_id=by_id, name=name, at=now, counts=agreed.counts, did=did)
    db.session.add(one)
    db.session.flush()
    return one


def undo(import_id: int, now: datetime) -> tuple[int, int]:
    """Take one back: how many events are gone, and how many stay because a person mended them. Twice is once.

    Whoever uses an event that goes keeps it as their own, so that the figures tell nothing of who watches or proposes.
    """
    one = db.session.get(EventImport, import_id, with_for_update=True)
    if one is None:
        raise Missing("there is no such import of events")
    if one.undone_at:
        return 0, 0
    one.undone_at = now
    _put_back(one.did["changed"])
    made = _rows(one.did["made"])
    free = [row for row in made if not row.said]
    for some in _some([row.id for row in free]):
        own_events.keep(some, now)
        db.session.execute(sa.delete(Event).where(Event.id.in_(some)))
    return len(free), len(made) - len(free)


def _put_back(changed: Mapping[str, Mapping[str, Sequence[Any]]]) -> None:
    """Let fields say what they said before, but for those that changed again since or that a person typed."""
    for row in _rows([int(number) for number in changed]):
        told = changed[str(row.id)].items()
        back = {name: old for name, (old, new) in told if _plain(getattr(row, name)) == new and name not in row.said}
        _write(row, back)


def latest() -> Sequence[EventImport]:
    """The last files, the newest first."""
    return db.session.scalars(sa.select(EventImport).order_by(EventImport.id.desc()).limit(LATEST)).all()


def _rows(numbers: Sequence[int]) -> list[Event]:
    own = Event.owner_id.is_(None)
    return [
        one for some in _some(numbers) for one in db.session.scalars(sa.select(Event).where(own, Event.id.in_(some)))
    ]


def _some(keys: Sequence[Key]) -> list[Sequence[Key]]:
    return [keys[start : start + 500] for start in range(0, len(keys), 500)]


def _write(row: Event, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set these fields; by field what stood there and what stands there now, fit for JSON."""
    typed = _typed(values)
    told = {field: [_plain(getattr(row, field)), _plain(value)] for field, value in typed.items()}
    for field, value in typed.items():
        setattr(row, field, value)
    row.key = key_of(row.name)
    return told


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """As columns keep them: lists for several, days for what JSON keeps as text."""
    days = ("starts", "ends", "cfp_closes")
    return {
        field: date.fromisoformat(value) if field in days and isinstance(value, str) else _listed(value)
        for field, value in values.items()
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else _listed(value)
