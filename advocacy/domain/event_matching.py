"""What a file would do to the calendar: which of its events are new, which are changed, which are as they were."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from advocacy.domain.event_files.told import Told, Wrong

NEAR = timedelta(days=120)  #: further apart it is another year's event of the same name
FIELDS = tuple(one.name for one in fields(Told) if one.name not in ("ref", "where"))


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(slots=True)
class Known:
    """An event of the calendar, or one that the file brings (`id` None); `said` are fields that a person typed."""

    id: int | None
    key: str
    values: dict[str, Any]
    ref: str | None = None
    said: frozenset[str] = frozenset()
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: what becomes of it, the fields that change, and those that stay as somebody typed them."""

    told: Told
    outcome: Outcome
    changes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """All rows of a file, against the calendar as it stands."""

    known: list[Known]
    steps: list[Step] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same, and refused."""
        found = Counter(step.outcome for step in self.steps)
        return {**{one.value: found[one] for one in Outcome}, "refused": len(self.wrong)}

    @property
    def touched(self) -> list[int]:
        """The numbers of the events that change."""
        return [one.id for one in self.known if one.id is not None and one.changes]

    @property
    def words(self) -> str:
        """In a line: `2 new, 1 changed, 221 as they were`."""
        told = self.counts
        refused = f", {told['refused']} not taken" if told["refused"] else ""
        return f"{told['new']} new, {told['changed']} changed, {told['same']} as they were{refused}"


def plan(
    rows: Iterable[Told | Wrong],
    known: Sequence[Known],
    key_of: Callable[[str], str],
    topics_of: Callable[[Told], Sequence[str]],
) -> Plan:
    """Hold each row against the calendar and the rows before it."""
    made = Plan(list(known))
    by_ref = {one.ref: one for one in known if one.ref}
    by_key: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_key[one.key].append(one)
    for told in rows:
        if isinstance(told, Wrong):
            made.wrong.append(told)
            continue
        key = key_of(told.name)
        there = by_ref.get(told.ref) or next((one for one in by_key[key] if _is_same(one, told)), None)
        values = _values(told, topics_of(told))
        if there is None:
            there = Known(None, key, values, told.ref)
            made.known.append(there)
            by_key[key].append(there)
            made.steps.append(Step(told, Outcome.NEW))
        else:
            made.steps.append(_changed(there, told, values))
        by_ref[told.ref] = there
    return made


def _values(told: Told, topics: Sequence[str]) -> dict[str, Any]:
    """What it tells; what is empty is not told."""
    found = {name: getattr(told, name) for name in FIELDS}
    return {name: value for name, value in found.items() if value not in ("", None, ())} | {"topics": tuple(topics)}


def _is_same(one: Known, told: Told) -> bool:
    """Whether an event of the same name is this one: about that day, in that place, and not another of its source."""
    if one.ref and one.ref.partition(":")[0] == told.ref.partition(":")[0] and one.values.get("url") != told.url:
        return False
    places = one.values.get("place", ""), told.place
    if all(places) and places[0].casefold() != places[1].casefold():
        return False
    starts = one.values.get("starts")
    return starts is None or told.starts is None or abs(starts - told.starts) <= NEAR


def _changed(there: Known, told: Told, values: dict[str, Any]) -> Step:
    """Adopt what is told otherwise than it stands; topics are only added to."""
    before = tuple(there.values.get("topics", ()))
    values["topics"] = tuple(dict.fromkeys((*before, *values["topics"])))
    differs = {name: value for name, value in values.items() if there.values.get(name) != value}
    kept = tuple(name for name in differs if name in there.said)
    changes = {name: value for name, value in differs.items() if name not in there.said}
    if not there.ref:
        there.ref = changes["ref"] = told.ref
    there.values |= changes
    if there.id is not None:
        there.changes |= changes
    outcome = Outcome.CHANGED if set(changes) - {"ref"} else Outcome.SAME
    return Step(told, outcome, tuple(changes), kept)
